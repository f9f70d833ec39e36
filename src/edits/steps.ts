import type { PartnerCentralError, RefusedError, Result } from '../aws/errors.ts';
import type { WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { reviewStatus } from '../aws/review-status.ts';
import { updateRequest } from '../aws/update-request.ts';
import type { Bot } from '../bot.ts';
import { reviewIn } from '../opportunities/review-read.ts';
import type { Passed } from '../submissions/sending/fence.ts';
import { backoff, hinted, later, waitForOperator } from '../submissions/sending/postponing.ts';
import { SEND_WITHIN_MS } from '../submissions/submission.ts';
import type { Edit, EditProblem } from './edit.ts';
import type { Progress } from './progress.ts';
import type { EditTransition } from './queue.ts';

const ASK_AGAIN_MS = 1000;
/** How long AWS is read after a deal that it had sent back was changed, and how often: nobody has told how soon it shows. */
const LOOK_FOR_MS = 2 * 60_000;
const LOOK_EVERY_MS = 15_000;

type StepBot = Pick<Bot, 'edits' | 'clock' | 'owner'>;
type AttemptBot = Pick<Bot, 'store' | 'clock' | 'log' | 'random'>;

/** Moves a claimed edit on. */
export const moveEdit = ({ edits, clock, owner }: StepBot, claimed: Edit, step: Omit<EditTransition, 'at'>) =>
  edits.moveEdit(claimed, owner, { updated: claimed.updated, ...step, at: clock.now() });

/** Gives it back until `dueAt`. */
export const putOffEdit = (
  { edits, clock, owner }: StepBot,
  claimed: Edit,
  problem: EditProblem | undefined,
  dueAt: Date | undefined,
  tries = claimed.tries + 1,
) => edits.postponeEdit(claimed, owner, { at: clock.now(), dueAt, problem, tries });

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
  moveEdit(bot, claimed, {
    to: 'refused',
    why: claimed.updated ? `the solution alone; the fields are saved (${why})` : why,
    problem,
    requestId,
  });

/** AWS refused it, and would again. */
export const refuseEdit = (bot: StepBot, claimed: Edit, error: RefusedError) =>
  giveUpEdit(bot, claimed, error.code, problemOf(error), error.requestId);

/** Nothing was executed, or only read: when to come back, and why. */
export async function afterFailure(
  bot: AttemptBot,
  claimed: Edit,
  error: Exclude<PartnerCentralError, RefusedError>,
): Promise<{ readonly problem: EditProblem; readonly dueAt: Date }> {
  if (error.kind === 'operator') {
    const { problem, until } = await waitForOperator(bot, { edit: claimed.id }, error);
    return { problem, dueAt: until };
  }
  const throttled = error.kind === 'retryable' && error.throttled;
  const hint = error.kind === 'retryable' ? error.retryAfterMs : undefined;
  const dueAt =
    hint === undefined ? backoff(bot, claimed.tries, throttled ? 2000 : 1000, 60_000) : hinted(bot, hint);
  if (throttled) await bot.store.slowDown(dueAt);
  return { problem: { type: 'waiting', code: error.code, throttled }, dueAt };
}

/** AWS was reached a moment ago: what it doesn't answer now is asked once more, because nobody does so later. */
async function getTwice(bot: Pick<Bot, 'aws' | 'clock'>, claimed: Edit): Promise<Result<WholeOpportunity>> {
  const read = await readWhole(bot, claimed);
  if (read.ok) return read;
  await new Promise<void>((resolve) => bot.clock.after(ASK_AGAIN_MS, resolve));
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
    await putOffEdit(bot, claimed, undefined, later(bot, LOOK_EVERY_MS));
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
  bot: StepBot & Pick<Bot, 'store' | 'aws' | 'compare'>,
  claimed: Edit,
  why: string,
  requestId: string | undefined,
): Promise<void> {
  const { store, clock, compare } = bot;
  if (claimed.editableStatus === 'Pending Submission') {
    await moveEdit(bot, claimed, { to: 'saved', why, requestId });
    return;
  }
  const at = clock.now();
  const read = await getTwice(bot, claimed);
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
    dueAt: problem !== undefined || claimed.catalog === 'Sandbox' ? undefined : later(bot, LOOK_EVERY_MS),
  });
  if (review !== undefined) await compare.compare([review], { at, actor: 'aws' });
}

const problemOf = (error: RefusedError): EditProblem => ({
  type: 'refused',
  code: error.code,
  reason: error.reason,
  message: error.message,
  fieldErrors: error.fieldErrors.map((field) => ({ ...field })),
});

/** AWS's ConflictException is answered by a fresh read; after so many in a row the next one waits longer. */
const QUICK_TRIES = 3;

/** Sends what is left to do of an edit that has passed the fence, and writes down what came of it: the one place that writes. */
export async function sendEdit(
  bot: StepBot & AttemptBot & Pick<Bot, 'aws' | 'compare'>,
  { record: sending, fencedAt }: Passed<Edit>,
  { json }: WholeOpportunity,
  { edits, solution }: Progress,
): Promise<void> {
  const { aws, clock } = bot;
  const latest = (sending.sendingAt?.getTime() ?? 0) + SEND_WITHIN_MS;
  // As with submissions: one clock that nobody can set, and one that a suspended machine can't fool.
  const maySend = () => clock.monotonic() - fencedAt < SEND_WITHIN_MS && clock.now().getTime() < latest;
  const updates = edits.size > 0;
  const answer = updates
    ? await aws.updateOpportunity(updateRequest(json, sending.catalog, edits), { maySend })
    : await aws.associateOpportunity(
        {
          Catalog: sending.catalog,
          OpportunityIdentifier: sending.opportunityId,
          RelatedEntityType: 'Solutions',
          RelatedEntityIdentifier: solution ?? '',
        },
        { maySend },
      );
  if (answer.ok) {
    if (!updates || solution === undefined) {
      await concludeSaved(
        bot,
        sending,
        updates ? 'AWS saved it' : 'AWS associated the solution',
        answer.requestId,
      );
      return;
    }
    await moveEdit(bot, sending, {
      to: 'requested',
      why: 'AWS saved the fields; the solution is next',
      requestId: answer.requestId,
      updated: true,
      dueAt: clock.now(),
    });
    return;
  }
  const { error } = answer;
  if (error.kind === 'refused' && error.code === 'ConflictException') {
    const tries = sending.tries + 1;
    const dueAt = tries <= QUICK_TRIES ? clock.now() : backoff(bot, tries, 1000, 60_000);
    await moveEdit(bot, sending, {
      to: 'requested',
      why: error.code,
      requestId: error.requestId,
      dueAt,
      tries,
    });
  } else if (error.kind === 'refused') {
    await refuseEdit(bot, sending, error);
  } else if (error.kind === 'unknown') {
    await moveEdit(bot, sending, {
      to: 'uncertain',
      why: error.code,
      problem: { type: 'unknown', code: error.code },
      requestId: error.requestId,
      dueAt: later(bot, 1000),
    });
  } else {
    const { problem, dueAt } = await afterFailure(bot, sending, error);
    await moveEdit(bot, sending, {
      to: 'requested',
      why: error.code,
      problem,
      requestId: error.requestId,
      dueAt,
      tries: sending.tries + 1,
    });
  }
}
