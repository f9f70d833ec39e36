import { isJsonObject } from '../src/aws/values.ts';
import { LIST_VALUES, scrubbed } from './vocabulary.ts';

const AS_LISTED: ReadonlySet<string> = new Set(LIST_VALUES);
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z)?$/;
const ID = /^(O|S-|eng-|engi-|job-|task-|offer-)([0-9a-z]{1,40})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONGEST_LIST = 20;

/**
 * Takes out of a value what a report mustn't carry: accounts, ARNs, names, addresses, and whatever else AWS may answer.
 * Nothing is looked for: a text stays only where this rehearsal made it up (`ours`), where it is a date or a value of
 * AWS's lists, or as far as it is made of words that AWS uses. IDs keep their shape, and equal ones stay equal.
 */
export function redaction(ours: ReadonlySet<string>): (value: unknown) => unknown {
  const aliases = new Map<string, string>();
  const aliasOf = (text: string, shape: (number: number) => string): string => {
    const known = aliases.get(text) ?? shape(aliases.size + 1);
    aliases.set(text, known);
    return known;
  };

  function ofText(text: string): string {
    if (ours.has(text) || DATE.test(text) || AS_LISTED.has(text)) return text;
    const [, prefix = '', rest = ''] = ID.exec(text) ?? [];
    if (rest !== '') {
      return aliasOf(
        text,
        (number) => prefix + String(number).padStart(rest.length, '0').slice(-rest.length),
      );
    }
    if (UUID.test(text)) {
      return aliasOf(text, (number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`);
    }
    return scrubbed(text);
  }

  function of(value: unknown): unknown {
    if (typeof value === 'string') return ofText(value);
    if (typeof value === 'number') return Math.abs(value) < 1_000 ? value : 0;
    if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map(of);
    if (!isJsonObject(value)) return typeof value === 'boolean' ? value : null;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [scrubbed(name), of(member)]));
  }
  return of;
}

/** Every text in a value. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
