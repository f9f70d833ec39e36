import type { KnownBlock } from '@slack/types';
import { checkBlocks } from './block-rules.ts';
import { fromJson, type JsonObject, stringOf } from './json.ts';

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
