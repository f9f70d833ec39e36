import { type RawBuilder, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { GIVEN_BACK, heldBy, type Leases, type Watch, type Work } from '../database/lease.ts';
import type { Database } from '../database/schema.ts';
import type { Taken } from './poller.ts';

/** Milliseconds. A run may go through everything that waits, page by page, and renews its lease meanwhile. */
const LEASE_MS = 5 * 60_000;

export type JobName = 'poll' | 'sweep' | 'baseline' | 'team' | 'remind' | 'digest' | 'housekeeping';

/** What a job knows of its run. */
export interface Run {
  readonly at: Date;
  /** What the last run had to remember; empty where it was the first. */
  readonly value: string;
  /** Renews the lease: the job stays this replica's. */
  keep(): Promise<void>;
}

/** How a run ended. */
export interface Ended {
  readonly succeeded: boolean;
  readonly againAt: Date;
  /** What the next run has to know; nothing where it isn't given. */
  readonly value?: string;
}

/** What only one replica does at a time, at intervals of its own. */
export interface ScheduledJob {
  readonly name: JobName;
  /** In a query, whether there is anything to do; always where it isn't given. */
  readonly when?: (at: Date) => RawBuilder<boolean>;
  /** Where it throws, the job is tried again when its lease has run out, not at once. */
  readonly run: (run: Run) => Promise<Ended>;
}

const workOf = (jobs: readonly ScheduledJob[], at: Date): Work<'scheduled_jobs'> => ({
  table: 'scheduled_jobs',
  waits: sql<boolean>`(${sql.join(
    jobs.map(({ name, when }) => sql`(name = ${name} and ${when?.(at) ?? sql`true`})`),
    sql` or `,
  )})`,
  due: sql<boolean>`due_at <= ${at.toISOString()}`,
  order: sql`due_at`,
});

/** The scheduled jobs' rows: the lease of each, the time of its next run, and whatever it has to remember. */
export function createJobs({
  db,
  leases,
  clock,
}: {
  readonly db: Database;
  readonly leases: Leases;
  readonly clock: Clock;
}) {
  return {
    /** Makes those due that nobody has ever had. */
    async plan(jobs: readonly ScheduledJob[]): Promise<void> {
      const due_at = clock.now().toISOString();
      await db
        .insertInto('scheduled_jobs')
        .values(jobs.map(({ name }) => ({ name, value: '', due_at })))
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
    },

    watch: (jobs: readonly ScheduledJob[], at: Date): Watch => leases.watch(workOf(jobs, at), at),

    /** Takes one of these whose time has come and that no other replica has. */
    async take(
      jobs: readonly ScheduledJob[],
      by: { readonly owner: string; readonly inHand?: readonly string[] },
    ): Promise<Taken | undefined> {
      const at = clock.now();
      const row = await leases.claim(workOf(jobs, at), { ...by, forMs: LEASE_MS }, (read) => read);
      const job = jobs.find(({ name }) => name === row?.name);
      if (row === undefined || job === undefined) return undefined;
      const held = { name: row.name, ...heldBy(by.owner, row) };
      const keep = async () => {
        await db
          .updateTable('scheduled_jobs')
          .set({ lease_until: leases.until(LEASE_MS) })
          .where((eb) => eb.and(held))
          .execute();
      };
      return {
        id: row.name,
        work: async () => {
          const { succeeded, againAt, value = '' } = await job.run({ at, value: row.value, keep });
          await db
            .updateTable('scheduled_jobs')
            .set({
              value,
              due_at: againAt.toISOString(),
              ...(succeeded ? { done_at: clock.now().toISOString() } : {}),
              ...GIVEN_BACK,
            })
            .where((eb) => eb.and(held))
            .execute();
        },
      };
    },

    release: (owner: string): Promise<void> => leases.release('scheduled_jobs', owner),

    /** What a job has to remember; undefined: nobody has ever had it. */
    async value(name: JobName): Promise<string | undefined> {
      const row = await db
        .selectFrom('scheduled_jobs')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value;
    },

    /** As if nobody had ever had it. */
    async forget(name: JobName): Promise<void> {
      await db.deleteFrom('scheduled_jobs').where('name', '=', name).execute();
    },
  };
}
