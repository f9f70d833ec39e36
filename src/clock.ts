import { type RawBuilder, sql } from 'kysely';

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

/** Resolves `ms` from now by the clock. */
export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => clock.after(ms, resolve));

/** The moment `ms` from now by the wall clock; one that has passed where that is negative. */
export const fromNow = (clock: Clock, ms: number): Date => new Date(clock.now().getTime() + ms);

/** Milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** What `within` answers where the work took too long. */
export const LATE = Symbol('late');

/** The work's answer if it comes within `ms` of the clock; the work itself goes on. Rejects as the work does. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  const { promise, resolve } = Promise.withResolvers<typeof LATE>();
  const cancel = clock.after(Math.max(0, ms), () => resolve(LATE));
  try {
    return await Promise.race([work, promise]);
  } finally {
    cancel();
  }
}

/** Milliseconds: a database that moves to its standby is away for so long. */
const KEEP_TRYING_MS = 2 * 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 1000;

/**
 * Writes down what is known now and can't be asked for again: AWS's answer to a submission, where Slack put a message.
 * Tries until the database takes it, or rejects as the last try did. `write` must change nothing where it was done before,
 * or where somebody else has the record by now.
 */
export async function untilWritten<T>(clock: Clock, write: () => Promise<T>): Promise<T> {
  const began = clock.monotonic();
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await write();
    } catch (error) {
      if (clock.monotonic() - began > KEEP_TRYING_MS) throw error;
      await sleep(clock, waitMs);
    }
  }
}

/**
 * Nothing that is under way is put off for longer (milliseconds). A later moment was written while this machine's clock was
 * ahead, and counts as come: else a mended clock would put the work off for as long as it had been wrong.
 */
const FURTHEST_AHEAD_MS = 20 * 60_000;
/** The longest that a service's own wish to be left alone is followed: it is asked again then. */
export const LONGEST_HINT_MS = 15 * 60_000;

/** A moment after this one (ISO 8601) counts as come. */
export const beyond = (at: Date): string => new Date(at.getTime() + FURTHEST_AHEAD_MS).toISOString();

/** Whether a moment that something waits for is still to come. */
export const isAhead = (moment: Date, at: Date): boolean =>
  moment > at && moment.getTime() - at.getTime() <= FURTHEST_AHEAD_MS;

/** In a query: whether the moment in a row's `due_at` has come. */
export const hasCome = (at: Date): RawBuilder<boolean> =>
  sql<boolean>`(due_at <= ${at.toISOString()} or due_at > ${beyond(at)})`;
