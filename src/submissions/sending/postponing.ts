import type { ConnectionCode, OperatorError, RefusedError, Result } from '../../aws/errors.ts';
import type { PartnerCentral } from '../../aws/operations.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { type Clock, LONGEST_HINT_MS, untilWritten } from '../../clock.ts';
import type { Logger } from '../../observability/log.ts';
import type { Store } from '../store.ts';
import type { Problem, Submission } from '../submission.ts';
import type { OperatorProblem, Pause } from './pause.ts';
import type { Change } from './queue.ts';

export type Postponing = ReturnType<typeof createPostponing>;

/** How a claimed record is put off: until when, why, and for whom besides. */
export function createPostponing(dependencies: {
  readonly store: Store;
  readonly pause: Pause;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  /** From 0 up to 1, for jitter. */
  readonly random: () => number;
}) {
  const { store, clock, owner } = dependencies;
  const waitForOperator = createOperatorWait(dependencies);

  return {
    ...createDelays(dependencies),

    /** Gives the record back until `dueAt`. */
    wait: (claimed: Submission, problem: Problem | undefined, dueAt: Date) =>
      store.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 }),

    waitForOperator: (claimed: Submission, error: OperatorError) =>
      waitForOperator({ submission: claimed.id }, error),
  };
}

/** The bot's own access to AWS is broken: sending pauses for all. The operator's log says so once. */
export const createOperatorWait =
  ({ pause, clock, log }: { readonly pause: Pause; readonly clock: Clock; readonly log: Logger }) =>
  async (about: { readonly submission: string } | { readonly change: string }, error: OperatorError) => {
    const problem: OperatorProblem = { type: 'operator', cause: error.cause, code: error.code };
    const { until, began } = await pause.begin(problem, clock.now());
    if (began) {
      log.error(
        { ...about, cause: error.cause, code: error.code, requestId: error.requestId },
        'sending is paused for all: AWS rejected the call before it reached the deal; it goes on by itself once that is mended',
      );
    }
    return { problem, until };
  };

/** How an outcome is written down. */
export function createConclude({
  store,
  clock,
  owner,
}: {
  readonly store: Pick<Store, 'transition'>;
  readonly clock: Clock;
  readonly owner: string;
}) {
  /** Where a failure to write it down would lose what AWS answered. */
  const conclude = (claimed: Submission, change: Change) =>
    untilWritten(clock, () => store.transition(claimed, owner, change));

  const refuse = (claimed: Submission, error: RefusedError) =>
    conclude(claimed, {
      to: 'refused',
      at: clock.now(),
      actor: 'bot',
      why: error.code,
      problem: {
        type: 'refused',
        code: error.code,
        reason: error.reason,
        message: error.message,
        fieldErrors: error.fieldErrors.map((field) => ({ ...field })),
      },
      requestId: error.requestId,
    });

  return { conclude, refuse };
}

/**
 * Reads a submission's opportunity to conclude from it whether AWS has it. AWS answers a `LifeCycle` always
 * (*recorded*), with a status or without: an answer that has none is no answer of AWS's, and is asked for again.
 */
export const createReadDeal =
  ({ getOpportunity }: Pick<PartnerCentral, 'getOpportunity'>) =>
  async ({
    catalog,
    opportunityId,
  }: Pick<Submission, 'catalog' | 'opportunityId'>): Promise<Result<Opportunity>> => {
    const read = await getOpportunity({ Catalog: catalog, Identifier: opportunityId });
    if (!read.ok || read.value.LifeCycle !== undefined) return read;
    const code = 'UnreadableAnswer' satisfies ConnectionCode;
    return {
      ok: false,
      error: { kind: 'unknown', code, message: 'No LifeCycle.', requestId: read.requestId },
    };
  };

/** When something that didn't work is tried again. `random`: from 0 up to 1, for jitter. */
export function createDelays({ clock, random }: { readonly clock: Clock; readonly random: () => number }) {
  const later = (ms: number) => new Date(clock.now().getTime() + ms);
  return {
    later,

    /** Full jitter over exponential growth ("Exponential Backoff And Jitter", AWS Architecture Blog). */
    backoff: (tries: number, baseMs: number, mostMs: number) =>
      later(Math.max(250, random() * Math.min(mostMs, baseMs * 2 ** Math.min(tries, 20)))),

    /** When AWS said to come back. */
    hinted: (ms: number) => later(Math.min(ms, LONGEST_HINT_MS)),
  };
}
