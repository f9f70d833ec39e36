import type { Kysely } from 'kysely';

/** AWS's reviews of all opportunities, as the lists show them: those that this bot didn't submit are followed too. */
export const reviews = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('reviews')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('catalog', 'text', (column) => column.notNull())
      .addColumn('opportunity_id', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .addColumn('review_status', 'text', (column) => column.notNull())
      .addColumn('review_read_at', 'text', (column) => column.notNull())
      .addColumn('review_modified_at', 'text')
      .addUniqueConstraint('reviews_one_an_opportunity', ['catalog', 'opportunity_id'])
      .execute();

    await db.schema
      .createTable('review_events')
      .addColumn('review_id', 'text', (column) => column.notNull().references('reviews.id'))
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('from_review_status', 'text')
      .addColumn('to_review_status', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('review_events_key', ['review_id', 'sequence'])
      .execute();
  },
};
