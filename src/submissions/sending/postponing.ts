import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { OperatorError } from '../../partner-central/errors.ts';
import type { Store } from '../store.ts';
import type { Problem, Submission } from '../submission.ts';
import { createDelays } from './delays.ts';
import type { OperatorProblem, Pause } from './pause.ts';

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
