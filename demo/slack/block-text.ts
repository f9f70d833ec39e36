import type { KnownBlock } from '@slack/types';
import { isObject } from './json.ts';

/**
 * All the text of a message's blocks may be so long, as Slack counts it: undocumented, and observed. One markdown block
 * took 13,297 (https://github.com/slackapi/bolt-js/issues/2509); 11,341 in several sections, headers and rich text were
 * refused, and whether that was close to what it takes isn't known.
 */
const MOST_IN_ONE_MARKDOWN = 13_297;
const MOST = 11_340;
/** A header counts about so much more than it says. */
const HEADER_MORE = 100;

/** Whether Slack's Web API refuses blocks with `msg_blocks_too_long`. A response_url was seen to take the same blocks. */
export function isTooLong(blocks: readonly KnownBlock[]): boolean {
  const [first, ...others] = blocks;
  const most = first?.type === 'markdown' && others.length === 0 ? MOST_IN_ONE_MARKDOWN : MOST;
  const headers = blocks.filter(({ type }) => type === 'header').length;
  return textLength(blocks) + headers * HEADER_MORE > most;
}

/** All texts in blocks, counted once Slack has escaped them: it keeps what is escaped already as it is. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? escapedLength(inner) : textLength(inner)),
    0,
  );
}

const escapedLength = (text: string): number =>
  text
    .replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;').length;
