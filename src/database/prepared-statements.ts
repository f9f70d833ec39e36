import type { Database } from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

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
