import { spellingIn } from '../aws/lists.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { idOf, isNationalSecurity, relatedEntityTypeOf } from '../aws/terms.ts';
import { differences, type NewValues, type WholeJson } from '../aws/update-request.ts';
import { isMissing, type JsonObject, valueAt, withValueAt } from '../aws/values.ts';
import type { Bot } from '../bot.ts';
import { sleep } from '../clock.ts';
import type { Dropped, Edit, Typed, TypedFields } from './edit.ts';
import { readSame, SOLUTIONS, SPEND } from './field-kinds.ts';
import { choicesAt, shownValue, spendDefaults, stampOf } from './fields.ts';
import type { Seen } from './then-submit.ts';

/** What AWS has of an edit, by a fresh read, and what is left to do. */
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
    const isDone = now !== undefined && (readSame(path, now, wanted) || valueAt(json, path) === wanted);
    if (isDone) continue;
    if (now === undefined || stampOf(edit.formId, path, now) !== edit.shown.get(path)) conflicts.push(path);
    else newValues.set(path, wanted.length === 0 ? undefined : wanted);
  }
  // An amount brings what AWS asks for beside it, where neither AWS nor the person says anything else. What isn't there
  // AWS answers as null.
  for (const [, entry = ''] of [...newValues.keys()].map((path) => /^(.+\[\d+\])\.\w+$/.exec(path) ?? [])) {
    if (!entry.startsWith(SPEND)) continue;
    for (const [name, value] of Object.entries(spendDefaults(json))) {
      const path = `${entry}.${name}`;
      if (!newValues.has(path) && isMissing(valueAt(json, path))) newValues.set(path, value);
    }
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

function solutionLeft(wanted: Typed | undefined, json: JsonObject): string | undefined {
  if (typeof wanted !== 'string' || wanted === '') return undefined;
  const { ids } = associated(json, wanted);
  // What went in as an ARN was seen to come back as the ID at its end (an offer, *recorded*).
  return ids.includes(wanted) || ids.includes(idOf(wanted)) ? undefined : wanted;
}

/** The opportunity as it is to be once a solution is associated. */
export function withSolution(json: JsonObject, solution: string): JsonObject {
  const { path, ids } = associated(json, solution);
  return withValueAt(json, path, [...ids, solution]);
}

/** What is associated already of a solution's kind, and where AWS lists it. */
function associated(json: JsonObject, solution: string) {
  const path = `RelatedEntityIdentifiers.${relatedEntityTypeOf(solution) ?? 'Solutions'}`;
  const ids = valueAt(json, path);
  return { path, ids: Array.isArray(ids) ? ids : [] };
}

/** What a read before a step says where a submission is to follow: whether the deal is still as the person saw it. */
export const seenBefore = (edit: Edit, opportunity: Opportunity): Seen =>
  opportunity.LastModifiedDate === edit.lastModifiedDate
    ? asWanted(opportunity)
    : { type: 'dropped', why: 'changed' };

/** How often a deal is read until it shows what was written, and how many milliseconds apart. */
const READS = 4;
const READ_EVERY_MS = 1000;

/**
 * Where a submission is to follow: whether AWS shows the deal as it was `read` before a step and as that step was to
 * make it, and nothing else. AWS's reads were seen to lag behind its writes, so it is asked a few times.
 */
export async function seenSince(
  bot: Pick<Bot, 'aws' | 'clock'>,
  sent: Edit,
  read: WholeJson,
  expected: JsonObject,
): Promise<Seen | undefined> {
  if (sent.thenSubmit?.type !== 'wanted') return undefined;
  let why: Dropped = 'unread';
  for (let reads = 0; reads < READS; reads += 1) {
    if (reads > 0) await sleep(bot.clock, READ_EVERY_MS);
    const now = await bot.aws.getWholeOpportunity({ Catalog: sent.catalog, Identifier: sent.opportunityId });
    if (!now.ok) continue;
    const { json, opportunity } = now.value;
    const isOld = json.LastModifiedDate === read.LastModifiedDate;
    if (!isOld && differences(expected, json).length === 0) return asWanted(opportunity);
    why = isOld ? 'unread' : 'changed';
  }
  return { type: 'dropped', why };
}

const asWanted = (opportunity: Opportunity): Seen => ({
  type: 'as-wanted',
  deal: {
    lastModifiedDate: opportunity.LastModifiedDate,
    nationalSecurity: isNationalSecurity(opportunity),
  },
});
