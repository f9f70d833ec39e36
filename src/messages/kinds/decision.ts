import { isNationalSecurity } from '../../aws/national-security.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { ownWordsBlocks } from '../../slack/blocks/deal.ts';
import { context, section } from '../../slack/blocks/elements.ts';
import type { DealPage } from '../../slack/deal-page.ts';
import { escapeMrkdwn, mention } from '../../slack/text.ts';
import type { Decision } from '../../submissions/explain.ts';
import type { Owned } from '../../submissions/submission.ts';
import * as words from '../words.ts';
import { buttonFor, linkedHeadline, type Message } from './submission.ts';

/**
 * AWS's decision, for the thread of the submission's message: a message of its own that names the person who
 * submitted, because an edited message notifies nobody. `details` is given only for a channel that may see them.
 */
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
  const { opportunityId } = submission;
  const headline = words.notification(decision.headline, opportunityId);
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      section(
        [
          `${mention(submission.userId)} *${linkedHeadline(decision.headline, opportunityId, dealPage)}*`,
          escapeMrkdwn(decision.known),
          escapeMrkdwn(decision.next),
        ].join('\n'),
      ),
      ...(details === undefined || submission.nationalSecurity || isNationalSecurity(details)
        ? []
        : ownWordsBlocks(submission, details)),
      ...(placeHint === undefined ? [] : [context(placeHint)]),
      {
        type: 'actions',
        elements: decision.nextSteps.map((step) => buttonFor(step, submission, dealPage)),
      },
    ],
  };
}
