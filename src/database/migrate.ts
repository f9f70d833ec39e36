import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import { schema } from './migrations/001-schema.ts';

/** Every migration, oldest first: forward only, and never edited once released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-schema': schema,
};

/** The first migration of trial versions. Nothing brings their databases up to date. */
const TRIAL_MIGRATION = '001-submissions';
/** What the operator of such a database is told. */
export const MADE_BY_A_TRIAL =
  'The database was made by a trial version of this bot: start with a new one (another DATA_DIR or DATABASE_URL).';

/** PostgreSQL's advisory lock that is held while the bot's database is brought up to date. */
const MIGRATION_LOCK = 7_302_615;

/**
 * Brings the database up to this code, safely when several replicas start together.
 *
 * @throws Error in words for the operator: the database is newer than this code or of a trial version, or a
 *   migration failed.
 */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrateOn = async (on: Kysely<T>): Promise<unknown> => {
    const provider = { getMigrations: async () => ({ ...MIGRATIONS }) };
    const { error } = await new Migrator({ db: on, provider }).migrateToLatest();
    if (error !== undefined) throw error;
    return undefined;
  };
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const error = await (isPostgres ? keepingOthersOut(db, migrateOn) : migrateOn(db)).catch(
    (failure: unknown) => failure,
  );
  if (error === undefined) return;
  if ((await readMigrationStanding(db)).isTrial) throw new Error(MADE_BY_A_TRIAL, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  if (reason.includes('previously executed migration') && reason.includes('is missing')) {
    throw new Error(
      'The database was made by a newer version of this bot. Start that version, or restore a backup taken before the upgrade.',
      { cause: error },
    );
  }
  throw new Error(`The database could not be brought up to date: ${reason}`, { cause: error });
}

/** On PostgreSQL: in one transaction without time-outs, with which the lock ends, behind a pooler as well. */
function keepingOthersOut<T, Answer>(
  db: Kysely<T>,
  work: (tx: Kysely<T>) => Promise<Answer>,
): Promise<Answer> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)`.execute(
      tx,
    );
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(tx);
    return work(tx);
  });
}

/** How a database and this code stand to each other, by the names of migrations. */
interface MigrationStanding {
  /** This code has them, and runs them when it starts. */
  readonly ahead: readonly string[];
  /** The database has them, and this code doesn't know them. */
  readonly unknown: readonly string[];
  /** A trial version made it. */
  readonly isTrial: boolean;
}

/** Compares, and changes nothing. */
export async function readMigrationStanding<T>(db: Kysely<T>): Promise<MigrationStanding> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const ran = tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE);
  return standing(ran ? await migrationsRun(db) : []);
}

/**
 * The same for a database that this code has brought up to date before: one small read, to be asked often.
 *
 * @throws where the database doesn't answer
 */
export const readMigrationStandingAgain = async <T>(db: Kysely<T>): Promise<MigrationStanding> =>
  standing(await migrationsRun(db));

async function migrationsRun<T>(db: Kysely<T>): Promise<readonly string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
}

const standing = (ran: readonly string[]): MigrationStanding => ({
  ahead: Object.keys(MIGRATIONS).filter((name) => !ran.includes(name)),
  unknown: ran.filter((name) => !Object.hasOwn(MIGRATIONS, name)).sort(),
  isTrial: ran.includes(TRIAL_MIGRATION),
});
