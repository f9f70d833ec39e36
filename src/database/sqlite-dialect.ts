import type { Database } from 'better-sqlite3';
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

/** Statements kept; the one not used for longest goes first. The bot's own are fewer. */
const KEPT = 100;

/**
 * The database as Kysely wants it, with statements prepared once instead of every time: preparing one takes as long as
 * running most of ours. SQLite itself prepares them anew where the schema has changed.
 */
export function keepingStatements(sqlite: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? sqlite.prepare<unknown[]>(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    close: () => {
      sqlite.close();
    },
  };
}
