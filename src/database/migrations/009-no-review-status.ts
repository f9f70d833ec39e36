import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** As in 005; what AWS shows no review status for needs somebody too. `records.ts` asks in these very words. */
const part = sql.raw(
  "(case when state in ('refused', 'changed', 'expired', 'not_seen') then 'needs' when state in ('requested', 'sending', 'uncertain') then 'waiting' when state in ('submitted', 'already_submitted') then case lower(replace(replace(coalesce(review_status, ''), '-', ''), ' ', '')) when 'actionrequired' then 'needs' when 'noreviewstatus' then 'needs' when 'approved' then 'decided' when 'rejected' then 'decided' else 'waiting' end else 'settled' end)",
);

/** The indexes of the parts of a home tab, by what is a part now. */
export const noReviewStatus = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const index of ['submissions_part', 'submissions_part_of_person', 'submissions_decided']) {
      await db.schema.dropIndex(index).execute();
    }
    await sql`create index submissions_part on submissions (catalog, ${part}, requested_at, id)`.execute(db);
    await sql`create index submissions_part_of_person on submissions (user_id, catalog, ${part}, requested_at, id)`.execute(
      db,
    );
    await sql`create index submissions_decided on submissions (catalog, ${part}, (coalesce(review_changed_at, changed_at)), id)`.execute(
      db,
    );
  },
};
