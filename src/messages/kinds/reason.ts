import type { Opportunity } from '../../aws/opportunity.ts';
import { reviewStatus } from '../../aws/terms.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { factsLine } from '../../slack/blocks/outcome.ts';
import type { DealPage } from '../../slack/text.ts';
import type { Owned } from '../../submissions/submission.ts';
import { dealForOwner, dealMessage, kind, loggedOf, submittedIn, toOwner } from './kind.ts';

const headline = 'Why AWS rejected it';
const noReason = 'AWS gave no reason.';
const notShown = 'See why asks AWS for it, if you may see the deal.';

/** AWS's reason for rejecting a deal: a direct message to the person who submitted it, where they may still see the deal. */
export const reason = kind<Owned, { readonly submission: Owned; readonly deal: Opportunity | undefined }>({
  async audience(bot, { recordId }) {
    const owner = await toOwner(bot, recordId);
    if (owner === undefined || owner.about.nationalSecurity) return undefined;
    const { channelId } = owner.about;
    // Where the channel may see details, the decision has it.
    const isSaidThere =
      bot.config.detailChannels.includes(channelId) && (await bot.channels.isInside(channelId));
    return isSaidThere ? undefined : owner;
  },
  async load(bot, submission) {
    const deal = await dealForOwner(bot, submission);
    // Under another status, what AWS says is about something else.
    const isRejected = reviewStatus(deal?.LifeCycle?.ReviewStatus).status === 'Rejected';
    return { submission, deal: isRejected ? deal : undefined };
  },
  render: reasonMessage,
  logged: loggedOf,
});

export function reasonMessage(shown: {
  readonly submission: Owned;
  /** Undefined: it isn't to be shown, or couldn't be read. */
  readonly deal: Opportunity | undefined;
  readonly dealPage: DealPage;
}): Message {
  const { submission, deal, dealPage } = shown;
  const ownWords = deal === undefined ? [] : ownWordsBlocks({ state: 'elsewhere' }, deal);
  const known = deal === undefined ? notShown : ownWords.length === 0 ? noReason : '';
  return dealMessage({
    entry: submission,
    says: {
      sign: 'rejected',
      headline,
      known,
      next: '',
      nextSteps: deal === undefined ? ['see-why'] : [],
    },
    blocks: [...ownWords, ...factsLine([submittedIn(submission.channelId)])],
    dealPage,
  });
}
