import type { Clock } from '../clock.ts';
import type { Store } from './store.ts';
import type { Submission } from './submission.ts';

/** Milliseconds. The lease outlasts everything that is done under it, twice over. */
export const LEASE_MS = 60_000;
/** How old the read before sending may get while waiting for the quota. */
const READ_STAYS_FRESH_MS = 8_000;

/** A record that is `sending` now, by this process and nobody else. */
export interface Passed {
  readonly submission: Submission;
  /** When the fence was passed, by the monotonic clock. */
  readonly fencedAt: number;
}

/** Passes a claimed record through the fence; undefined: not this time, and nothing may be sent. */
export type PassFence = (claimed: Submission, readAt: number) => Promise<Passed | undefined>;

/**
 * The fence before sending: the record must still be this attempt's, and the quota over all replicas must allow a
 * write. Waits for its slot while the read that came before (`readAt`, by the monotonic clock) stays fresh.
 */
export function createFence(dependencies: {
  readonly store: Store;
  readonly clock: Clock;
  readonly owner: string;
  /** Milliseconds between two writes over all replicas. */
  readonly intervalMs: number;
}): PassFence {
  const { store, clock, owner, intervalMs } = dependencies;

  const pass = async (claimed: Submission, readAt: number): Promise<Passed | undefined> => {
    for (;;) {
      const fencedAt = clock.monotonic();
      const fence = await store.beginSending(claimed, {
        owner,
        at: clock.now(),
        leaseUntil: new Date(clock.now().getTime() + LEASE_MS),
        intervalMs,
      });
      switch (fence.type) {
        case 'sending':
          return { submission: fence.submission, fencedAt };
        case 'lost':
          return undefined;
        case 'wait': {
          const ms = fence.until.getTime() - clock.now().getTime();
          if (clock.monotonic() - readAt + ms > READ_STAYS_FRESH_MS) {
            // Not a failure: it keeps its place, and its turn comes later, with a fresh read.
            await store.postpone(claimed, owner, {
              at: clock.now(),
              dueAt: claimed.requestedAt,
              problem: claimed.problem,
              tries: claimed.tries,
            });
            return undefined;
          }
          await new Promise<void>((resolve) => clock.after(ms, resolve));
        }
      }
    }
  };

  // Whoever came first passes first: at each slot, one could always be overtaken by the next.
  let lastTurn: Promise<unknown> = Promise.resolve();
  return (claimed, readAt) => {
    const turn = lastTurn.then(() => pass(claimed, readAt));
    lastTurn = turn.catch(() => {});
    return turn;
  };
}
