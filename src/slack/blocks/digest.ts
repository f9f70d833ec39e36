import type { Digest } from '../../submissions/reminders/digest.ts';
import * as words from '../../words/reminders.ts';
import { foreign } from '../text.ts';
import { context, header, section } from './elements.ts';
import type { Message } from './submission-message.ts';

/** Lines in one section: with the longest headline still within its size. */
const LINES_A_SECTION = 10;
const HEADLINE_LENGTH = 150;

/** The weekly digest, for a channel: how many stand where, and the IDs that need somebody. */
export function digestMessage({ counts, needsSomebody, more }: Digest): Message {
  const lines = [
    ...needsSomebody.map(
      ({ opportunityId, headline }) => `• *${opportunityId}*: ${foreign(headline, HEADLINE_LENGTH)}`,
    ),
    ...(more > 0 ? [words.andMore(more)] : []),
  ];
  const sections = Array.from({ length: Math.ceil(lines.length / LINES_A_SECTION) }, (_, index) =>
    section(lines.slice(index * LINES_A_SECTION, (index + 1) * LINES_A_SECTION).join('\n')),
  );
  return {
    text: words.digestTitle,
    blocks: [
      header(words.digestTitle),
      section(
        counts.length === 0
          ? words.nothingThere
          : counts.map(({ of, count }) => `• ${words.counted[of]}: ${count}`).join('\n'),
      ),
      ...(sections.length === 0
        ? [section(words.nothingNeedsSomebody)]
        : [section(words.needsSomebody), ...sections]),
      context(words.howToSeeOne),
    ],
  };
}
