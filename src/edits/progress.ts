import { type JsonObject, valueAt, withValueAt } from '../aws/exact-json.ts';
import { spellingIn } from '../aws/lists.ts';
import { isMissing, type NewValues } from '../aws/update-request.ts';
import type { Edit, Typed, TypedFields } from './edit.ts';
import { choicesAt, ONLY_FREQUENCY, readSame, SOLUTIONS, shownValue, stampOf } from './fields.ts';

/** What of an edit AWS has, by a fresh read, and what is left to do. */
export interface Progress {
  /** New values by AWS's path; empty: the fields are as the person wants them. */
  readonly newValues: NewValues;
  /** The solution that isn't associated yet. */
  readonly solution: string | undefined;
  /** AWS has every field that was typed, and there were some. */
  readonly hasFields: boolean;
  /** Fields of the edit that somebody else has changed since the form was shown, by AWS's path. */
  readonly conflicts: readonly string[];
}

/**
 * Compares an edit with the opportunity as it is. A field that reads as typed is done, whoever did it; one that still
 * reads as the form showed it is to be changed; anything else is somebody else's change, which isn't overwritten.
 */
export function progressOf(
  edit: Pick<Edit, 'formId' | 'shown' | 'updated'>,
  typed: TypedFields,
  json: JsonObject,
): Progress {
  const newValues = new Map<string, unknown>();
  const conflicts: string[] = [];
  // A list may depend on another field of the same form: a state's on the country.
  const asTyped = [...typed].reduce<JsonObject>(
    (deal, [path, value]) => withValueAt(deal, path, value),
    json,
  );
  for (const [path, written] of edit.updated ? [] : typed) {
    if (path === SOLUTIONS) continue;
    const wanted = asListed(choicesAt(asTyped, path) ?? [], written);
    const now = shownValue(json, path);
    if (now !== undefined && isAlready(path, json, now, wanted)) continue;
    if (now === undefined || stampOf(edit.formId, path, now) !== edit.shown.get(path)) {
      conflicts.push(path);
    } else newValues.set(path, wanted.length === 0 ? undefined : wanted);
  }
  // A new amount needs a frequency, and AWS knows but one. What isn't there it answers as null.
  for (const [, entry = ''] of [...newValues.keys()].map((path) => /^(.+\[\d+\])\.\w+$/.exec(path) ?? [])) {
    const frequency = `${entry}.Frequency`;
    if (entry !== '' && isMissing(valueAt(json, frequency))) newValues.set(frequency, ONLY_FREQUENCY);
  }
  const hasFields =
    newValues.size === 0 && conflicts.length === 0 && [...typed.keys()].some((path) => path !== SOLUTIONS);
  return { newValues, hasFields, conflicts, solution: solutionLeft(typed.get(SOLUTIONS), json) };
}

/** A list's values in the list's own spelling, anything else as it was typed. */
function asListed(list: readonly string[], typed: Typed): Typed {
  const spelt = (value: string) => spellingIn(list, value) ?? value;
  return typeof typed === 'string' ? spelt(typed) : typed.map(spelt);
}

const isAlready = (path: string, json: JsonObject, now: Typed, wanted: Typed): boolean =>
  readSame(path, now, wanted) || valueAt(json, path) === wanted;

function solutionLeft(wanted: Typed | undefined, json: JsonObject): string | undefined {
  if (typeof wanted !== 'string' || wanted === '') return undefined;
  const associated = valueAt(json, SOLUTIONS);
  return Array.isArray(associated) && associated.includes(wanted) ? undefined : wanted;
}
