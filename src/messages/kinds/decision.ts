import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/terms.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { factsLine } from '../../slack/blocks/outcome.ts';
import { type DealPage, mention } from '../../slack/text.ts';
import { type Decision, explainDecision } from '../../submissions/explain.ts';
import type { Entry, Owned } from '../../submissions/submission.ts';
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
interface DecisionShown {
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

interface DecidedElsewhere {
  readonly channelId: string;
  readonly opportunity: Entry;
  readonly decision: Decision;
}

/** AWS's decision on an opportunity that this bot didn't submit, where nobody here works on it: else their thread has it. */
export const elsewhere = kind<
  DecidedElsewhere,
  DecidedElsewhere & { readonly details: Opportunity | undefined }
>({
  async audience({ store, followChannel: channelId }, { recordId, subject, place }) {
    const [opportunity, reviewStatus, hearer] = await Promise.all([
      store.entry(recordId),
      store.statusAt(recordId, Number(subject)),
      store.hearerOf(recordId),
    ]);
    if (channelId === undefined || opportunity === undefined || reviewStatus === undefined) return undefined;
    if (hearer !== undefined && place === undefined) return undefined;
    const decision = explainDecision(reviewStatus, opportunity.reviewStatus);
    return { about: { channelId, opportunity, decision }, to: { type: 'channel', channelId } };
  },
  load: async (bot, about) => ({
    ...about,
    details: await detailsFor(bot, { ...about.opportunity, channelId: about.channelId }),
  }),
  render: elsewhereMessage,
  logged: ({ opportunity }) => ({ opportunity: opportunity.opportunityId }),
});

/** It names nobody, because nobody here is known to have submitted it. */
export function elsewhereMessage(
  shown: DecisionShown & { readonly opportunity: Pick<Entry, 'id' | 'opportunityId'> },
): Message {
  const { opportunity, decision, dealPage, details } = shown;
  return dealMessage({
    entry: opportunity,
    // Nothing here is kept up to date: AWS can be asked.
    says: { ...decision, nextSteps: [...decision.nextSteps, 'check-status'] },
    blocks: [
      ...(details === undefined || isNationalSecurity(details)
        ? []
        : ownWordsBlocks({ state: 'elsewhere' }, details)),
      ...factsLine(["It wasn't submitted with this bot; this channel follows AWS's decisions on those too."]),
    ],
    dealPage,
  });
}
