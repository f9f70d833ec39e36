/**
 * Time, passed in wherever it is needed, so that weeks of reviewing pass in seconds of test.
 */
export interface Clock {
  /** The wall clock: for what people read and for what is compared with other machines. */
  now(): Date;
  /** Milliseconds from an arbitrary start that never go back and go on while the process is stopped. */
  monotonic(): number;
  /** Runs `run` once, `ms` from now, at once where that is past; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** The machine's own clock. Its timers don't keep the process alive by themselves. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.max(0, ms));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
