import type { AwsPerson } from '../../partner-central/aws-people.ts';
import type { Owned } from '../../submissions/submission.ts';
import * as words from '../../words/aws-side.ts';
import { notification } from '../../words/messages.ts';
import type { DealPage } from '../deal-page.ts';
import { peopleText } from './aws-side.ts';
import { context, section } from './elements.ts';
import { buttonFor, linkedHeadline, type Message } from './submission-message.ts';

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
