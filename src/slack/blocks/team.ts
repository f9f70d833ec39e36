import type { Owned } from '../../submissions/submission.ts';
import type { AwsTeam } from '../../submissions/telling/news.ts';
import * as words from '../../words/aws-side.ts';
import { notification } from '../../words/messages.ts';
import { peopleText } from './aws-side.ts';
import { context, section } from './elements.ts';
import { buttonFor, type Message } from './submission-message.ts';

/** AWS has put people on an approved deal: a direct message to the person who submitted it. */
export function teamMessage(options: {
  readonly submission: Owned;
  /** Empty where they aren't to be shown, or can't be. */
  readonly people: AwsTeam;
}): Message {
  const { submission, people } = options;
  const headline = notification(words.teamHeadline, submission.opportunityId);
  return {
    text: headline,
    blocks: [
      section([`*${headline}*`, ...(submission.nationalSecurity ? [] : [words.teamNext])].join('\n')),
      ...(people.length === 0 ? [] : [section(peopleText(people))]),
      context(words.whyTold(`<#${submission.channelId}>`)),
      {
        type: 'actions',
        elements: (['show-details', 'partner-central'] as const).map((step) => buttonFor(step, submission)),
      },
    ],
  };
}
