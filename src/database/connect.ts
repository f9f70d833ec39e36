import { existsSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { MADE_BY_A_TRIAL, migrate, readMigrationStanding } from './migrate.ts';
import { migratingDialect, openPool, postgresDialect } from './postgres.ts';
import type { Database, Tables } from './schema.ts';
import { holdLock, keepingStatements, openFile, sqliteDialect } from './sqlite.ts';

/** What went wrong, in the driver's words; where a name has several addresses, of each that was tried. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

export interface Connection {
  readonly db: Database;
  readonly dialect: Dialect;
  /** Why this process may not go on with the database, in words for the operator; undefined: it may. */
  whyLost(): string | undefined;
  close(): Promise<void>;
}

export type Dialect = 'sqlite' | 'postgres';

/** PostgreSQL takes several processes at once. */
const neverLost = () => undefined;

/** A commit must be answered well inside Slack's 3 s, or be said to be in doubt. */
const LIMITS = { lockMs: 1000, statementMs: 1400 };
/** Milliseconds: a server that died without a word, or a commit that waits for a standby, is ended by nobody but us. */
const ANSWER_WITHIN_MS = 2000;

export interface ConnectOptions {
  /** Told of connections the pool lost while idle; it reconnects by itself. */
  readonly onLostConnection: (error: Error) => void;
  /** The bot itself: on SQLite only one at a time. Our reading tools leave it out. */
  readonly exclusive?: boolean;
}

/**
 * Opens the database and brings it up to date.
 *
 * @throws Error in words for the operator: the folder can't be written, another bot is using it, the server
 * can't be reached, the database is newer than this code or of a trial version.
 */
export async function connect(config: Config['database'], options: ConnectOptions): Promise<Connection> {
  return config.type === 'sqlite'
    ? connectSqlite(config.folder, options)
    : connectPostgres(config.url, options);
}

async function connectSqlite(folder: string, { exclusive = false }: ConnectOptions): Promise<Connection> {
  const lock = exclusive ? holdLock(folder) : undefined;
  try {
    const sqlite = openFile(folder, 'bot.sqlite');
    sqlite.pragma('journal_mode = WAL');
    setUp(sqlite);
    const db = new Kysely<Tables>({ dialect: sqliteDialect({ database: keepingStatements(sqlite) }) });
    await migrate(db);
    return {
      db,
      dialect: 'sqlite',
      whyLost: () => lock?.whyLost(),
      close: async () => {
        await db.destroy();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw error;
  }
}

/**
 * Opens the database as it is, for a tool beside the bot: makes nothing, brings nothing up to date. `look`: whatever it is.
 * `read`: its records. `write`: only in one that is exactly of this version, since what it would miss it can't know.
 *
 * @throws Error in words for the operator: there is no database yet, the server can't be reached; but to `look`, a trial
 *   version made it; to `write`, it is of another version.
 */
export async function connectBeside(
  config: Config['database'],
  to: 'look' | 'read' | 'write',
): Promise<Connection> {
  const connection = openAsItIs(config, to === 'write');
  if (to === 'look') return connection;
  try {
    const { isTrial, ahead, unknown } = await readMigrationStanding(connection.db);
    if (isTrial) throw new Error(MADE_BY_A_TRIAL);
    if (to === 'write' && ahead.length > 0)
      throw new Error('the database is of an older version; start this version first.');
    if (to === 'write' && unknown.length > 0)
      throw new Error('the database is of a newer version; use that one.');
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function openAsItIs(config: Config['database'], writing: boolean): Connection {
  if (config.type === 'postgres') {
    // A connection lost while idle is made anew; one lost while in use fails its query, which is told.
    const pool = () =>
      openPool({ connectionString: config.url, max: 1, connectionTimeoutMillis: 5000 }, () => {});
    const db = new Kysely<Tables>({ dialect: postgresDialect({ pool }, LIMITS) });
    return { db, dialect: 'postgres', whyLost: neverLost, close: () => db.destroy() };
  }
  const file = join(config.folder, 'bot.sqlite');
  if (!existsSync(file))
    throw new Error(`there is no database in ${config.folder} yet; start the bot first.`);
  const sqlite = new SqliteDatabase(file, { readonly: !writing });
  if (writing) setUp(sqlite);
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database: sqlite }) });
  return { db, dialect: 'sqlite', whyLost: neverLost, close: () => db.destroy() };
}

/** What SQLite keeps for one connection only. */
function setUp(sqlite: SqliteDatabase.Database): void {
  // WAL's default (NORMAL) may lose the last commits when the power goes: a lost "sending" is a second submit.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 1000');
  // KiB of pages kept in memory: SQLite's own default, better-sqlite3's is 16 MB. The system keeps the file as well.
  sqlite.pragma('cache_size = -2000');
}

async function connectPostgres(url: string, { onLostConnection }: ConnectOptions): Promise<Connection> {
  const opening = await openPool(
    { connectionString: url, max: 1, connectionTimeoutMillis: 5000 },
    onLostConnection,
  );
  // Over a connection of its own, without the short timeouts below: a migration may take its time.
  const setup = new Kysely<Tables>({ dialect: migratingDialect({ pool: opening }) });
  try {
    await sql`select 1`.execute(setup).catch((error: unknown) => {
      throw new Error(`The database that DATABASE_URL names can't be reached: ${messageOf(error)}`, {
        cause: error,
      });
    });
    await setup
      .transaction()
      .execute((tx) => sql`select 1`.execute(tx))
      .catch((error: unknown) => {
        throw new Error(
          `PostgreSQL answers, but takes no transactions: ${messageOf(error)}. Where PgBouncer is in between, set its pool_mode to transaction or session.`,
          { cause: error },
        );
      });
    await migrate(setup);
  } finally {
    await setup.destroy();
  }
  const pool = await openPool(
    {
      connectionString: url,
      max: 10,
      connectionTimeoutMillis: 1000,
      query_timeout: ANSWER_WITHIN_MS,
      keepAlive: true,
    },
    onLostConnection,
  );
  const db = new Kysely<Tables>({ dialect: postgresDialect({ pool }, LIMITS) });
  const problem = await whyNotInForce(db);
  if (problem !== undefined) {
    await db.destroy();
    throw new Error(problem);
  }
  return { db, dialect: 'postgres', whyLost: neverLost, close: () => db.destroy() };
}

/**
 * Reads back what every write relies on: that its time-outs end it, and that a commit which was answered is on disk.
 * Undefined: it does; else what is wrong, in words for the operator.
 */
export async function whyNotInForce(db: Database): Promise<string | undefined> {
  const { rows } = await db.transaction().execute((tx) =>
    sql<{ commit: string; statement: string; lock: string; fsync: string }>`
      select current_setting('synchronous_commit') as commit, current_setting('statement_timeout') as statement,
        current_setting('lock_timeout') as lock, current_setting('fsync') as fsync`.execute(tx),
  );
  const [row] = rows;
  if (row?.fsync !== 'on') {
    return 'The PostgreSQL server has fsync off: a crash could lose what was submitted, and it would be submitted again. Switch fsync on.';
  }
  if (!/^(on|remote_apply)$/.test(row.commit) || row.statement === '0' || row.lock === '0') {
    return 'Something between the bot and PostgreSQL undoes what the bot sets for its transactions (synchronous_commit, statement_timeout, lock_timeout): look into the settings of the pooler, or connect without it.';
  }
  return undefined;
}

/** Milliseconds between two looks, where nobody asks. */
const LOOK_EVERY_MS = 5000;

/**
 * Whether this process may still take its database for its own. `onLost` is told once, in words for the operator: from then
 * on nothing may be sent, and the process is to end.
 */
export function createHold({
  whyLost,
  clock,
  onLost,
}: Pick<Connection, 'whyLost'> & { readonly clock: Clock; readonly onLost: (message: string) => void }) {
  let lost = false;
  let cancel = (): void => {};

  const isOurs = (): boolean => {
    const why = lost ? undefined : whyLost();
    if (why !== undefined) {
      lost = true;
      onLost(why);
    }
    return !lost;
  };
  const look = (): void => {
    if (isOurs()) cancel = clock.after(LOOK_EVERY_MS, look);
  };
  return {
    /** Looks, and begins to look again and again. */
    start: look,
    stop: (): void => cancel(),
    /** Looks now. False: it has ended, for good. */
    isOurs,
  };
}
