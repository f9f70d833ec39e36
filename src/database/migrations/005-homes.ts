import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Whose home tab is open, how it stands, and which records have changed since. */
export const homes = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('homes')
      .addColumn('team_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('whose', 'text', (column) => column.notNull())
      .addColumn('pages', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('asked', 'integer', (column) => column.notNull())
      .addColumn('done', 'integer', (column) => column.notNull())
      .addColumn('rest_until', 'text')
      .addColumn('due_at', 'text')
      .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'text')
      .addPrimaryKeyConstraint('homes_key', ['team_id', 'user_id'])
      .execute();
    await db.schema
      .createIndex('homes_due')
      .on('homes')
      .column('due_at')
      .where(sql.ref('due_at'), 'is not', null)
      .execute();
    // Rows are only ever added by the change of a record: whoever records something waits for nobody's tab.
    await db.schema
      .createTable('home_changes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('record_id', 'text', (column) => column.notNull())
      .execute();
  },
};
