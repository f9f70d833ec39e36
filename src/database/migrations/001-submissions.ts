import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Drafts, submissions with their audit trail, what people are to be told, what Slack delivered, and shared duties. */
export const submissions = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('drafts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('team_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('channel_id', 'text', (column) => column.notNull())
      .addColumn('thread_ts', 'text')
      .addColumn('response_url', 'text')
      .addColumn('catalog', 'text', (column) => column.notNull())
      .addColumn('opportunity_id', 'text')
      .addColumn('last_modified_date', 'text')
      .addColumn('national_security', 'integer', (column) => column.notNull())
      .addColumn('readiness', 'text')
      .addColumn('involvement_type', 'text')
      .addColumn('visibility', 'text')
      .execute();

    await db.schema
      .createTable('submissions')
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
      .addColumn('involvement_type', 'text', (column) => column.notNull())
      .addColumn('visibility', 'text', (column) => column.notNull())
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
    // The promise "never two at once" is the database's, not a check in code.
    await db.schema
      .createIndex('submissions_one_open')
      .unique()
      .on('submissions')
      .columns(['catalog', 'opportunity_id'])
      .where(sql.ref('state'), 'in', sql`('requested', 'sending', 'uncertain')`)
      .execute();
    await db.schema
      .createIndex('submissions_due')
      .on('submissions')
      .column('due_at')
      .where(sql.ref('due_at'), 'is not', null)
      .execute();
    await db.schema
      .createIndex('submissions_opportunity')
      .on('submissions')
      .columns(['catalog', 'opportunity_id', 'requested_at'])
      .execute();
    await db.schema
      .createIndex('submissions_latest')
      .on('submissions')
      .columns(['requested_at', 'id'])
      .execute();
    await db.schema
      .createIndex('submissions_of_person')
      .on('submissions')
      .columns(['user_id', 'requested_at', 'id'])
      .execute();

    await db.schema
      .createTable('opportunities')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('catalog', 'text', (column) => column.notNull())
      .addColumn('opportunity_id', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .addColumn('review_status', 'text')
      .addColumn('review_read_at', 'text')
      .addColumn('review_modified_at', 'text')
      .addColumn('review_changed_at', 'text')
      .addColumn('stage', 'text')
      .addColumn('target_close_date', 'text')
      .addColumn('national_security', 'integer', (column) => column.notNull())
      .addColumn('owner_team_id', 'text')
      .addColumn('owner_user_id', 'text')
      .addColumn('owner_channel_id', 'text')
      .addColumn('owner_thread_ts', 'text')
      .addColumn('owned_at', 'text')
      .addColumn('submission_id', 'text')
      .addColumn('user_id', 'text')
      .addColumn('part', 'text', (column) => column.notNull())
      .addColumn('since', 'text', (column) => column.notNull())
      .addColumn('decided_at', 'text')
      .addColumn('team_due_at', 'text')
      .addColumn('team_seen_at', 'text')
      .addUniqueConstraint('opportunities_one_each', ['catalog', 'opportunity_id'])
      .execute();
    await db.schema
      .createIndex('opportunities_part')
      .on('opportunities')
      .columns(['catalog', 'part', 'since', 'id'])
      .execute();
    await db.schema
      .createIndex('opportunities_part_of_person')
      .on('opportunities')
      .columns(['user_id', 'catalog', 'part', 'since', 'id'])
      .execute();
    await db.schema
      .createIndex('opportunities_decided')
      .on('opportunities')
      .columns(['catalog', 'part', 'decided_at', 'id'])
      .execute();
    await db.schema
      .createIndex('opportunities_latest')
      .on('opportunities')
      .columns(['catalog', 'since', 'id'])
      .execute();
    await db.schema
      .createIndex('opportunities_of_person')
      .on('opportunities')
      .columns(['user_id', 'catalog', 'since', 'id'])
      .execute();
    await db.schema
      .createIndex('opportunities_team_due')
      .on('opportunities')
      .column('team_due_at')
      .where('team_due_at', 'is not', null)
      .execute();

    await db.schema
      .createTable('opportunity_events')
      .addColumn('record_id', 'text', (column) => column.notNull().references('opportunities.id'))
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('from_review_status', 'text')
      .addColumn('to_review_status', 'text')
      .addColumn('request_id', 'text')
      .addPrimaryKeyConstraint('opportunity_events_key', ['record_id', 'sequence'])
      .execute();

    await db.schema
      .createTable('submission_events')
      .addColumn('submission_id', 'text', (column) => column.notNull().references('submissions.id'))
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('from_state', 'text')
      .addColumn('to_state', 'text', (column) => column.notNull())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('request_id', 'text')
      .addPrimaryKeyConstraint('submission_events_key', ['submission_id', 'sequence'])
      .execute();

    await db.schema
      .createTable('tellings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('submission_id', 'text', (column) => column.references('submissions.id'))
      .addColumn('record_id', 'text', (column) => column.references('opportunities.id'))
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
    await db.schema
      .createIndex('tellings_one_message')
      .unique()
      .on('tellings')
      .column('submission_id')
      .where(sql.ref('kind'), '=', sql.lit('message'))
      .execute();
    // The promise "told once" is the database's, not a check in code.
    await db.schema
      .createIndex('tellings_once')
      .unique()
      .on('tellings')
      .columns(['record_id', 'kind', 'subject'])
      .where('record_id', 'is not', null)
      .execute();
    await db.schema
      .createIndex('tellings_one_about')
      .unique()
      .on('tellings')
      .columns(['kind', 'subject'])
      .where(sql<boolean>`submission_id is null and record_id is null`)
      .execute();
    await db.schema.createIndex('tellings_submission').on('tellings').column('submission_id').execute();
    await db.schema
      .createIndex('tellings_untold')
      .on('tellings')
      .column('due_at')
      .where(sql.ref('told_revision'), '<', sql.ref('revision'))
      .execute();

    await db.schema
      .createTable('deliveries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('duties')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('due_at', 'text')
      .addColumn('done_at', 'text')
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'text')
      .execute();
  },
};
