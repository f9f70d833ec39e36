import { opportunityIdsIn } from './command-text.ts';

/** Where Slack keeps what a person reads in a message, and the addresses it links to; not its names for things. */
const READ = new Set(['text', 'url', 'title', 'title_link', 'from_url', 'pretext', 'fallback', 'alt_text']);

/**
 * The opportunity IDs in a message as Slack sends it, in the order in which they are read: in its text, its
 * blocks, and what it quotes or links to; each once.
 */
export function opportunityIdsInMessage(message: unknown): readonly string[] {
  // A mention or a channel's name can look like an ID: `<#C1|o1-team>`.
  const texts = textsIn(message).map((text) => text.replaceAll(/<[@#!][^>]*>/g, ' '));
  return [...new Set(texts.flatMap(opportunityIdsIn))];
}

function textsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return READ.has(name) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, key));
}
