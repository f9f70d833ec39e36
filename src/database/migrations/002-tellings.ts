import { type Kysely, SqliteAdapter, sql } from 'kysely';

/** What people are to be told need not be about one submission: several at once, a digest, a change of a deal. */
export const tellings = {
  async up(db: Kysely<unknown>): Promise<void> {
    if (db.getExecutor().adapter instanceof SqliteAdapter) await rebuild(db);
    else {
      await db.schema
        .alterTable('tellings')
        .alterColumn('submission_id', (column) => column.dropNotNull())
        .execute();
    }
    await db.schema
      .createIndex('tellings_one_about')
      .unique()
      .on('tellings')
      .columns(['kind', 'subject'])
      .where(sql.ref('submission_id'), 'is', null)
      .execute();
  },
};

/** SQLite can't take NOT NULL from a column: "Making Other Kinds Of Table Schema Changes", https://sqlite.org/lang_altertable.html */
async function rebuild(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tellings_rebuilt')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('submission_id', 'text', (column) => column.references('submissions.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('told_revision', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('told_via', 'text')
    .addColumn('channel_id', 'text')
    .addColumn('message_ts', 'text')
    .addColumn('response_url_uses', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .execute();
  const columns = sql.raw(
    'id, submission_id, kind, subject, created_at, revision, told_revision, due_at, tries, attempt, lease_owner, lease_until, told_via, channel_id, message_ts, response_url_uses, last_error',
  );
  await sql`insert into tellings_rebuilt (${columns}) select ${columns} from tellings`.execute(db);
  await db.schema.dropTable('tellings').execute();
  await db.schema.alterTable('tellings_rebuilt').renameTo('tellings').execute();
  await db.schema
    .createIndex('tellings_one_message')
    .unique()
    .on('tellings')
    .column('submission_id')
    .where(sql.ref('kind'), '=', sql.lit('message'))
    .execute();
  await db.schema.createIndex('tellings_submission').on('tellings').column('submission_id').execute();
  await db.schema
    .createIndex('tellings_untold')
    .on('tellings')
    .column('due_at')
    .where(sql.ref('told_revision'), '<', sql.ref('revision'))
    .execute();
}
