import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Watch } from '../database/lease.ts';
import type { Database } from '../database/schema.ts';

/** No piece of work takes so long, where nothing else is said (milliseconds): each call in it has a time-out of its own. */
const WORK_TAKES_MS = 10 * 60_000;
/** How late a wait may end (milliseconds). */
const LATE_MS = 60_000;

/**
 * Something that is done again and again in the background. Runs `round` at once again while it answers true ("did
 * something"); otherwise when woken, or after `waitMs`. A round that throws is given to `onError` and waits its time:
 * nothing in the background ends the process, and nothing spins.
 */
export function createLoop({
  clock,
  waitMs,
  round,
  onError,
}: {
  readonly clock: Clock;
  /** Milliseconds, asked before each wait. */
  readonly waitMs: () => number;
  readonly round: () => Promise<boolean>;
  /** `inARow`: how many rounds have failed without one in between that didn't. */
  readonly onError: (error: unknown, inARow: number) => void;
}) {
  let stopping = false;
  let woken = false;
  let endWait = (): void => {};
  let running: Promise<void> = Promise.resolve();
  /** By the monotonic clock: when the round in hand, or the wait, has to be over. */
  let overBy = Number.POSITIVE_INFINITY;

  const wait = () =>
    new Promise<void>((resolve) => {
      const ms = waitMs();
      overBy = clock.monotonic() + ms + LATE_MS;
      const cancel = clock.after(ms, resolve);
      endWait = () => {
        cancel();
        resolve();
      };
    });

  const run = async () => {
    let failures = 0;
    while (!stopping) {
      woken = false;
      overBy = clock.monotonic() + WORK_TAKES_MS;
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
    /** Whether it moves: no round takes longer than any should, and each wait ends. */
    isAlive: (): boolean => clock.monotonic() <= overBy,
    start: (): void => {
      running = run();
    },
    /** There may be something to do: it doesn't wait for the next round. */
    wake: (): void => {
      woken = true;
      endWait();
    },
    /** No new round begins; resolves when the one in hand has ended. */
    stop: (): Promise<void> => {
      stopping = true;
      endWait();
      return running;
    },
  };
}

/** Milliseconds between two looks for what other processes left, or what has fallen due, where nothing is planned sooner. */
const LOOK_EVERY_MS = 1000;
/** Something that was claimed. */
export interface Taken {
  readonly id: string;
  readonly work: () => Promise<unknown>;
}

/** A kind of work that falls due in the database. */
export interface WorkKind {
  /** For whoever runs the bot. */
  readonly name: string;
  /** How many pieces of it one process works on at the same time. */
  readonly atOnce: number;
  readonly takesMs?: number;
  readonly watch: (at: Date) => Watch;
  /** Claims one, but none that is `inHand`; undefined: nothing is due any more. */
  readonly take: (inHand: readonly string[]) => Promise<Taken | undefined>;
}

/** Takes one piece after the other of what is due of a kind, until nothing is. */
interface Worker {
  taken: string | undefined;
  /** By the monotonic clock: when what it has taken has to be over. */
  overBy: number;
  ended: Promise<void>;
}

/**
 * Asks the database in one statement what is due, of every kind: when woken, when the next falls due, and every second.
 * Gives it to as many workers at the same time as each kind allows. What fails is given to `onError`, with how many times
 * in a row, and waits for the next look: nothing in the background ends the process, and nothing spins.
 */
export function createPoller({
  db,
  kinds,
  clock,
  onError,
}: {
  readonly db: Database;
  readonly kinds: readonly WorkKind[];
  readonly clock: Clock;
  readonly onError: (error: unknown, inARow: number) => void;
}) {
  const pools = kinds.map((kind) => ({ kind, workers: new Set<Worker>(), failures: 0 }));
  let stopping = false;
  let waitMs = LOOK_EVERY_MS;

  const work = async (pool: (typeof pools)[number], worker: Worker): Promise<void> => {
    const { kind, workers } = pool;
    try {
      while (!stopping) {
        worker.overBy = clock.monotonic() + (kind.takesMs ?? WORK_TAKES_MS);
        const taken = await kind.take([...workers].flatMap((each) => each.taken ?? []));
        if (taken === undefined) break;
        worker.taken = taken.id;
        // Where there was one there may be more.
        startWorker(pool);
        await taken.work();
        worker.taken = undefined;
        pool.failures = 0;
        // What came of it may be something to do.
        loop.wake();
      }
    } catch (error) {
      pool.failures += 1;
      onError(error, pool.failures);
    }
    workers.delete(worker);
  };

  const startWorker = (pool: (typeof pools)[number]): void => {
    if (stopping || pool.workers.size >= pool.kind.atOnce) return;
    const worker: Worker = { taken: undefined, overBy: Number.POSITIVE_INFINITY, ended: Promise.resolve() };
    pool.workers.add(worker);
    worker.ended = work(pool, worker);
  };

  const look = async (): Promise<false> => {
    waitMs = LOOK_EVERY_MS;
    const at = clock.now();
    const { rows } = await sql<{
      name: string;
      due: 1 | null;
      next: string | null;
    }>`${sql.join(
      kinds.map(({ name, watch }) => {
        const { due, next } = watch(at);
        return sql`select ${sql.lit(name)} as name, ${due} as due, ${next} as next`;
      }),
      sql` union all `,
    )}`.execute(db);
    for (const { name, due, next } of rows) {
      const pool = pools.find(({ kind }) => kind.name === name);
      if (pool !== undefined && due !== null) startWorker(pool);
      if (next !== null) waitMs = Math.min(waitMs, Date.parse(next) - at.getTime());
    }
    return false;
  };

  const loop = createLoop({ clock, waitMs: () => waitMs, round: look, onError });

  return {
    start: loop.start,
    /** There may be something due now. */
    wake: loop.wake,
    /** Nothing new is taken; resolves when what is in hand is done. */
    stop: async (): Promise<void> => {
      stopping = true;
      await loop.stop();
      await Promise.all(pools.flatMap(({ workers }) => [...workers].map(({ ended }) => ended)));
    },
    /** The names of what doesn't move any more; empty: all is well. */
    stuck: (): readonly string[] => [
      ...(loop.isAlive() ? [] : ['due']),
      ...pools
        .filter(({ workers }) => [...workers].some(({ overBy }) => clock.monotonic() > overBy))
        .map(({ kind }) => kind.name),
    ],
  };
}
