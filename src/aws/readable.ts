import { decode } from 'html-entities';
import { isJsonObject } from './exact-json.ts';
import type { Opportunity } from './opportunity.ts';

/** Text that was encoded more often than this isn't worth more: each round only makes it shorter. */
const MOST_ROUNDS = 8;

/** AWS may send text HTML-entity-encoded: as a person would read it, without what can't be seen or turns text round. */
export const readable = (text: string): string => visible(decoded(text));

/**
 * Decoded until nothing is left to decode, since what was saved twice is encoded twice; and only what ends in a
 * semicolon, since a link's `?q=1&section=3&not=2` isn't encoded.
 */
function decoded(text: string): string {
  let now = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = decode(now, { scope: 'strict' });
    if (next === now) break;
    now = next;
  }
  return now;
}

/** What people typed: as it would read if it came back from AWS, where nothing is encoded. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}|[\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '');
}

/** Whether a text is AWS's mark in the place of a value, a word or asterisks, and nothing else: a sentence may hold the word. */
export const isRedacted = (text: string): boolean =>
  /^[^\p{L}\p{N}]*redacted[^\p{L}\p{N}]*$|^\s*\*{3,}\s*$/iu.test(text);

/** Whether any text in a value is one. */
export function holdsRedacted(value: unknown): boolean {
  if (typeof value === 'string') return isRedacted(value);
  if (Array.isArray(value)) return value.some(holdsRedacted);
  return isJsonObject(value) && Object.values(value).some(holdsRedacted);
}

/** Whether AWS redacts this deal, and so must we. */
export const isNationalSecurity = (opportunity: Opportunity): boolean =>
  opportunity.NationalSecurity?.toLowerCase() === 'yes';
