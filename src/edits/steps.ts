import type { PartnerCentralError, RefusedError, Result } from '../aws/errors.ts';
import type { PartnerCentral, WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { reviewStatus } from '../aws/review-status.ts';
import { updateRequest } from '../aws/update-request.ts';
import { type Clock, sleep } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import type { Compare } from '../opportunities/compare.ts';
import { reviewIn } from '../opportunities/review-read.ts';
import type { Passed } from '../submissions/sending/fence.ts';
import type { Pause } from '../submissions/sending/pause.ts';
import { createDelays, createOperatorWait } from '../submissions/sending/postponing.ts';
import type { Store } from '../submissions/store.ts';
import { SEND_WITHIN_MS } from '../submissions/submission.ts';
import type { Change, ChangeProblem } from './edit.ts';
import type { Changes } from './edits.ts';
import type { Progress } from './progress.ts';
import type { ChangeStep } from './queue.ts';

export type ChangeSteps = ReturnType<typeof createChangeSteps>;

export interface ChangeStepDependencies {
  readonly store: Pick<Store, 'takeOn' | 'slowDown'>;
  readonly changes: Changes;
  readonly partnerCentral: PartnerCentral;
  readonly pause: Pause;
  readonly compare: Compare['compare'];
  readonly clock: Clock;
  readonly log: Logger;
  /** This process, in the leases. */
  readonly owner: string;
  /** From 0 up to 1, for jitter. */
  readonly random: () => number;
}

const ASK_AGAIN_MS = 1000;
/** How long AWS is read after a deal that it had sent back was changed, and how often: nobody has told how soon it shows. */
const LOOK_FOR_MS = 2 * 60_000;
const LOOK_EVERY_MS = 15_000;

/** How a claimed change is moved on, put off, refused, or found saved. */
export function createChangeSteps(dependencies: ChangeStepDependencies) {
  const { store, changes, partnerCentral, compare, clock, owner } = dependencies;
  const { later, backoff, hinted } = createDelays(dependencies);
  const waitForOperator = createOperatorWait(dependencies);

  const move = (claimed: Change, step: Omit<ChangeStep, 'at'>) =>
    changes.moveChange(claimed, owner, { updated: claimed.updated, ...step, at: clock.now() });
  const wait = (
    claimed: Change,
    problem: ChangeProblem | undefined,
    dueAt: Date | undefined,
    tries = claimed.tries + 1,
  ) => changes.postponeChange(claimed, owner, { at: clock.now(), dueAt, problem, tries });
  const get = (change: Change): Promise<Result<WholeOpportunity>> =>
    partnerCentral.getWholeOpportunity({ Catalog: change.catalog, Identifier: change.opportunityId });

  /** Nobody sends the rest. For the trail: what that is. */
  const giveUp = (claimed: Change, why: string, problem: ChangeProblem, requestId?: string) =>
    move(claimed, {
      to: 'refused',
      why: claimed.updated ? `the solution alone; the fields are saved (${why})` : why,
      problem,
      requestId,
    });

  const refuse = (claimed: Change, error: RefusedError) =>
    giveUp(claimed, error.code, problemOf(error), error.requestId);

  /** Nothing was executed, or only read: when to come back, and why. */
  const afterFailure = async (
    claimed: Change,
    error: Exclude<PartnerCentralError, RefusedError>,
  ): Promise<{ readonly problem: ChangeProblem; readonly dueAt: Date }> => {
    if (error.kind === 'operator') {
      const { problem, until } = await waitForOperator({ change: claimed.id }, error);
      return { problem, dueAt: until };
    }
    const throttled = error.kind === 'retryable' && error.throttled;
    const hint = error.kind === 'retryable' ? error.retryAfterMs : undefined;
    const dueAt = hint === undefined ? backoff(claimed.tries, throttled ? 2000 : 1000, 60_000) : hinted(hint);
    if (throttled) await store.slowDown(dueAt);
    return { problem: { type: 'waiting', code: error.code, throttled }, dueAt };
  };

  /** AWS was reached a moment ago: what it doesn't answer now is asked once more, because nobody does so later. */
  const getTwice = async (claimed: Change): Promise<Result<WholeOpportunity>> => {
    const read = await get(claimed);
    if (read.ok) return read;
    await sleep(clock, ASK_AGAIN_MS);
    return get(claimed);
  };

  /** What the review shows since a change was saved; undefined: nothing of AWS's own that would be news. */
  const reviewSince = (opportunity: Opportunity | undefined): ChangeProblem | undefined => {
    if (opportunity?.LifeCycle === undefined) return undefined;
    const { status, shown } = reviewStatus(opportunity.LifeCycle.ReviewStatus);
    return status === 'Action Required' ? undefined : { type: 'review-since', reviewStatus: shown };
  };

  /** A saved change: whether AWS reviews the deal again is said once a read shows it, or after two minutes without. */
  const lookSince = async (claimed: Change): Promise<void> => {
    const at = clock.now();
    const read = await get(claimed);
    const opportunity = read.ok ? read.value.opportunity : undefined;
    if (opportunity !== undefined) await compare([reviewIn(opportunity)], { at, actor: 'aws' });
    const since = reviewSince(opportunity);
    if (since === undefined && at.getTime() - claimed.changedAt.getTime() < LOOK_FOR_MS) {
      await wait(claimed, undefined, later(LOOK_EVERY_MS));
      return;
    }
    const { ReviewStatus: still } = opportunity?.LifeCycle ?? {};
    await wait(claimed, since ?? { type: 'review-since', reviewStatus: still }, undefined);
  };

  /**
   * AWS has it all. Of a deal that it had sent back that is told in its submission's thread, and its review is read at
   * once, and for a while if need be; not in Sandbox, where nobody reviews.
   */
  const saved = async (claimed: Change, why: string, requestId: string | undefined): Promise<void> => {
    if (claimed.door === 'Pending Submission') {
      await move(claimed, { to: 'saved', why, requestId });
      return;
    }
    const at = clock.now();
    const read = await getTwice(claimed);
    const opportunity = read.ok ? read.value.opportunity : undefined;
    const review = opportunity && reviewIn(opportunity);
    const problem = reviewSince(opportunity);
    await move(claimed, {
      to: 'saved',
      why,
      requestId,
      // What was submitted elsewhere becomes this person's. The change's response_url answers where it was opened, which
      // may be another channel.
      tellInThreadOf: await store.takeOn(claimed, claimed, review, at),
      problem,
      dueAt: problem !== undefined || claimed.catalog === 'Sandbox' ? undefined : later(LOOK_EVERY_MS),
    });
    if (review !== undefined) await compare([review], { at, actor: 'aws' });
  };

  return { later, backoff, move, wait, get, giveUp, refuse, afterFailure, saved, lookSince };
}

const problemOf = (error: RefusedError): ChangeProblem => ({
  type: 'refused',
  code: error.code,
  reason: error.reason,
  message: error.message,
  fieldErrors: error.fieldErrors.map((field) => ({ ...field })),
});

/** AWS's ConflictException is answered by a fresh read; after so many in a row the next one waits longer. */
const QUICK_TRIES = 3;

/** Sends what is left to do of a change that has passed the fence, and writes down what came of it. */
export function createSendChange(dependencies: {
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly steps: ChangeSteps;
}) {
  const { partnerCentral, clock } = dependencies;
  const { later, backoff, move, refuse, afterFailure, saved } = dependencies.steps;

  /** The one place that writes. */
  return async (
    { record: sending, fencedAt }: Passed<Change>,
    { json }: WholeOpportunity,
    { edits, solution }: Progress,
  ): Promise<void> => {
    const latest = (sending.sendingAt?.getTime() ?? 0) + SEND_WITHIN_MS;
    // As with submissions: one clock that nobody can set, and one that a suspended machine can't fool.
    const maySend = () => clock.monotonic() - fencedAt < SEND_WITHIN_MS && clock.now().getTime() < latest;
    const updates = edits.size > 0;
    const answer = updates
      ? await partnerCentral.updateOpportunity(updateRequest(json, sending.catalog, edits), { maySend })
      : await partnerCentral.associateOpportunity(
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
        await saved(sending, updates ? 'AWS saved it' : 'AWS associated the solution', answer.requestId);
        return;
      }
      await move(sending, {
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
      const dueAt = tries <= QUICK_TRIES ? clock.now() : backoff(tries, 1000, 60_000);
      await move(sending, { to: 'requested', why: error.code, requestId: error.requestId, dueAt, tries });
    } else if (error.kind === 'refused') {
      await refuse(sending, error);
    } else if (error.kind === 'unknown') {
      await move(sending, {
        to: 'uncertain',
        why: error.code,
        problem: { type: 'unknown', code: error.code },
        requestId: error.requestId,
        dueAt: later(1000),
      });
    } else {
      const { problem, dueAt } = await afterFailure(sending, error);
      await move(sending, {
        to: 'requested',
        why: error.code,
        problem,
        requestId: error.requestId,
        dueAt,
        tries: sending.tries + 1,
      });
    }
  };
}
