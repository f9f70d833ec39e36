import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Events } from '../opportunities/events.ts';
import type { AdvanceChange } from './changes/advance-change.ts';
import { CHANGE_EXPIRES_AFTER_MS } from './changes/change.ts';
import type { Changes } from './changes/changes.ts';
import { isAhead } from './due.ts';
import type { HomeService } from './home/home.ts';
import type { Housekeep } from './keeping/housekeeping.ts';
import { createLoop, type Loop } from './loop.ts';
import { LEASE_MS } from './sending/fence.ts';
import type { Advance } from './sending/submit.ts';
import type { Store } from './store.ts';
import { EXPIRES_AFTER_MS } from './submission.ts';
import type { Teller } from './telling/teller.ts';
import type { Tellings } from './telling/tellings.ts';

/** How many submissions, changes of deals, messages and home tabs one process works on at the same time. */
const SUBMISSIONS_AT_ONCE = 2;
const CHANGES_AT_ONCE = 1;
const TELLINGS_AT_ONCE = 4;
const HOMES_AT_ONCE = 3;
/** Milliseconds between two looks for what other processes left, or what has fallen due. */
const LOOK_EVERY_MS = 1000;
const LOOK_FOR_DUTIES_EVERY_MS = 5000;
/** A duty may go through everything that waits, page by page, in no hurry. */
const DUTY_TAKES_MS = 60 * 60_000;
const HOUSEKEEPING_EVERY_MS = 60 * 60 * 1000;

export interface Worker {
  start(): void;
  /** There may be something due now. */
  wake(): void;
  /**
   * Takes nothing new and finishes what is in hand, or gives it back after `deadlineMs`: a request that wasn't
   * sent yet is free at once; one that is being sent is settled by reading when its lease has run out.
   */
  stop(deadlineMs: number): Promise<void>;
  /** The names of what doesn't move any more; empty: all is well. */
  stuck(): readonly string[];
}

const wakeAll = (loops: readonly Loop[]): void => {
  for (const loop of loops) loop.wake();
};

/** Claims what is due and advances it one step; tells people what is untold. */
export function createWorker(dependencies: {
  readonly store: Store;
  readonly tellings: Tellings;
  readonly advance: Advance;
  readonly changes: Changes;
  readonly advanceChange: AdvanceChange;
  readonly teller: Teller;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  readonly paused: boolean;
  readonly submitsPerSecond: number;
  /** By name, a round each of what only one replica does at a time, at intervals of its own. */
  readonly dutyRounds: Readonly<Record<string, () => Promise<boolean>>>;
  readonly housekeep: Housekeep;
  /** Undefined: there is no queue of events, and decisions are found by polling alone. */
  readonly events: Events | undefined;
  readonly home: HomeService;
}): Worker {
  const {
    dutyRounds,
    home,
    housekeep,
    events,
    store,
    tellings,
    advance,
    teller,
    clock,
    log,
    owner,
    paused,
    submitsPerSecond,
    changes,
    advanceChange,
  } = dependencies;
  const onError = (error: unknown, inARow: number) => {
    // Once, and then ever more rarely: while the database is away every round fails.
    if (Number.isInteger(Math.log10(inARow))) {
      log.error({ error, inARow }, 'the worker could not finish a step; it tries again');
    }
  };
  const leaseUntil = () => new Date(clock.now().getTime() + LEASE_MS);

  const maySend = async (): Promise<boolean> => {
    if (paused) return false;
    const until = await store.pausedUntil();
    const at = clock.now();
    if (until !== undefined && isAhead(until, at)) return false;
    // Further away than its ordinary distance: AWS throttles. Reading what can't be sent would only make it worse.
    const slot = await store.nextSlot();
    const tooFarMs = 1000 / submitsPerSecond;
    return slot === undefined || !isAhead(slot, at) || slot.getTime() - at.getTime() <= tooFarMs;
  };

  const advanceOne = async (): Promise<boolean> => {
    const at = clock.now();
    const [claimed] = await store.claim({
      owner,
      at,
      leaseUntil: leaseUntil(),
      limit: 1,
      sendable: await maySend(),
      expiredBefore: new Date(at.getTime() - EXPIRES_AFTER_MS),
    });
    if (claimed === undefined) return false;
    await advance(claimed);
    wakeAll([...tellingLoops, ...homeLoops]);
    return true;
  };

  const advanceOneChange = async (): Promise<boolean> => {
    const at = clock.now();
    const claimed = await changes.claimChange({
      owner,
      at,
      leaseUntil: leaseUntil(),
      sendable: await maySend(),
      expiredBefore: new Date(at.getTime() - CHANGE_EXPIRES_AFTER_MS),
    });
    if (claimed === undefined) return false;
    await advanceChange(claimed);
    wakeAll(tellingLoops);
    return true;
  };

  /** A lease may run out while the process is stopped, and Slack's answer to the post is still on its way here. */
  const inHand = new Set<string>();
  const tellOne = async (): Promise<boolean> => {
    const [telling] = await tellings.claim({
      owner,
      at: clock.now(),
      leaseUntil: leaseUntil(),
      limit: 1,
      inHand: [...inHand],
    });
    if (telling === undefined) return false;
    inHand.add(telling.id);
    try {
      await teller.tell(telling);
    } finally {
      inHand.delete(telling.id);
    }
    return true;
  };

  const loops = (name: string, count: number, round: () => Promise<boolean>) =>
    Array.from({ length: count }, () => createLoop({ name, clock, everyMs: LOOK_EVERY_MS, round, onError }));
  const sendingLoops = [
    ...loops('submissions', SUBMISSIONS_AT_ONCE, advanceOne),
    ...loops('changes', CHANGES_AT_ONCE, advanceOneChange),
  ];
  const tellingLoops = loops('tellings', TELLINGS_AT_ONCE, tellOne);
  const homeLoops = loops('home tabs', HOMES_AT_ONCE, home.publishOne);
  const dutyLoops = Object.entries(dutyRounds).map(([name, round]) =>
    createLoop({
      name,
      clock,
      everyMs: LOOK_FOR_DUTIES_EVERY_MS,
      roundTakesMs: DUTY_TAKES_MS,
      round: async () => {
        await round();
        return false;
      },
      onError,
    }),
  );
  const housekeeping = createLoop({
    name: 'housekeeping',
    clock,
    everyMs: HOUSEKEEPING_EVERY_MS,
    round: housekeep,
    onError,
  });
  const receiving =
    events === undefined
      ? []
      : [createLoop({ name: 'events', clock, everyMs: events.pauseMs, round: events.receive, onError })];
  const all = [...sendingLoops, ...tellingLoops, ...homeLoops, ...dutyLoops, ...receiving, housekeeping];

  return {
    start: () => {
      for (const loop of all) loop.start();
    },
    wake: () => wakeAll([...sendingLoops, ...tellingLoops, ...homeLoops]),
    stuck: () => [...new Set(all.filter((loop) => !loop.isAlive()).map(({ name }) => name))],
    stop: async (deadlineMs) => {
      events?.stop();
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(deadlineMs, late.resolve);
      await Promise.race([Promise.all(all.map((loop) => loop.stop())), late.promise]);
      cancel();
      // Stopping goes on without: the leases end by time.
      await Promise.all([store.release(owner), changes.releaseChanges(owner)]).catch((error: unknown) => {
        log.warn(
          { error },
          'what was in hand could not be given back; it is free when its lease has run out',
        );
      });
    },
  };
}
