import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Dialect } from './connect.ts';
import type { Database, Tables } from './schema.ts';

/** Milliseconds. A lease outlasts everything that is done under it, twice over. */
const LEASE_MS = 60_000;

/** The tables whose rows are worked on by one process at a time, each with its key. */
const KEYS = {
  submissions: 'id',
  edits: 'id',
  outbox: 'id',
  scheduled_jobs: 'name',
} as const;
export type Leased = keyof typeof KEYS;

/** What there is to do with the rows of a table. */
export interface Work<Table extends Leased> {
  readonly table: Table;
  /** There is something to do with the row, now or later. */
  readonly waits: RawBuilder<boolean>;
  /** Its time has come. */
  readonly due: RawBuilder<boolean>;
  /** What is taken first. */
  readonly order: RawBuilder<unknown>;
}

/** What the poller asks of a kind of work: two parts of its query. */
export interface Watch {
  /** 1 where something can be claimed, else null: kinds are asked together, and PostgreSQL mixes no types. */
  readonly due: RawBuilder<1 | null>;
  /** When what is planned falls due next (ISO 8601). */
  readonly next: RawBuilder<string | null>;
}

/** The guard of every write of an outcome: the row is still this process's, in this very attempt. */
export const heldBy = (owner: string, { attempt }: { readonly attempt: number }) =>
  ({ lease_owner: owner, attempt }) as const;

/** What gives a row back, as part of such a write. */
export const GIVEN_BACK = { lease_owner: null, lease_until: null } as const;

export type Leases = ReturnType<typeof createLeases>;

/**
 * Who works on what. A process claims a row for a while; if it dies, its lease runs out. Leases go by PostgreSQL's own
 * clock where it keeps the rows, and by the process's monotonic clock on SQLite, which one process has to itself: a wall
 * clock that is set ends nobody's lease.
 */
export function createLeases({
  db,
  dialect,
  clock,
}: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly clock: Pick<Clock, 'monotonic'>;
}) {
  const now = (): RawBuilder<number> =>
    dialect === 'postgres'
      ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::double precision`
      : sql<number>`${clock.monotonic()}`;
  /** When a lease that begins now ends. */
  const until = (ms = LEASE_MS): RawBuilder<number> => sql<number>`${now()} + ${sql.lit(ms)}`;
  /** Gives back the rows that `which` is true of. */
  const giveBack = async (table: string, which: RawBuilder<boolean>): Promise<void> => {
    await sql`update ${sql.table(table)} set lease_owner = null, lease_until = null where ${which}`.execute(
      db,
    );
  };
  const isFree = () => sql<boolean>`(lease_until is null or lease_until <= ${now()})`;

  return {
    until,

    /**
     * Takes the first row that is due, for `owner`; never one that this process has `inHand` (by its key): it is at it
     * still, however long it was stopped. Undefined: nothing is due.
     */
    async claim<Table extends Leased, Read>(
      { table, waits, due, order }: Work<Table>,
      by: {
        readonly owner: string;
        readonly forMs?: number;
        readonly inHand?: readonly string[] | undefined;
      },
      read: (row: Selectable<Tables[Table]>) => Read,
    ): Promise<Read | undefined> {
      const { owner, forMs, inHand = [] } = by;
      const key = sql.ref(KEYS[table]);
      const isInHand = inHand.length === 0 ? sql`true` : sql`${key} not in (${sql.join(inHand)})`;
      // Materialized: planned into the update, PostgreSQL could lock more than one.
      const { rows } = await sql<Selectable<Tables[Table]>>`
        with due as materialized (
          select ${key} from ${sql.table(table)} where ${waits} and ${due} and ${isFree()} and ${isInHand}
          order by ${order} limit 1 ${dialect === 'postgres' ? sql`for update skip locked` : sql``})
        update ${sql.table(table)}
        set lease_owner = ${owner}, lease_until = ${until(forMs)}, attempt = attempt + 1
        where ${key} in (select ${key} from due) returning *`.execute(db);
      const [row] = rows;
      return row && read(row);
    },

    /** Whether `claim` would find anything, and when it will. */
    watch: <Table extends Leased>({ table, waits, due }: Work<Table>, at: Date): Watch => {
      const from = sql`from ${sql.table(table)} where ${waits} and ${isFree()}`;
      return {
        // In the index's order: PostgreSQL would rather look through the table for the first of many that it expects.
        due: sql`(select 1 ${from} and ${due} order by due_at limit 1)`,
        next: sql`(select min(due_at) ${from} and due_at > ${at.toISOString()})`,
      };
    },

    /** Gives back what `owner` holds, of the rows that `which` is true of. */
    release: (table: Leased, owner: string, which: RawBuilder<boolean> = sql<boolean>`true`): Promise<void> =>
      giveBack(table, sql`lease_owner = ${owner} and ${which}`),

    /** At the start, on SQLite: nobody else runs, so whoever held a lease is gone. */
    async freeAll(): Promise<void> {
      if (dialect === 'postgres') return;
      for (const table of Object.keys(KEYS)) await giveBack(table, sql`lease_owner is not null`);
    },
  };
}
