import { createHash } from 'node:crypto';
import { requestInvalid, type WireError } from './wire.ts';

/** A sorted list's order, for one page of it. `key` gives the text that items are compared by. */
export interface PageOrder<T> {
  readonly key: (item: T) => string;
  readonly id: (item: T) => string;
  readonly descending: boolean;
  /** What the list was asked for: a token of another question is refused. */
  readonly question: string;
}

export type Page<T> =
  | { readonly ok: true; readonly items: readonly T[]; readonly nextToken: string | undefined }
  | { readonly ok: false; readonly error: WireError };

/**
 * One page of a list. The token names the last item given, not a position, so a list that changes between
 * two pages neither repeats nor skips what stayed.
 */
export function pageOf<T>(
  items: readonly T[],
  order: PageOrder<T>,
  size: number,
  token: string | undefined,
): Page<T> {
  const start = token === undefined ? undefined : readToken(token, order.question);
  if (start === 'invalid') return { ok: false, error: invalidToken };
  const sign = order.descending ? -1 : 1;
  const sorted = items
    .map((item) => ({ item, key: order.key(item), id: order.id(item) }))
    .filter((entry) => start === undefined || sign * compare(entry, start) > 0)
    .sort((a, b) => sign * compare(a, b));
  const page = sorted.slice(0, size);
  const last = sorted.length > size ? page.at(-1) : undefined;
  return {
    ok: true,
    items: page.map(({ item }) => item),
    nextToken: last && writeToken({ key: last.key, id: last.id }, order.question),
  };
}

interface Place {
  readonly key: string;
  readonly id: string;
}

function compare(a: Place, b: Place): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return 0;
}

/** As recorded tokens start (2024-11, 2025-12). */
const tokenStart = 'AAMA-';

function writeToken(place: Place, question: string): string {
  const words = JSON.stringify([place.key, place.id, digest(question)]);
  return `${tokenStart}${Buffer.from(words).toString('base64url')}`;
}

function readToken(token: string, question: string): Place | 'invalid' {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token.slice(tokenStart.length), 'base64url').toString());
    if (!Array.isArray(parsed)) return 'invalid';
    const [key, id, asked]: readonly unknown[] = parsed;
    if (typeof key !== 'string' || typeof id !== 'string' || asked !== digest(question)) return 'invalid';
    return { key, id };
  } catch {
    return 'invalid';
  }
}

function digest(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 12);
}

const invalidToken = requestInvalid([
  { FieldName: 'NextToken', Code: 'INVALID_VALUE', Message: 'NextToken is not valid for this request.' },
]);
