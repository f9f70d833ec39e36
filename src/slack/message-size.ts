import type { KnownBlock } from '@slack/types';
import type { Message } from './blocks/elements.ts';
import { context } from './blocks/elements.ts';
import { LIMITS } from './limits.ts';
import { moreThanFits } from './words.ts';

/** A header counts about so much more than it says: observed (https://github.com/slackapi/bolt-js/issues/2509). */
const HEADER_MORE = 100;

/**
 * All the text of blocks, at least as much as Slack counts: it counts `&`, `<` and `>` once they are escaped, and whether
 * it escapes again what came escaped isn't known, so here it does.
 */
export function textSize(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textSize(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const header = 'type' in value && value.type === 'header' ? HEADER_MORE : 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]: [string, unknown]) =>
      sum + (key === 'text' && typeof inner === 'string' ? escapedLength(inner) : textSize(inner)),
    header,
  );
}

function escapedLength(text: string): number {
  const ampersands = text.split('&').length - 1;
  const brackets = text.split(/[<>]/).length - 1;
  return text.length + 4 * ampersands + 3 * brackets;
}

/**
 * A message that Slack takes by its size: whole, or without the blocks that are too much, which it then says. The buttons
 * stay.
 */
export function fitting(message: Message): Message {
  if (textSize(message.blocks) <= LIMITS.messageText) return message;
  const notice = context(moreThanFits);
  const isAlwaysKept = ({ type }: KnownBlock) => type === 'actions';
  let left = LIMITS.messageText - textSize(notice) - textSize(message.blocks.filter(isAlwaysKept));
  const kept = message.blocks.filter((block) => {
    if (isAlwaysKept(block)) return true;
    const size = textSize(block);
    if (size > left) return false;
    left -= size;
    return true;
  });
  return { ...message, blocks: [...kept, notice] };
}
