/** Values as AWS writes them: kept exactly, reached by their paths, read as a person would. */
import { decode } from 'html-entities';

/** A JSON object as it came, known members or not. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// "JSON.parse source text access", ECMAScript 2026: Node 24 has it, TypeScript's library doesn't name it yet.
declare global {
  interface JSON {
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): object;
  }
}

/**
 * Parses JSON so that `JSON.stringify` writes every value as it came: a number that JavaScript can't hold, or would
 * write otherwise (`1.10`, 20 digits), is kept as its own text.
 *
 * @throws SyntaxError where the text isn't JSON.
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? JSON.rawJSON(source)
      : value,
  );
}

/** JSON, as `parse` reads it; undefined where a text isn't JSON. */
export function parsedJson(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The value at a path such as `Project.ExpectedCustomerSpend[0].Amount`; undefined where any part of the way is missing. */
export function valueAt(object: JsonObject, path: string): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => {
    if (Array.isArray(value) && typeof step === 'number') return value[step];
    return isJsonObject(value) && typeof step === 'string' && Object.hasOwn(value, step)
      ? value[step]
      : undefined;
  }, object);
}

/**
 * A copy with the value at a path set, or its member taken away where `value` is undefined. Nothing else is touched:
 * members keep their order, and what is missing on the way is made.
 */
export function withValueAt(object: JsonObject, path: string, value: unknown): JsonObject {
  const changed = changedAt(object, stepsOf(path), value);
  return isJsonObject(changed) ? changed : object;
}

function changedAt(target: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const entries: readonly unknown[] = Array.isArray(target) ? target : [];
    return Object.assign([...entries], { [step]: changedAt(entries[step], rest, value) });
  }
  const members = isJsonObject(target) ? target : {};
  const inner = changedAt(Object.hasOwn(members, step) ? members[step] : undefined, rest, value);
  if (inner !== undefined) return { ...members, [step]: inner };
  const { [step]: _gone, ...others } = members;
  return others;
}

type Step = string | number;

const stepsOf = (path: string): readonly Step[] =>
  path.split('.').flatMap((part) => {
    const [name = '', ...indexes] = part.split(/\[|\]/).filter((piece) => piece !== '');
    return [name, ...indexes.map(Number)];
  });

/** An index as it may be written: `[0]`, `[*]`, `.0`, `.member.0`, `/0`, `.*`. */
const INDEX = /\[[^\][]*\]|[./](?:member[./])?(?:\d+|\*)(?=[./[]|$)/g;

/** `Project.ExpectedCustomerSpend[0].Amount` and `….0.Amount` as `….Amount`. */
export const withoutIndexes = (path: string): string => path.replaceAll(INDEX, '');

/** Whether a value says nothing: AWS answers what isn't there as null, and was seen to answer empty lists. */
export const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** Nobody encodes a text more often than this. */
const MOST_ROUNDS = 8;

/** A text of AWS's, which may be HTML-entity-encoded, as a person would read it: without what can't be seen or turns text round. */
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

/** Whether a text is nothing but AWS's mark in the place of a redacted value: the word, or asterisks. A sentence may hold the word. */
export const isRedacted = (text: string): boolean =>
  /^[^\p{L}\p{N}]*redacted[^\p{L}\p{N}]*$|^\s*\*{3,}\s*$/iu.test(text);

/** Whether any text in a value is such a mark. */
export function holdsRedacted(value: unknown): boolean {
  if (typeof value === 'string') return isRedacted(value);
  if (Array.isArray(value)) return value.some(holdsRedacted);
  return isJsonObject(value) && Object.values(value).some(holdsRedacted);
}
