import { isJsonObject } from './exact-json.ts';

/** Whether a text is AWS's mark in the place of a value, a word or asterisks, and nothing else: a sentence may hold the word. */
export const isRedacted = (text: string): boolean =>
  /^[^\p{L}\p{N}]*redacted[^\p{L}\p{N}]*$|^\s*\*{3,}\s*$/iu.test(text);

/** Whether any text in a value is one. */
export function holdsRedacted(value: unknown): boolean {
  if (typeof value === 'string') return isRedacted(value);
  if (Array.isArray(value)) return value.some(holdsRedacted);
  return isJsonObject(value) && Object.values(value).some(holdsRedacted);
}
