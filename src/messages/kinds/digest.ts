import { context, header, section, sections } from '../../slack/blocks/elements.ts';
import { type DealPage, linkedId } from '../../slack/deal-page.ts';
import { foreign } from '../../slack/text.ts';
import type { Digest } from '../digest.ts';
import * as words from './digest-words.ts';
import type { Message } from './submission.ts';

const HEADLINE_LENGTH = 150;

/** The weekly digest, for a channel: how many stand where, and the IDs that need somebody. */
export function digestMessage({ counts, needsSomebody, more }: Digest, dealPage: DealPage): Message {
  const lines = [
    ...needsSomebody.map(
      ({ opportunityId, headline }) =>
        `• *${linkedId(opportunityId, dealPage)}*: ${foreign(headline, HEADLINE_LENGTH)}`,
    ),
    ...(more > 0 ? [words.andMore(more)] : []),
  ];
  return {
    text: words.digestTitle,
    blocks: [
      header(words.digestTitle),
      section(
        counts.length === 0
          ? words.nothingThere
          : counts.map(({ of, count }) => `• ${words.counted[of]}: ${count}`).join('\n'),
      ),
      ...(lines.length === 0
        ? [section(words.nothingNeedsSomebody)]
        : [section(words.needsSomebody), ...sections(lines)]),
      context(words.howToSeeOne),
    ],
  };
}
