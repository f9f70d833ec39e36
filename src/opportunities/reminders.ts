import { type RawBuilder, sql } from 'kysely';
import type { Catalog } from '../aws/terms.ts';
import type { Database } from '../database/schema.ts';
import { newMessage, type ReminderAbout } from '../messages/outbox.ts';

/** Reminders made at once; the next run of the job has the rest. */
const AT_ONCE = 200;

/** When a reminder stands. AWS's statuses are kept in one spelling. */
const STANDS: Readonly<Record<ReminderAbout, RawBuilder<boolean>>> = {
  waiting: sql`part = 'waiting'`,
  'action-required': sql`review_status = 'Action Required'`,
  // Of a National Security deal it would tell a channel something of its dates.
  'close-date': sql`part in ('waiting', 'needs') and opportunities.national_security = 0`,
};

/**
 * The step with which the present review round began: AWS got it, sent it back, or got it back. Steps within a round
 * (Submitted, In review) don't begin a new one.
 */
const roundBegan = sql<number>`(select max(step.sequence) from opportunity_events step
  where step.record_id = opportunities.id and step.what = 'review' and (
    step.from_review_status is null
    or step.from_review_status in ('Pending Submission', 'Approved', 'Rejected', 'Action Required', 'No review status')
    or step.to_review_status = 'Action Required'))`;
const round = sql<number>`coalesce(began.sequence, 0)`;
/** Since when; before AWS's review was read at all: since it was submitted. */
const began = sql<string>`coalesce(began.at, submissions.changed_at, owned_at)`;

/** The queries of reminders. There is one a review round, by the database's own index. */
export function createReminders({ db, newId }: { db: Database; newId: () => string }) {
  /** Somebody's opportunities that AWS has and of which this is true, each with its present review round. */
  const standing = (about: ReminderAbout) =>
    db
      .selectFrom('opportunities')
      .leftJoin('submissions', 'submissions.id', 'submission_id')
      .leftJoin('opportunity_events as began', (join) =>
        join.onRef('began.record_id', '=', 'opportunities.id').on('began.sequence', '=', roundBegan),
      )
      .select(['opportunities.id', round.as('round'), began.as('began')])
      .where((eb) =>
        eb.or([
          eb('submissions.state', 'in', ['submitted', 'already_submitted']),
          eb('submissions.id', 'is', null).and('owner_user_id', 'is not', null),
        ]),
      )
      .where(STANDS[about])
      .where(sql<boolean>`coalesce(review_status, '') not in ('Pending Submission', 'No review status')`);

  return {
    /**
     * Makes reminders of what has been true since `before` or earlier, or of deals that should be closed before a day
     * (`YYYY-MM-DD`), once in a review round. Answers how many are new.
     */
    async remind(
      catalog: Catalog,
      about: ReminderAbout,
      which: { readonly before: Date } | { readonly closesBefore: string },
      at: Date,
    ): Promise<number> {
      const rows = await standing(about)
        .where('opportunities.catalog', '=', catalog)
        .where((eb) =>
          'before' in which
            ? eb(began, '<=', which.before.toISOString())
            : eb('target_close_date', '<', which.closesBefore),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('outbox')
                .select('outbox.id')
                .whereRef('outbox.record_id', '=', 'opportunities.id')
                .where('outbox.kind', '=', 'reminder')
                .where('outbox.subject', '=', sql<string>`${`${about} `} || ${round}`),
            ),
          ),
        )
        .orderBy('began')
        .limit(AT_ONCE)
        .execute();
      if (rows.length === 0) return 0;
      const inserted = await db
        .insertInto('outbox')
        .values(
          rows.map((row) =>
            newMessage(
              newId(),
              { kind: 'reminder', recordId: row.id, subject: `${about} ${Number(row.round)}` },
              at,
            ),
          ),
        )
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      return inserted.length;
    },

    /** Since when it has been true in that review round; undefined: it isn't any more. */
    async reminderStands(
      recordId: string,
      about: ReminderAbout,
      reviewRound: number,
    ): Promise<Date | undefined> {
      const row = await standing(about)
        .where('opportunities.id', '=', recordId)
        .where(round, '=', reviewRound)
        .executeTakeFirst();
      return row === undefined ? undefined : new Date(row.began);
    },
  };
}
