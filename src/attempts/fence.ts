import { type Clock, sleep } from '../clock.ts';
import { SEND_WITHIN_MS, type Sendable } from './sendable.ts';

/** How old the read before sending may get, from when it began: longer than any read takes, or a slow AWS gets nothing. */
const READ_STAYS_FRESH_MS = 20_000;

/** What the database said at the fence. */
export type Fence<Held> =
  | { readonly type: 'sending'; readonly record: Held }
  /** The quota's next slot; nothing has changed. */
  | { readonly type: 'wait'; readonly until: Date }
  /** Cancelled, or another replica has it: not ours to send any more. */
  | { readonly type: 'lost' };

/** A record that is `sending` now, by this process and nobody else. */
export interface Passed<Held> {
  readonly record: Held;
  /** When the fence was passed, by the monotonic clock. */
  readonly fencedAt: number;
}

/** Passes a claimed record through the fence; undefined: not this time, and nothing may be sent. */
export type PassFence<Held> = (claimed: Held, readAt: number) => Promise<Passed<Held> | undefined>;

/**
 * The fence before sending: the record must still be this attempt's, and the quota over all replicas must allow a
 * write. Waits for its slot while the read that came before (begun at `readAt`, by the monotonic clock) stays fresh; on
 * what was read longer ago, as by a process that was suspended, nothing is sent.
 */
export function createFence<Held>(dependencies: {
  /** Moves the record to `sending`, in the database. */
  readonly begin: (
    claimed: Held,
    options: {
      readonly owner: string;
      readonly at: Date;
      readonly intervalMs: number;
    },
  ) => Promise<Fence<Held>>;
  /** Gives the record back as it is: its turn comes later, not before `until`, with a fresh read. */
  readonly putOff: (claimed: Held, until: Date) => Promise<void>;
  readonly clock: Clock;
  readonly owner: string;
  /** Whether the person still may, asked just before; else it has been put off or given up. */
  readonly isStillAllowed: (claimed: Held) => Promise<boolean>;
  /** Whether this process still has the database for its own: `Hold.isOurs`. */
  readonly isOurs: () => boolean;
  /** Milliseconds between two writes over all replicas. */
  readonly intervalMs: number;
}): PassFence<Held> {
  const { begin, putOff, clock, owner, isStillAllowed, isOurs, intervalMs } = dependencies;

  const pass = async (claimed: Held, readAt: number): Promise<Passed<Held> | undefined> => {
    const isFreshIn = (ms: number) => clock.monotonic() - readAt + ms <= READ_STAYS_FRESH_MS;
    let until = clock.now();
    while (isFreshIn(0)) {
      if (!isOurs() || !(await isStillAllowed(claimed))) return undefined;
      const fencedAt = clock.monotonic();
      const fence = await begin(claimed, { owner, at: clock.now(), intervalMs });
      if (fence.type === 'sending') return { record: fence.record, fencedAt };
      if (fence.type === 'lost') return undefined;
      ({ until } = fence);
      const ms = until.getTime() - clock.now().getTime();
      if (!isFreshIn(ms)) break;
      await sleep(clock, ms);
    }
    await putOff(claimed, until);
    return undefined;
  };

  // Whoever came first passes first: at each slot, one could always be overtaken by the next.
  let lastTurn: Promise<unknown> = Promise.resolve();
  return async (claimed, readAt) => {
    // While Slack takes its time over one, the others have their turns.
    if (!(await isStillAllowed(claimed))) return undefined;
    const turn = lastTurn.then(() => pass(claimed, readAt));
    lastTurn = turn.catch(() => {});
    return turn;
  };
}

/**
 * Whether a record that has passed the fence may still be sent. By two clocks: one that a changed wall clock can't fool,
 * one that a suspended machine can't.
 */
export function sendWindow(
  clock: Clock,
  { record: { sendingAt }, fencedAt }: Passed<Pick<Sendable, 'sendingAt'>>,
): { readonly maySend: () => boolean } {
  const latest = (sendingAt?.getTime() ?? 0) + SEND_WITHIN_MS;
  return { maySend: () => clock.monotonic() - fencedAt < SEND_WITHIN_MS && clock.now().getTime() < latest };
}
