import type { Clock } from '../clock.ts';

/** Something that is done again and again, in the background, until it is stopped. */
export interface Loop {
  start(): void;
  /** There may be something to do: don't wait for the next round. */
  wake(): void;
  /** No new round begins; resolves when the one in hand has ended. */
  stop(): Promise<void>;
  readonly name: string;
  /** Whether it moves: no round takes longer than any should, and each wait ends. */
  isAlive(): boolean;
}

/** No round takes so long, where nothing else is said (milliseconds): each call in it has a time-out of its own. */
const ROUND_TAKES_MS = 10 * 60_000;
/** How late a wait may end. */
const LATE_MS = 60_000;

/**
 * Runs `round` at once again while it answers `true` ("did something"); otherwise when woken, or after
 * `everyMs`. A round that throws is given to `onError` and waits its time: nothing in the background ends the
 * process, and nothing spins.
 */
export function createLoop(options: {
  /** For whoever runs the bot. */
  readonly name: string;
  readonly clock: Clock;
  /** Where it changes from round to round, it is asked before each wait. */
  readonly everyMs: number | (() => number);
  readonly round: () => Promise<boolean>;
  /** No round takes longer (milliseconds), else it hangs. */
  readonly roundTakesMs?: number;
  /** `inARow`: how many rounds have failed without one in between that didn't. */
  readonly onError: (error: unknown, inARow: number) => void;
}): Loop {
  const { name, clock, everyMs, round, roundTakesMs = ROUND_TAKES_MS, onError } = options;
  let stopping = false;
  let woken = false;
  let endWait = (): void => {};
  let running: Promise<void> = Promise.resolve();
  /** By the monotonic clock: when the round in hand, or the wait, has to be over. */
  let overBy = Number.POSITIVE_INFINITY;

  const wait = () =>
    new Promise<void>((resolve) => {
      const waitMs = typeof everyMs === 'number' ? everyMs : everyMs();
      overBy = clock.monotonic() + waitMs + LATE_MS;
      const cancel = clock.after(waitMs, resolve);
      endWait = () => {
        cancel();
        resolve();
      };
    });

  const run = async () => {
    let failures = 0;
    while (!stopping) {
      woken = false;
      overBy = clock.monotonic() + roundTakesMs;
      let busy = false;
      try {
        busy = await round();
        failures = 0;
      } catch (error) {
        failures += 1;
        onError(error, failures);
      }
      if (!busy && !woken && !stopping) await wait();
    }
  };

  return {
    name,
    isAlive: () => clock.monotonic() <= overBy,
    start: () => {
      running = run();
    },
    wake: () => {
      woken = true;
      endWait();
    },
    stop: () => {
      stopping = true;
      endWait();
      return running;
    },
  };
}
