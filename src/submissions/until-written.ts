import type { Clock } from '../clock.ts';

/** Milliseconds: a database that moves to its standby is away for so long. */
const KEEP_TRYING_MS = 2 * 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 1000;

/**
 * For what is known now and can't be asked for again: AWS's answer to a submission, where Slack put a message. Tries to
 * write it down until the database takes it, or rejects as the last try did. `write` changes nothing where it was done
 * before, or where somebody else has the record by now.
 */
export async function untilWritten<T>(clock: Clock, write: () => Promise<T>): Promise<T> {
  const began = clock.monotonic();
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await write();
    } catch (error) {
      if (clock.monotonic() - began > KEEP_TRYING_MS) throw error;
      await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    }
  }
}
