import { decode } from 'html-entities';

/** AWS may send text HTML-entity-encoded: as a person would read it, without what can't be seen or turns text round. */
export const readable = (text: string): string => visible(decode(text));

/** What people typed: as it would read if it came back from AWS, where nothing is encoded. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}|[\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '');
}
