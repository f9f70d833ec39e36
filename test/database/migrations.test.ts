import { PGlite } from '@electric-sql/pglite';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, PGliteDialect, SqliteDialect, sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';

/** An empty database in memory. */
function empty(kind: 'SQLite' | 'PGlite'): Kysely<unknown> {
  const db = new Kysely<unknown>({
    dialect:
      kind === 'SQLite'
        ? new SqliteDialect({ database: new SqliteDatabase(':memory:') })
        : new PGliteDialect({ pglite: new PGlite() }),
  });
  onTestFinished(() => db.destroy());
  return db;
}

const columnsOf = async (db: Kysely<unknown>): Promise<string[]> => {
  const tables = await db.introspection.getTables();
  return tables
    .flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}${column.isNullable ? '?' : ''}`),
    )
    .sort();
};

describe.each(['SQLite', 'PGlite'] as const)('on %s', (kind) => {
  test('what is told without a submission is told once', async () => {
    const db = empty(kind);
    await migrate(db);
    const tell = (id: string, subject: string) =>
      sql`insert into tellings (id, kind, subject, created_at, revision, told_revision, due_at)
        values (${id}, 'digest', ${subject}, '', 1, 0, '')`.execute(db);
    await tell('a', 'this week');
    await tell('b', 'next week');
    await expect(tell('c', 'this week')).rejects.toThrow();
  });
});

test('both databases have the same tables and columns', async () => {
  const [sqlite, postgres] = [empty('SQLite'), empty('PGlite')];
  await migrate(sqlite);
  await migrate(postgres);
  // SQLite calls a text primary key nullable.
  const named = async (db: Kysely<unknown>) =>
    (await columnsOf(db)).filter((name) => !/\.(id|name)\??$/.test(name));
  expect(await named(sqlite)).toEqual(await named(postgres));
});
