import { refusedProblem } from '../attempts/sendable.ts';
import type { RefusedError, Result } from '../aws/errors.ts';
import { spellingIn } from '../aws/lists.ts';
import type { WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { idOf, isNationalSecurity, relatedEntityTypeOf, reviewStatus } from '../aws/terms.ts';
import { differences, type NewValues, type WholeJson } from '../aws/update-request.ts';
import { isMissing, type JsonObject, valueAt, withValueAt } from '../aws/values.ts';
import type { Bot } from '../bot.ts';
import { fromNow, sleep, untilWritten } from '../clock.ts';
import { type CompareBot, compareReviews } from '../opportunities/follow.ts';
import { type ReviewRead, reviewIn } from '../opportunities/opportunity.ts';
import type { Dropped, Edit, EditProblem, Typed, TypedFields } from './edit.ts';
import type { EditTransition } from './edits.ts';
import { readSame, SOLUTIONS, SPEND } from './field-kinds.ts';
import { choicesAt, shownValue, spendDefaults, stampOf } from './fields.ts';
import type { Seen } from './then-submit.ts';

/*
 * How far an edit has come: what a read shows of it, what is left to do, and how each step is written down. What sends it
 * is `advance.ts`.
 */

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

const ASK_AGAIN_MS = 1000;
/**
 * How long AWS is read after a deal that it had sent back was changed, and how often (milliseconds): how soon it shows
 * isn't documented.
 */
const LOOK_FOR_MS = 2 * 60_000;
const LOOK_EVERY_MS = 15_000;

type StepBot = Pick<Bot, 'edits' | 'clock' | 'owner'>;
/** A step of the bot's own, now. */
type Step = Omit<EditTransition, 'at' | 'actor'>;

/** Moves a claimed edit on, again and again until it is written: a failure would lose what AWS answered. */
export const moveEdit = ({ edits, clock, owner }: StepBot, claimed: Edit, step: Step) =>
  untilWritten(clock, () => edits.transition(claimed, owner, { at: clock.now(), actor: 'bot', ...step }));

/** Gives it back until `dueAt`; undefined: for good. */
export const putOffEdit = (
  { edits, clock, owner }: StepBot,
  claimed: Edit,
  problem: EditProblem | undefined,
  dueAt: Date | undefined,
) => edits.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 });

/** Reads an edit's deal with everything AWS has of it. */
export const readWhole = ({ aws }: Pick<Bot, 'aws'>, edit: Edit): Promise<Result<WholeOpportunity>> =>
  aws.getWholeOpportunity({ Catalog: edit.catalog, Identifier: edit.opportunityId });

/** What keeps what is left of an edit from going out, for good. */
export type GivenUp = Pick<Step, 'why' | 'requestId'> & {
  readonly to?: 'refused' | 'conflict';
  readonly problem: EditProblem;
};

/** Nothing more goes out. Where AWS has the fields, the trail says that it is about the solution alone. */
export const giveUpEdit = (bot: StepBot, claimed: Edit, { to = 'refused', why, ...step }: GivenUp) =>
  moveEdit(bot, claimed, {
    to,
    why: claimed.updated ? `the solution alone; the fields are saved (${why})` : why,
    ...step,
  });

/** AWS refused it, and would again. */
export const refuseEdit = (bot: StepBot, claimed: Edit, error: RefusedError) =>
  giveUpEdit(bot, claimed, {
    why: error.code,
    problem: refusedProblem(error),
    requestId: error.requestId,
  });

/** What the review shows since an edit was saved; undefined: nothing, or still what it showed before. */
function reviewSince(opportunity: Opportunity | undefined): EditProblem | undefined {
  if (opportunity?.LifeCycle === undefined) return undefined;
  const { status, shown } = reviewStatus(opportunity.LifeCycle.ReviewStatus);
  return status === 'Action Required' ? undefined : { type: 'review-since', reviewStatus: shown };
}

/** Writes down what a read says of the review, in the edit's catalog: the bot may have been moved to the other since. */
const noteReview = (bot: CompareBot, { catalog }: Edit, review: ReviewRead, at: Date): Promise<void> =>
  compareReviews({ ...bot, catalog }, [review], { at, actor: 'aws' });

/** A saved edit: whether AWS reviews the deal again is said once a read shows it, or after two minutes without. */
export async function lookSince(bot: StepBot & CompareBot & Pick<Bot, 'aws'>, claimed: Edit): Promise<void> {
  const { clock } = bot;
  const at = clock.now();
  const read = await readWhole(bot, claimed);
  const opportunity = read.ok ? read.value.opportunity : undefined;
  if (opportunity !== undefined) await noteReview(bot, claimed, reviewIn(opportunity), at);
  const since = reviewSince(opportunity);
  if (since === undefined && at.getTime() - claimed.changedAt.getTime() < LOOK_FOR_MS) {
    await putOffEdit(bot, claimed, undefined, fromNow(clock, LOOK_EVERY_MS));
    return;
  }
  const { ReviewStatus: still } = opportunity?.LifeCycle ?? {};
  await putOffEdit(bot, claimed, since ?? { type: 'review-since', reviewStatus: still }, undefined);
}

/**
 * AWS has it all. Of a deal that it had sent back, that is told in its submission's thread, and the review is read at
 * once, and for a while if need be; not in Sandbox, where nobody reviews.
 */
export async function concludeSaved(
  bot: StepBot & CompareBot & Pick<Bot, 'aws'>,
  claimed: Edit,
  why: string,
  requestId: string | undefined,
  seen: Seen | undefined,
): Promise<void> {
  const { store, clock } = bot;
  if (claimed.editableStatus === 'Pending Submission') {
    await moveEdit(bot, claimed, { to: 'saved', why, requestId, seen });
    bot.wake();
    return;
  }
  const at = clock.now();
  let read = await readWhole(bot, claimed);
  if (!read.ok) {
    // AWS was reached a moment ago, and nobody asks later.
    await sleep(clock, ASK_AGAIN_MS);
    read = await readWhole(bot, claimed);
  }
  const opportunity = read.ok ? read.value.opportunity : undefined;
  const review = opportunity && reviewIn(opportunity);
  const problem = reviewSince(opportunity);
  await moveEdit(bot, claimed, {
    to: 'saved',
    why,
    requestId,
    // What was submitted elsewhere becomes this person's. The edit's response_url answers where it was opened, which
    // may be another channel.
    tellInThreadOf: await store.takeOn(claimed, claimed, review, at),
    problem,
    dueAt: problem !== undefined || claimed.catalog === 'Sandbox' ? undefined : fromNow(clock, LOOK_EVERY_MS),
  });
  if (review !== undefined) await noteReview(bot, claimed, review, at);
}
