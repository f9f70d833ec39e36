import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import type { Submission } from '../../submissions/submission.ts';
import * as words from '../../words/messages.ts';
import type { Saying } from '../../words/outcomes.ts';
import { ACTION } from '../ids.ts';
import { escapeMrkdwn, mention } from '../text.ts';
import { button, context, section } from './elements.ts';
import { ownWordsBlocks } from './own-words.ts';
import { type Message, PARTNER_CENTRAL_URL } from './submission-message.ts';

/**
 * AWS's decision, for the thread of the submission's message: a message of its own that names the person who
 * submitted, because an edited message notifies nobody. `details` is given only for a channel that may see them.
 */
export function decisionMessage(options: {
  readonly submission: Submission;
  /** `explainDecision`'s words for it. */
  readonly saying: Saying;
  readonly details?: Opportunity | undefined;
  /** mrkdwn of our own: why the message is where it is. */
  readonly placeHint?: string | undefined;
}): Message {
  const { submission, saying, details, placeHint } = options;
  const { id, opportunityId } = submission;
  const headline = words.notification(saying.headline, opportunityId);
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      section(
        [
          `${mention(submission.userId)} *${escapeMrkdwn(headline)}*`,
          escapeMrkdwn(saying.known),
          escapeMrkdwn(saying.next),
        ].join('\n'),
      ),
      ...(details === undefined || submission.nationalSecurity || isNationalSecurity(details)
        ? []
        : ownWordsBlocks(submission, details)),
      ...(placeHint === undefined ? [] : [context(placeHint)]),
      {
        type: 'actions',
        elements: [
          button({
            text: words.showDetails,
            label: words.forOpportunity(words.showDetails, opportunityId),
            actionId: ACTION.showDetails,
            value: id,
          }),
          button({
            text: words.viewInPartnerCentral,
            label: words.forOpportunity(words.viewInPartnerCentral, opportunityId),
            actionId: ACTION.partnerCentral,
            url: PARTNER_CENTRAL_URL,
          }),
        ],
      },
    ],
  };
}
