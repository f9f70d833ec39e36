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
  test('a submission has one message, and what is told without a submission is told once', async () => {
    const db = empty(kind);
    await migrate(db);
    await sql`insert into submissions (id, form_id, team_id, user_id, channel_id, catalog, opportunity_id,
      last_modified_date, national_security, involvement_type, visibility, state, requested_at, changed_at)
      values ('s', 'd', 'T', 'U', 'C', 'AWS', 'O1', '', 0, 'Co-Sell', 'Full', 'requested', '', '')`.execute(
      db,
    );
    const tell = (id: string, submission: string | null, told: string, subject: string | null) =>
      sql`insert into outbox
        (id, submission_id, kind, subject, created_at, untold_since, revision, told_revision, due_at)
        values (${id}, ${submission}, ${told}, ${subject}, '', '', 1, 0, '')`.execute(db);
    await tell('a', 's', 'submission', null);
    await expect(tell('b', 's', 'submission', null)).rejects.toThrow();
    await tell('c', null, 'digest', 'this week');
    await tell('d', null, 'digest', 'next week');
    await expect(tell('e', null, 'digest', 'this week')).rejects.toThrow();
  });

  test('a database of a trial version is told so, and left as it is', async () => {
    const db = empty(kind);
    await migrate(db);
    await sql`update kysely_migration set name = '001-submissions'`.execute(db);
    for (const _ of ['once', 'again']) {
      await expect(migrate(db)).rejects.toThrow('made by a trial version of this bot: start with a new one');
    }
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
