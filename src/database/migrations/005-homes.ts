import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * Where a record belongs on the home tab, as one value that an index can hold. `records.ts` asks for it in these very
 * words, letter by letter: an index of an expression serves no other wording.
 */
const part = sql.raw(
  "(case when state in ('refused', 'changed', 'expired', 'not_seen') then 'needs' when state in ('requested', 'sending', 'uncertain') then 'waiting' when state in ('submitted', 'already_submitted') then case lower(replace(replace(coalesce(review_status, ''), '-', ''), ' ', '')) when 'actionrequired' then 'needs' when 'approved' then 'decided' when 'rejected' then 'decided' else 'waiting' end else 'settled' end)",
);

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
      .addColumn('submission_id', 'text', (column) => column.notNull())
      .execute();

    await db.schema.alterTable('submissions').addColumn('review_changed_at', 'text').execute();
    await sql`create index submissions_part on submissions (catalog, ${part}, requested_at, id)`.execute(db);
    await sql`create index submissions_part_of_person on submissions (user_id, catalog, ${part}, requested_at, id)`.execute(
      db,
    );
    await sql`create index submissions_decided on submissions (catalog, ${part}, (coalesce(review_changed_at, changed_at)), id)`.execute(
      db,
    );
  },
};
