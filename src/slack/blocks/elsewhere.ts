import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import type { Review } from '../../submissions/reviews.ts';
import * as words from '../../words/messages.ts';
import type { Saying } from '../../words/outcomes.ts';
import { escapeMrkdwn } from '../text.ts';
import { context, section } from './elements.ts';
import { ownWordsBlocks } from './own-words.ts';
import { buttonFor, type Message } from './submission-message.ts';

/**
 * AWS's decision on an opportunity that this bot didn't submit: it names nobody, because nobody here is known to
 * have submitted it. `details` is given only for a channel that may see them.
 */
export function elsewhereMessage(options: {
  readonly review: Review;
  /** `explainDecision`'s words for it. */
  readonly saying: Saying;
  readonly details?: Opportunity | undefined;
}): Message {
  const { review, saying, details } = options;
  const headline = words.notification(saying.headline, review.opportunityId);
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      section(
        [`*${escapeMrkdwn(headline)}*`, escapeMrkdwn(saying.known), escapeMrkdwn(saying.next)].join('\n'),
      ),
      ...(details === undefined || isNationalSecurity(details)
        ? []
        : ownWordsBlocks({ problem: undefined }, details)),
      context(words.submittedElsewhere),
      {
        type: 'actions',
        elements: (['check-status', 'show-details', 'partner-central'] as const).map((step) =>
          buttonFor(step, review),
        ),
      },
    ],
  };
}
