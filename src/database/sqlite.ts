import { closeSync, existsSync, linkSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { LRUCache } from 'lru-cache';

/** Kysely's dialect, with transactions that are meant to write, and migrations in one of them. */
export function sqliteDialect(config: SqliteDialectConfig): Dialect {
  const dialect = new SqliteDialect(config);
  return {
    createAdapter: () => new MigratingAdapter(),
    createDriver: () => new WritingDriver(config),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/**
 * Begins as a writer. SQLite's own kind of transaction begins as a reader: where another process (`npm run forget`)
 * commits between its read and its write it fails at once, whatever `busy_timeout` says. "Transactions: Read
 * transactions versus write transactions", https://sqlite.org/lang_transaction.html
 */
class WritingDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /**
   * Where the disk is full or fails, SQLite has taken the transaction back itself, and a second time is an error that
   * would hide the first. "Response To Errors Within A Transaction", https://sqlite.org/lang_transaction.html
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    }
  }
}

/**
 * All migrations are one transaction; Kysely's own adapter runs and syncs each of their statements by itself. A start
 * that breaks off leaves the database as it was, for the next one to go on with. So no migration may need to switch
 * foreign keys off: SQLite can't in a transaction.
 */
class MigratingAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** How many statements are kept. The bot's own are fewer. */
const KEPT = 100;

/**
 * The database as Kysely wants it, with statements prepared once instead of every time: preparing one takes as long as
 * running most of ours. SQLite itself prepares them anew where the schema has changed.
 */
export function keepingStatements(sqlite: BetterSqlite.Database): SqliteDatabase {
  const kept = new LRUCache<string, SqliteStatement>({
    max: KEPT,
    memoMethod: (text) => sqlite.prepare<unknown[]>(text),
  });
  return {
    prepare: (text) => kept.memo(text),
    close: () => {
      sqlite.close();
    },
  };
}

/**
 * Opens one of the bot's files, or makes it, and its folder, for this user's eyes only: it holds people's names,
 * AWS's words on their deals and Slack's response_urls.
 */
export function openFile(folder: string, name: string, options: BetterSqlite.Options = {}) {
  return inFolder(() => {
    makeFile(folder, name);
    return new BetterSqlite(join(folder, name), options);
  });
}

function inFolder<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(
      `The folder for the bot's data (DATA_DIR) can't be used: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

function makeFile(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  // Never opens one that is there: closing it again would take away the locks SQLite holds on it.
  if (existsSync(file)) return;
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    // Another bot that starts at the same moment was first: the lock decides between them.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

const LOCK = 'bot.lock';

/**
 * What keeps a second bot out: another, empty database held exclusively, while tools still read the first one. What is
 * held is a file, not its name: where somebody takes it away, the next bot makes a new one, and gets in.
 *
 * @throws Error in words for the operator, where another bot holds it or the folder can't be used.
 */
export function holdLock(folder: string) {
  inFolder(() => makeFile(folder, LOCK));
  // Before it is opened: what is opened afterwards is this one, or `whyLost` says so.
  const made = inodeAt(folder);
  const lock = openFile(folder, LOCK, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Error(
        `Another bot is already running with the data in ${folder}. Stop it first, or use PostgreSQL (DATABASE_URL) to run several.`,
        { cause: error },
      );
    }
    throw error;
  }
  return {
    /** Why it keeps nobody out any more, in words for the operator; undefined: it does. */
    whyLost: (): string | undefined =>
      made !== undefined && inodeAt(folder) === made
        ? undefined
        : `${join(folder, LOCK)} is not the file any more that this bot holds: it was taken away or replaced, and another bot could be working with the same data. This one sends nothing more and ends. Leave that file alone, see that one bot only is started with this folder, and start it again.`,
    close: (): void => {
      lock.close();
    },
  };
}

/** Which file bears the lock's name; undefined: none, or nobody can tell. */
function inodeAt(folder: string): string | undefined {
  try {
    const { dev, ino } = statSync(join(folder, LOCK), { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** Whether a bot is running with the data in `folder`; looks only. */
export function isLocked(folder: string): boolean {
  const file = join(folder, LOCK);
  if (!existsSync(file)) return false;
  const lock = new BetterSqlite(file, { readonly: true, timeout: 0 });
  try {
    lock.prepare('select count(*) from sqlite_master').get();
    return false;
  } catch (error) {
    if (error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    lock.close();
  }
}

/**
 * Copies the database in `folder` as it stands at one moment into `file`, for this user's eyes only, while a bot may be
 * writing; a half-made copy never bears that name. "SQLite Backup API", https://sqlite.org/backup.html
 *
 * @throws Error in words for the operator: no database, the file is there, the disk, a copy that isn't whole.
 */
export async function backUpSqlite(folder: string, file: string): Promise<void> {
  const from = join(folder, 'bot.sqlite');
  if (!existsSync(from)) throw new Error(`there is no database in ${folder} yet.`);
  if (existsSync(file)) throw new Error(`${file} is there already.`);
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    const source = new BetterSqlite(from, { readonly: true });
    try {
      await source.backup(unfinished);
    } finally {
      source.close();
    }
    finish(unfinished);
    // Unlike a rename, a link takes nobody else's file away.
    linkSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Makes the copy whole, and marks it as one: a bot that starts on it looks at AWS first, before it sends anything. */
function finish(file: string): void {
  const copy = new BetterSqlite(file);
  try {
    // One file holds it all: nobody has to know of the others that WAL keeps beside it.
    copy.pragma('journal_mode = DELETE');
    // A database of another version may have no such table.
    if (copy.prepare("select 1 from sqlite_master where name = 'lineage'").get() !== undefined) {
      copy
        .prepare(
          'insert into lineage (id, copied_at) values (1, @at) on conflict (id) do update set copied_at = @at',
        )
        .run({ at: new Date().toISOString() });
    }
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`the copy is not whole: ${String(found)}`);
  } finally {
    copy.close();
  }
}
