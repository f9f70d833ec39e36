import type { Opportunity } from '../../aws/opportunity.ts';
import { reviewStatus } from '../../aws/terms.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import type { DealPage } from '../../slack/text.ts';
import type { Owned } from '../../submissions/submission.ts';
import { dealForOwner, dealMessage, kind, loggedOf, showsDetails, submittedIn, toOwner } from './kind.ts';

/** AWS's reason for rejecting a deal: a direct message to its owner, where they may still see the deal. */
export const reason = kind<Owned, { readonly submission: Owned; readonly deal: Opportunity | undefined }>({
  async audience(bot, { recordId }) {
    const owner = await toOwner(bot, recordId);
    if (owner === undefined || owner.about.nationalSecurity) return undefined;
    // Where the channel may see details, the decision has it.
    return (await showsDetails(bot, owner.about.channelId)) ? undefined : owner;
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
  const known =
    deal === undefined
      ? 'See why asks AWS for it, if you may see the deal.'
      : ownWords.length === 0
        ? 'AWS gave no reason.'
        : '';
  return dealMessage({
    entry: submission,
    says: {
      sign: 'rejected',
      headline: 'Why AWS rejected it',
      known,
      next: '',
      nextSteps: deal === undefined ? ['see-why'] : [],
    },
    blocks: [...ownWords, ...submittedIn(submission)],
    dealPage,
  });
}
