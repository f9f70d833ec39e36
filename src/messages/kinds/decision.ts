import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { actions, buttonFor, factsLine, menuFor, sayingBlock } from '../../slack/blocks/outcome.ts';
import type { DealPage } from '../../slack/text.ts';
import { escapeMrkdwn, mention } from '../../slack/text.ts';
import * as words from '../../slack/words.ts';
import { type Decision, explainDecision } from '../../submissions/explain.ts';
import type { Owned } from '../../submissions/submission.ts';
import { detailsFor, kind, loggedOf, messageKey } from './kind.ts';

/** AWS's decision, in the thread of the one message: an edited message notifies nobody. */
export const decision = kind<
  { readonly submission: Owned; readonly reviewStatus: string },
  { readonly submission: Owned; readonly reviewStatus: string; readonly details: Opportunity | undefined }
>({
  async audience({ store }, { recordId, subject }) {
    const submission = await store.hearerOf(recordId);
    const reviewStatus = await store.statusAt(recordId, Number(subject));
    if (submission === undefined || reviewStatus === undefined) return undefined;
    const { channelId, userId } = submission;
    return {
      about: { submission, reviewStatus },
      to: { type: 'thread', under: messageKey(submission), channelId, userId },
    };
  },
  load: async (bot, about) => ({ ...about, details: await detailsFor(bot, about.submission) }),
  render: ({ dealPage }, { submission, reviewStatus, details }, { via, hint }) =>
    decisionMessage({
      submission,
      decision: explainDecision(reviewStatus, submission.reviewStatus),
      dealPage,
      details: via === 'channel' ? details : undefined,
      placeHint: hint,
    }),
  logged: ({ submission }) => loggedOf(submission),
});

/** It names the person who submitted. `details` is given only for a channel that may see them. */
export function decisionMessage(options: {
  readonly submission: Owned;
  /** By `explainDecision`. */
  readonly decision: Decision;
  readonly dealPage: DealPage;
  readonly details?: Opportunity | undefined;
  /** mrkdwn of our own: why the message is where it is. */
  readonly placeHint?: string | undefined;
}): Message {
  const { submission, decision, dealPage, details, placeHint } = options;
  const { opportunityId, userId } = submission;
  return {
    text: escapeMrkdwn(words.notification(decision.headline, opportunityId)),
    blocks: [
      sayingBlock(decision, opportunityId, dealPage, mention(userId)),
      ...(details === undefined || submission.nationalSecurity || isNationalSecurity(details)
        ? []
        : ownWordsBlocks(submission, details)),
      ...factsLine([], placeHint),
      actions([
        ...decision.nextSteps.map((step) => buttonFor(step, submission)),
        menuFor(submission, dealPage),
      ]),
    ],
  };
}
