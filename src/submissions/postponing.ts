import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { OperatorError } from '../partner-central/errors.ts';
import type { Pause } from './pause.ts';
import type { Store } from './store.ts';
import type { Problem, Submission } from './submission.ts';

/** AWS's hint when to come back is honoured up to this (milliseconds); a longer one is asked again. */
const LONGEST_HINT_MS = 15 * 60_000;

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
  const { store, pause, clock, log, owner, random } = dependencies;

  const later = (ms: number) => new Date(clock.now().getTime() + ms);

  return {
    later,

    /** Full jitter over exponential growth ("Exponential Backoff And Jitter", AWS Architecture Blog). */
    backoff: (tries: number, baseMs: number, mostMs: number) =>
      later(Math.max(250, random() * Math.min(mostMs, baseMs * 2 ** Math.min(tries, 20)))),

    /** When AWS said to come back. */
    hinted: (ms: number) => later(Math.min(ms, LONGEST_HINT_MS)),

    /** Gives the record back until `dueAt`. */
    wait: (claimed: Submission, problem: Problem | undefined, dueAt: Date) =>
      store.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 }),

    /** The bot's own access to AWS is broken: sending pauses for all. The operator's log says so once. */
    async waitForOperator(claimed: Submission, error: OperatorError) {
      const problem: Problem = { type: 'operator', cause: error.cause, code: error.code };
      const { until, began } = await pause.begin(problem, clock.now());
      if (began) {
        log.error(
          { submission: claimed.id, cause: error.cause, code: error.code, requestId: error.requestId },
          'sending is paused for all: AWS rejected the call before it reached the deal; it goes on by itself once that is mended',
        );
      }
      return { problem, until };
    },
  };
}
