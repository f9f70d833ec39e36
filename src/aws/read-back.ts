import { isJsonObject, type JsonObject, withoutIndexes } from './exact-json.ts';
import { readable } from './readable.ts';
import { idOf } from './related-entities.ts';
import { givenIn, isMissing } from './update-request.ts';

/** What AWS itself writes with every change: its dates, and the history it keeps of next steps. */
const WRITTEN_BY_AWS: readonly string[] = ['LastModifiedDate', 'CreatedDate', 'LifeCycle.NextStepsHistory'];

/**
 * The paths at which a read has something else than was to be there, AWS's dates apart. *Recorded*: what is absent reads
 * null, an amount of `10000.00` reads `10000`, and text comes back with HTML entities; the order of a list of words says
 * nothing. An amount that is left to AWS it computes from its estimate.
 */
export function differences(expected: JsonObject, read: JsonObject): readonly string[] {
  return differing('', expected, read);
}

function differing(path: string, expected: unknown, read: unknown): readonly string[] {
  if (WRITTEN_BY_AWS.includes(path)) return [];
  if (saysNothing(expected) && saysNothing(read)) return [];
  if (isJsonObject(expected) && isJsonObject(read)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(read)])].flatMap((name) =>
      name === 'Amount' && isComputed(expected)
        ? []
        : differing(path === '' ? name : `${path}.${name}`, expected[name], read[name]),
    );
  }
  if (Array.isArray(expected) && Array.isArray(read)) {
    const [one, other] =
      isWords(expected) && isWords(read) ? [sorted(path, expected), sorted(path, read)] : [expected, read];
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index) =>
      differing(`${path}[${index}]`, one[index], other[index]),
    ).flat();
  }
  return readsSame(path, expected, read) ? [] : [path];
}

const isComputed = (spend: JsonObject): boolean => isMissing(spend.Amount) && !isMissing(spend.EstimationUrl);

const isWords = (list: readonly unknown[]): list is readonly string[] =>
  list.every((entry) => typeof entry === 'string');

const sorted = (path: string, words: readonly string[]): readonly string[] =>
  words.map((word) => asRead(path, word)).sort();

/** What went in as an ARN was seen to come back as the ID at its end. */
const asRead = (path: string, text: string): string =>
  path.startsWith('RelatedEntityIdentifiers.') ? idOf(text) : readable(text).trim();

function readsSame(path: string, one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string')
    return JSON.stringify(one) === JSON.stringify(other);
  if (asRead(path, one) === asRead(path, other)) return true;
  return withoutIndexes(path).endsWith('.Amount') && isNumber(one) && Number(one) === Number(other);
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

const saysNothing = (value: unknown): boolean =>
  isMissing(value) || (isJsonObject(value) && givenIn(value).length === 0);
