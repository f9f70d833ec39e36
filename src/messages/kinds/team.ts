import type { AwsPerson } from '../../aws/aws-people.ts';
import * as words from '../../slack/answers/aws-side-words.ts';
import { peopleText } from '../../slack/answers/details.ts';
import { context, section } from '../../slack/blocks/elements.ts';
import type { DealPage } from '../../slack/deal-page.ts';
import type { Owned } from '../../submissions/submission.ts';
import { notification } from '../words.ts';
import { buttonFor, linkedHeadline, type Message } from './submission.ts';

/** AWS has put people on an approved deal: a direct message to the person who submitted it. */
export function teamMessage(options: {
  readonly submission: Owned;
  /** Empty where they aren't to be shown, or can't be. */
  readonly people: readonly AwsPerson[];
  readonly dealPage: DealPage;
}): Message {
  const { submission, people, dealPage } = options;
  const headline = notification(words.teamHeadline, submission.opportunityId);
  return {
    text: headline,
    blocks: [
      section(
        [
          `*${linkedHeadline(words.teamHeadline, submission.opportunityId, dealPage)}*`,
          ...(submission.nationalSecurity ? [] : [words.teamNext]),
        ].join('\n'),
      ),
      ...(people.length === 0 ? [] : [section(peopleText(people))]),
      context(words.whyTold(`<#${submission.channelId}>`)),
      {
        type: 'actions',
        elements: (['show-details', 'partner-central'] as const).map((step) =>
          buttonFor(step, submission, dealPage),
        ),
      },
    ],
  };
}
