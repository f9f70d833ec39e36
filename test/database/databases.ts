import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Connection, connect } from '../../src/database/connect.ts';
import type { Lineage } from '../../src/database/identity.ts';
import { createLeases, type Leases } from '../../src/database/lease.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Database, Tables } from '../../src/database/schema.ts';
import { temporaryFolder, temporaryPostgres } from './temporary.ts';

export { asAdministrator, temporaryFolder, temporaryPostgres } from './temporary.ts';

/** A connection, and the leases of whoever works over it. */
export interface Replica extends Connection {
  readonly leases: Leases;
  /** Of records that nobody sets back. */
  readonly lineage: Pick<Lineage, 'setBack'>;
}

export const replicaOn = (connection: Connection): Replica => ({
  ...connection,
  leases: createLeases({ ...connection, clock: systemClock }),
  lineage: { setBack: async () => undefined },
});

/** A database of a suite's own. */
export interface TestDatabase extends Replica {
  /** Connections of as many replicas as this database serves at the same time: one where it serves one only. */
  readonly replicas: readonly Replica[];
}

const POSTGRES_URL = process.env.TEST_DATABASE_URL;
const REPLICAS = 3;

/** The real server that the tests may use; undefined: none was named. */
export const postgresUrl = POSTGRES_URL === '' ? undefined : POSTGRES_URL;

/** Ends when the database is dropped under a pool: nothing to a test. */
const ignoreLostConnection = () => {};

async function openSqlite(): Promise<TestDatabase> {
  const folder = await temporaryFolder();
  const connection = replicaOn(
    await connect(
      { type: 'sqlite', folder: folder.path },
      { exclusive: true, onLostConnection: ignoreLostConnection },
    ),
  );
  return {
    ...connection,
    replicas: [connection],
    close: async () => {
      await connection.close();
      await folder.remove();
    },
  };
}

async function openPglite(): Promise<TestDatabase> {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) });
  await migrate(db);
  const connection = replicaOn({
    db,
    dialect: 'postgres',
    whyLost: () => undefined,
    close: () => db.destroy(),
  });
  return { ...connection, replicas: [connection] };
}

async function openPostgres(): Promise<TestDatabase> {
  if (postgresUrl === undefined) throw new Error('TEST_DATABASE_URL names no server.');
  const { url, drop } = await temporaryPostgres(postgresUrl);
  const replicas = await Promise.all(
    Array.from({ length: REPLICAS }, async () =>
      replicaOn(
        await connect({ type: 'postgres', url }, { exclusive: true, onLostConnection: ignoreLostConnection }),
      ),
    ),
  );
  const [first] = replicas;
  if (first === undefined) throw new Error('There is at least one replica.');
  return {
    ...first,
    replicas,
    close: async () => {
      await Promise.all(replicas.map((replica) => replica.close()));
      await drop();
    },
  };
}

const KINDS = [
  { name: 'SQLite', open: openSqlite, available: true },
  { name: "PGlite (PostgreSQL's SQL)", open: openPglite, available: true },
  {
    name:
      postgresUrl === undefined
        ? 'PostgreSQL: left out, TEST_DATABASE_URL names no server'
        : 'PostgreSQL with three replicas',
    open: openPostgres,
    available: postgresUrl !== undefined,
  },
] as const;

/** Runs the same tests on every database there is; each test finds its tables empty. */
export function onEachDatabase(tests: (database: () => TestDatabase) => void): void {
  for (const { name, open, available } of KINDS) {
    describe.skipIf(!available)(name, () => {
      let opened: TestDatabase | undefined;
      beforeAll(async () => {
        opened = await open();
      });
      afterAll(async () => {
        await opened?.close();
      });
      const database = () => {
        if (opened === undefined) throw new Error('The database was not opened.');
        return opened;
      };
      beforeEach(() => empty(database().db));
      tests(database);
    });
  }
}

/** Leaves the tables and takes every row. */
export async function empty(db: Database): Promise<void> {
  const tables = [
    'outbox',
    'edit_events',
    'edits',
    'submission_events',
    'submissions',
    'batches',
    'forms',
    'scheduled_jobs',
    'write_quota',
    'circuit_breaker',
    'operator_pause',
    'opportunity_events',
    'opportunities',
    'home_changes',
    'home_tabs',
    'belonging',
    'trial_writes',
  ] as const;
  for (const table of tables) {
    await db.deleteFrom(table).execute();
  }
}

/**
 * Lets `ms` of every lease pass. The time they go by is the database's own or the process's, and can't be put forward:
 * so they end sooner instead.
 */
export async function passLeases(db: Database, ms: number): Promise<void> {
  for (const table of ['submissions', 'edits', 'outbox', 'scheduled_jobs']) {
    await sql`update ${sql.table(table)} set lease_until = lease_until - ${sql.lit(ms)}`.execute(db);
  }
}
