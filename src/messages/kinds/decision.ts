import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/terms.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { factsLine } from '../../slack/blocks/outcome.ts';
import { type DealPage, mention } from '../../slack/text.ts';
import { type Decision, explainDecision } from '../../submissions/explain.ts';
import type { Owned } from '../../submissions/submission.ts';
import { dealMessage, detailsFor, inThreadOf, kind, loggedOf } from './kind.ts';

/** Somebody's opportunity, and what is said of it in its thread. */
export interface Decided {
  readonly submission: Owned;
  readonly decision: Decision;
}

/** AWS's decision, in the thread of the one message: an edited message notifies nobody. */
export const decision = kind<Decided, Decided & { readonly details: Opportunity | undefined }>({
  async audience({ store }, { recordId, subject }) {
    const submission = await store.hearerOf(recordId);
    const reviewStatus = await store.statusAt(recordId, Number(subject));
    if (submission === undefined || reviewStatus === undefined) return undefined;
    const about = { submission, decision: explainDecision(reviewStatus, submission.reviewStatus) };
    return { about, to: inThreadOf(submission, submission.userId) };
  },
  load: async (bot, about) => ({ ...about, details: await detailsFor(bot, about.submission) }),
  render: (shown) =>
    decisionMessage({ ...shown, details: shown.via === 'channel' ? shown.details : undefined }),
  logged: ({ submission }) => loggedOf(submission),
});

/** What AWS decided on a deal. */
export interface DecisionShown {
  readonly decision: Decision;
  readonly dealPage: DealPage;
  /** Given only for a channel that may see them. */
  readonly details?: Opportunity | undefined;
}

/** It names the person who submitted. */
export function decisionMessage(
  shown: DecisionShown & { readonly submission: Owned; readonly hint?: string | undefined },
): Message {
  const { submission, decision, dealPage, details, hint } = shown;
  return dealMessage({
    entry: submission,
    says: decision,
    to: mention(submission.userId),
    blocks: [
      ...(details === undefined || submission.nationalSecurity || isNationalSecurity(details)
        ? []
        : ownWordsBlocks(submission, details)),
      ...factsLine([], hint),
    ],
    dealPage,
  });
}
