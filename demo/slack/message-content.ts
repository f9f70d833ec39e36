import type { KnownBlock } from '@slack/types';
import { fromJson, isObject, type JsonObject, stringOf } from '../json.ts';
import { checkBlocks } from './block-rules.ts';

/** Slack cuts a longer text off. https://docs.slack.dev/reference/methods/chat.postMessage */
const LONGEST_TEXT = 40_000;

export type ContentError = 'no_text' | 'invalid_blocks' | 'invalid_blocks_format';
export type Content =
  | { readonly ok: true; readonly value: { readonly text: string; readonly blocks: readonly KnownBlock[] } }
  | { readonly ok: false; readonly error: ContentError; readonly messages: readonly string[] };

function refused(error: ContentError, messages: readonly string[] = []): Content {
  return { ok: false, error, messages };
}

/** A message's text and blocks, from a Web API call (blocks as a JSON string) or a response_url (as JSON). */
export function readContent(args: JsonObject): Content {
  const text = (stringOf(args.text) ?? '').slice(0, LONGEST_TEXT);
  const given = args.blocks === undefined || args.blocks === '' ? [] : fromJson(args.blocks);
  if (!Array.isArray(given)) return refused('invalid_blocks_format');
  if (text === '' && given.length === 0) return refused('no_text');
  const blocks = checkBlocks(given, 'message');
  if (!blocks.ok) return refused('invalid_blocks', blocks.messages);
  return { ok: true, value: { text, blocks: blocks.value } };
}

/** What Slack lets pass and a screen reader or a notification would miss. */
export function contentWarnings(args: JsonObject): readonly string[] {
  const blocks = fromJson(args.blocks);
  return Array.isArray(blocks) && blocks.length > 0 && stringOf(args.text) === undefined
    ? ['missing_text']
    : [];
}

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
