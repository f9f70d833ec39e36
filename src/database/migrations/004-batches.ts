import type { Kysely } from 'kysely';

/** Several opportunities submitted at once: who asked for them, where, and which submissions they became. */
export const batches = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('batches')
      // The form's draft ID: one form is one batch, by the database's own key.
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('team_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('channel_id', 'text', (column) => column.notNull())
      .addColumn('thread_ts', 'text')
      .addColumn('response_url', 'text')
      .addColumn('catalog', 'text', (column) => column.notNull())
      .execute();
    await db.schema.alterTable('drafts').addColumn('batch_id', 'text').execute();
    await db.schema.alterTable('submissions').addColumn('batch_id', 'text').execute();
    await db.schema
      .createIndex('drafts_batch')
      .on('drafts')
      .column('batch_id')
      .where('batch_id', 'is not', null)
      .execute();
    await db.schema
      .createIndex('submissions_batch')
      .on('submissions')
      .column('batch_id')
      .where('batch_id', 'is not', null)
      .execute();
  },
};
