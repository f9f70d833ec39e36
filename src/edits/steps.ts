import { type Passed, sendWindow } from '../attempts/attempt.ts';
import { refusedProblem } from '../attempts/sendable.ts';
import { backoff, sendFailed } from '../attempts/waiting.ts';
import type { RefusedError, Result } from '../aws/errors.ts';
import { type JsonObject, valueAt, withValueAt } from '../aws/exact-json.ts';
import { spellingIn } from '../aws/lists.ts';
import type { WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { idOf, relatedEntityTypeOf, reviewStatus } from '../aws/terms.ts';
import { asUpdated, isMissing, type NewValues, updateRequest } from '../aws/update-request.ts';
import type { Bot } from '../bot.ts';
import { fromNow, sleep, untilWritten } from '../clock.ts';
import { reviewIn } from '../opportunities/opportunity.ts';
import type { Edit, EditProblem, Typed, TypedFields } from './edit.ts';
import type { EditTransition } from './edits.ts';
import { choicesAt, shownValue, spendDefaults, stampOf } from './fields.ts';
import { readSame, SOLUTIONS, SPEND } from './kinds.ts';
import { seenSince, withSolution } from './seen.ts';
import type { Seen } from './then-submit.ts';

const ASK_AGAIN_MS = 1000;
/** How long AWS is read after a deal that it had sent back was changed, and how often: nobody has told how soon it shows. */
const LOOK_FOR_MS = 2 * 60_000;
const LOOK_EVERY_MS = 15_000;
/** AWS's ConflictException is answered by a fresh read; after so many in a row the next one waits longer. */
const QUICK_TRIES = 3;

type StepBot = Pick<Bot, 'edits' | 'clock' | 'owner'>;

/** Moves a claimed edit on. */
export const moveEdit = (
  { edits, clock, owner }: StepBot,
  claimed: Edit,
  step: Omit<EditTransition, 'at' | 'actor'>,
) => edits.transition(claimed, owner, { at: clock.now(), actor: 'bot', ...step });

/** The same, where a failure to do so would lose what AWS answered. */
const conclude = (bot: StepBot, claimed: Edit, step: Omit<EditTransition, 'at' | 'actor'>) =>
  untilWritten(bot.clock, () => moveEdit(bot, claimed, step));

/** Gives it back until `dueAt`. */
export const putOffEdit = (
  { edits, clock, owner }: StepBot,
  claimed: Edit,
  problem: EditProblem | undefined,
  dueAt: Date | undefined,
) => edits.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 });

/** Reads an edit's deal with everything AWS has of it. */
export const readWhole = ({ aws }: Pick<Bot, 'aws'>, edit: Edit): Promise<Result<WholeOpportunity>> =>
  aws.getWholeOpportunity({ Catalog: edit.catalog, Identifier: edit.opportunityId });

/** Nobody sends the rest. For the trail: what that is. */
export const giveUpEdit = (
  bot: StepBot,
  claimed: Edit,
  why: string,
  problem: EditProblem,
  requestId?: string,
) =>
  conclude(bot, claimed, {
    to: 'refused',
    why: claimed.updated ? `the solution alone; the fields are saved (${why})` : why,
    problem,
    requestId,
  });

/** AWS refused it, and would again. */
export const refuseEdit = (bot: StepBot, claimed: Edit, error: RefusedError) =>
  giveUpEdit(bot, claimed, error.code, refusedProblem(error), error.requestId);

/** AWS was reached a moment ago: what it doesn't answer now is asked once more, because nobody does so later. */
async function getTwice(bot: Pick<Bot, 'aws' | 'clock'>, claimed: Edit): Promise<Result<WholeOpportunity>> {
  const read = await readWhole(bot, claimed);
  if (read.ok) return read;
  await sleep(bot.clock, ASK_AGAIN_MS);
  return readWhole(bot, claimed);
}

/** What the review shows since an edit was saved; undefined: nothing of AWS's own that would be news. */
function reviewSince(opportunity: Opportunity | undefined): EditProblem | undefined {
  if (opportunity?.LifeCycle === undefined) return undefined;
  const { status, shown } = reviewStatus(opportunity.LifeCycle.ReviewStatus);
  return status === 'Action Required' ? undefined : { type: 'review-since', reviewStatus: shown };
}

/** A saved edit: whether AWS reviews the deal again is said once a read shows it, or after two minutes without. */
export async function lookSince(bot: StepBot & Pick<Bot, 'aws' | 'compare'>, claimed: Edit): Promise<void> {
  const { clock, compare } = bot;
  const at = clock.now();
  const read = await readWhole(bot, claimed);
  const opportunity = read.ok ? read.value.opportunity : undefined;
  if (opportunity !== undefined) await compare.compare([reviewIn(opportunity)], { at, actor: 'aws' });
  const since = reviewSince(opportunity);
  if (since === undefined && at.getTime() - claimed.changedAt.getTime() < LOOK_FOR_MS) {
    await putOffEdit(bot, claimed, undefined, fromNow(clock, LOOK_EVERY_MS));
    return;
  }
  const { ReviewStatus: still } = opportunity?.LifeCycle ?? {};
  await putOffEdit(bot, claimed, since ?? { type: 'review-since', reviewStatus: still }, undefined);
}

/**
 * AWS has it all. Of a deal that it had sent back that is told in its submission's thread, and its review is read at
 * once, and for a while if need be; not in Sandbox, where nobody reviews.
 */
export async function concludeSaved(
  bot: StepBot & Pick<Bot, 'store' | 'aws' | 'compare' | 'wake'>,
  claimed: Edit,
  why: string,
  requestId: string | undefined,
  seen?: Seen | undefined,
): Promise<void> {
  const { store, clock, compare } = bot;
  if (claimed.editableStatus === 'Pending Submission') {
    await conclude(bot, claimed, { to: 'saved', why, requestId, seen });
    bot.wake();
    return;
  }
  const at = clock.now();
  const read = await getTwice(bot, claimed);
  const opportunity = read.ok ? read.value.opportunity : undefined;
  const review = opportunity && reviewIn(opportunity);
  const problem = reviewSince(opportunity);
  await conclude(bot, claimed, {
    to: 'saved',
    why,
    requestId,
    // What was submitted elsewhere becomes this person's. The edit's response_url answers where it was opened, which
    // may be another channel.
    tellInThreadOf: await store.takeOn(claimed, claimed, review, at),
    problem,
    dueAt: problem !== undefined || claimed.catalog === 'Sandbox' ? undefined : fromNow(clock, LOOK_EVERY_MS),
  });
  if (review !== undefined) await compare.compare([review], { at, actor: 'aws' });
}

/** Sends what is left to do of an edit that has passed the fence, and writes down what came of it: the one place that writes. */
export async function sendEdit(
  bot: StepBot & Pick<Bot, 'store' | 'aws' | 'compare' | 'log' | 'random' | 'intervalMs' | 'wake'>,
  passed: Passed<Edit>,
  { json }: WholeOpportunity,
  { newValues, solution }: Progress,
): Promise<void> {
  const { aws, clock, edits } = bot;
  const { record: sending } = passed;
  const window = sendWindow(clock, passed);
  const updates = newValues.size > 0;
  const request = updateRequest(json, sending.catalog, newValues);
  const answer = updates
    ? await aws.updateOpportunity(request, window)
    : await aws.associateOpportunity(
        {
          Catalog: sending.catalog,
          OpportunityIdentifier: sending.opportunityId,
          RelatedEntityType: relatedEntityTypeOf(solution ?? '') ?? 'Solutions',
          RelatedEntityIdentifier: solution ?? '',
        },
        window,
      );
  if (answer.ok) {
    const { requestId } = answer;
    const seen = await seenSince(
      bot,
      sending,
      json,
      updates ? asUpdated(json, request) : withSolution(json, solution),
    );
    if (updates && solution !== undefined) {
      const why = 'AWS saved the fields; the solution is next';
      await conclude(bot, sending, {
        to: 'requested',
        why,
        requestId,
        updated: true,
        dueAt: clock.now(),
        seen,
      });
      return;
    }
    const why = updates ? 'AWS saved it' : 'AWS associated the solution';
    await concludeSaved(bot, sending, why, requestId, seen);
    return;
  }
  const { error } = answer;
  if (error.kind !== 'refused') {
    await sendFailed(bot, { name: 'edit', records: edits }, sending, error);
  } else if (error.code === 'ConflictException') {
    const { code: why, requestId } = error;
    const tries = sending.tries + 1;
    const dueAt = tries <= QUICK_TRIES ? clock.now() : backoff(bot, tries, 1000, 60_000);
    await conclude(bot, sending, { to: 'requested', why, requestId, dueAt, tries });
  } else await refuseEdit(bot, sending, error);
}

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

const isAlready = (path: string, json: JsonObject, now: Typed, wanted: Typed): boolean =>
  readSame(path, now, wanted) || valueAt(json, path) === wanted;

function solutionLeft(wanted: Typed | undefined, json: JsonObject): string | undefined {
  if (typeof wanted !== 'string' || wanted === '') return undefined;
  const associated = valueAt(json, `RelatedEntityIdentifiers.${relatedEntityTypeOf(wanted) ?? 'Solutions'}`);
  // What went in as an ARN was seen to come back as the ID at its end (an offer, *recorded*).
  const has = Array.isArray(associated) && [wanted, idOf(wanted)].some((each) => associated.includes(each));
  return has ? undefined : wanted;
}
