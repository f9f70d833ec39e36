import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Changes of a deal that people save in Slack: the form each stands on, the change itself, and its trail. */
export const changes = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('change_drafts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('team_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('channel_id', 'text', (column) => column.notNull())
      .addColumn('thread_ts', 'text')
      .addColumn('response_url', 'text')
      .addColumn('catalog', 'text', (column) => column.notNull())
      .addColumn('opportunity_id', 'text', (column) => column.notNull())
      .addColumn('last_modified_date', 'text', (column) => column.notNull())
      .addColumn('national_security', 'integer', (column) => column.notNull())
      .addColumn('door', 'text', (column) => column.notNull())
      .addColumn('shown', 'text', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('changes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('draft_id', 'text', (column) => column.notNull().unique())
      .addColumn('team_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('channel_id', 'text', (column) => column.notNull())
      .addColumn('thread_ts', 'text')
      .addColumn('response_url', 'text')
      .addColumn('catalog', 'text', (column) => column.notNull())
      .addColumn('opportunity_id', 'text', (column) => column.notNull())
      .addColumn('last_modified_date', 'text', (column) => column.notNull())
      .addColumn('national_security', 'integer', (column) => column.notNull())
      .addColumn('door', 'text', (column) => column.notNull())
      .addColumn('fields', 'text', (column) => column.notNull())
      .addColumn('shown', 'text', (column) => column.notNull())
      .addColumn('typed', 'text')
      .addColumn('updated', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('requested_at', 'text', (column) => column.notNull())
      .addColumn('sending_at', 'text')
      .addColumn('changed_at', 'text', (column) => column.notNull())
      .addColumn('problem', 'text')
      .addColumn('request_id', 'text')
      .addColumn('due_at', 'text')
      .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'text')
      .execute();
    // As with submissions: "never two at once" is the database's promise.
    await db.schema
      .createIndex('changes_one_open')
      .unique()
      .on('changes')
      .columns(['catalog', 'opportunity_id'])
      .where(sql.ref('state'), 'in', sql`('requested', 'sending', 'uncertain')`)
      .execute();
    await db.schema
      .createIndex('changes_due')
      .on('changes')
      .column('due_at')
      .where(sql.ref('due_at'), 'is not', null)
      .execute();
    await db.schema
      .createIndex('changes_opportunity')
      .on('changes')
      .columns(['catalog', 'opportunity_id', 'requested_at'])
      .execute();
    await db.schema
      .createIndex('changes_typed')
      .on('changes')
      .column('changed_at')
      .where(sql.ref('typed'), 'is not', null)
      .execute();

    await db.schema
      .createTable('change_events')
      .addColumn('change_id', 'text', (column) => column.notNull().references('changes.id'))
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('from_state', 'text')
      .addColumn('to_state', 'text', (column) => column.notNull())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('request_id', 'text')
      .addPrimaryKeyConstraint('change_events_key', ['change_id', 'sequence'])
      .execute();
  },
};
