import SqliteDatabase from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { sqliteDialect } from '../../src/database/sqlite.ts';

test('a full disk is said to be full, not that nothing could be rolled back; then it goes on', async () => {
  const sqlite = new SqliteDatabase(':memory:');
  const db = new Kysely<{ notes: { text: string } }>({ dialect: sqliteDialect({ database: sqlite }) });
  onTestFinished(() => db.destroy());
  await sql`create table notes (text text)`.execute(db);
  const write = (length: number) =>
    db.transaction().execute(async (tx) => {
      await tx.insertInto('notes').values({ text: 'first' }).execute();
      await tx
        .insertInto('notes')
        .values({ text: 'x'.repeat(length) })
        .execute();
    });
  sqlite.pragma('max_page_count = 10');
  await expect(write(1_000_000)).rejects.toThrow('database or disk is full');
  expect(await db.selectFrom('notes').selectAll().execute()).toEqual([]);
  await write(10);
  expect(await db.selectFrom('notes').selectAll().execute()).toHaveLength(2);
});
