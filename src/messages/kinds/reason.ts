import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { reviewStatus } from '../../aws/terms.ts';
import { FORGOTTEN } from '../../database/schema.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { actions, buttonFor, factsLine, menuFor, sayingBlock } from '../../slack/blocks/outcome.ts';
import type { DealPage } from '../../slack/text.ts';
import { notification, submittedIn } from '../../slack/words.ts';
import type { Owned } from '../../submissions/submission.ts';
import { type KindBot, kind, loggedOf } from './kind.ts';

const headline = 'Why AWS rejected it';
const noReason = 'AWS gave no reason.';
const notShown = 'See why asks AWS for it, if you may see the deal.';

/** AWS's reason for rejecting a deal: a direct message to the person who submitted it, where they may still see the deal. */
export const reason = kind<Owned, { readonly submission: Owned; readonly deal: Opportunity | undefined }>({
  async audience({ store, config, channels }, { recordId }) {
    const submission = await store.hearerOf(recordId);
    if (submission === undefined || submission.userId === FORGOTTEN || submission.nationalSecurity) {
      return undefined;
    }
    const { userId, channelId } = submission;
    // There the decision has it.
    if (config.detailChannels.includes(channelId) && (await channels.isInside(channelId))) return undefined;
    return { about: submission, to: { type: 'person', userId } };
  },
  load: async (bot, submission) => ({ submission, deal: await dealFor(bot, submission) }),
  render: ({ dealPage }, { submission, deal }) => reasonMessage({ submission, deal, dealPage }),
  logged: loggedOf,
});

/** The deal for whose it is, where they may still see it, and where it isn't a National Security deal. */
async function dealFor(
  { permissions, aws }: Pick<KindBot, 'permissions' | 'aws'>,
  submission: Owned,
): Promise<Opportunity | undefined> {
  const permission = await permissions.ask(submission, submission.channelId);
  if (permission.allowed !== true) return undefined;
  const { catalog, opportunityId } = submission;
  const deal = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  if (!deal.ok || isNationalSecurity(deal.value)) return undefined;
  // What AWS says since is about something else.
  return reviewStatus(deal.value.LifeCycle?.ReviewStatus).status === 'Rejected' ? deal.value : undefined;
}

export function reasonMessage(options: {
  readonly submission: Owned;
  /** Undefined: it isn't to be shown, or couldn't be read. */
  readonly deal: Opportunity | undefined;
  readonly dealPage: DealPage;
}): Message {
  const { submission, deal, dealPage } = options;
  const { opportunityId, channelId } = submission;
  const ownWords = deal === undefined ? [] : ownWordsBlocks({ state: 'elsewhere' }, deal);
  const known = deal === undefined ? notShown : ownWords.length === 0 ? noReason : '';
  return {
    text: notification(headline, opportunityId),
    blocks: [
      sayingBlock({ sign: 'rejected', headline, known, next: '' }, opportunityId, dealPage),
      ...ownWords,
      ...factsLine([submittedIn(`<#${channelId}>`)]),
      actions([
        ...(deal === undefined ? [buttonFor('see-why', submission)] : []),
        menuFor(submission, dealPage),
      ]),
    ],
  };
}
