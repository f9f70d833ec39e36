import { PGlite } from '@electric-sql/pglite';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, PGliteDialect, SqliteDialect, sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { submissions } from '../../src/database/migrations/001-submissions.ts';
import { tellings } from '../../src/database/migrations/002-tellings.ts';

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
  test('a telling of the first version is still to be told after the upgrade, and still one a submission', async () => {
    const db = empty(kind);
    await submissions.up(db);
    await sql`insert into submissions (id, draft_id, team_id, user_id, channel_id, catalog, opportunity_id,
      last_modified_date, national_security, involvement_type, visibility, state, requested_at, changed_at)
      values ('s', 'd', 'T', 'U', 'C', 'AWS', 'O1', '', 0, 'Co-Sell', 'Full', 'requested', '', '')`.execute(
      db,
    );
    const tell = (id: string) =>
      sql`insert into tellings (id, submission_id, kind, created_at, revision, told_revision, due_at, last_error)
        values (${id}, 's', 'message', 'then', 3, 2, 'now', 'ratelimited')`.execute(db);
    await tell('t');

    await tellings.up(db);

    const { rows } =
      await sql`select id, submission_id, revision, told_revision, last_error from tellings`.execute(db);
    expect(rows).toEqual([
      { id: 't', submission_id: 's', revision: 3, told_revision: 2, last_error: 'ratelimited' },
    ]);
    await expect(tell('another')).rejects.toThrow();
  });

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
