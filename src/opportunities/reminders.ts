import { type RawBuilder, sql } from 'kysely';
import type { Catalog } from '../aws/terms.ts';
import type { Database } from '../database/schema.ts';
import { newMessage, type ReminderAbout } from '../messages/outbox.ts';

/** Reminders in one round; the next round has the rest. */
const AT_ONCE = 200;

/** When a reminder stands. AWS's statuses are kept in one spelling. */
const STANDS: Readonly<Record<ReminderAbout, RawBuilder<boolean>>> = {
  waiting: sql`part = 'waiting'`,
  'action-required': sql`review_status = 'Action Required'`,
  // Of a National Security deal it would tell a channel something of its dates.
  'close-date': sql`part in ('waiting', 'needs') and opportunities.national_security = 0`,
};

/**
 * The step with which the present turn began: AWS got it, sent it back, or got it back. Steps within a turn (Submitted,
 * In review) don't begin a new one.
 */
const turnBegan = sql<number>`(select max(turn.sequence) from opportunity_events turn
  where turn.record_id = opportunities.id and turn.what = 'review' and (
    turn.from_review_status is null
    or turn.from_review_status in ('Pending Submission', 'Approved', 'Rejected', 'Action Required', 'No review status')
    or turn.to_review_status = 'Action Required'))`;
const turn = sql<number>`coalesce(began.sequence, 0)`;
/** Since when; before AWS's review was read at all: since it was submitted. */
const began = sql<string>`coalesce(began.at, submissions.changed_at, owned_at)`;

/** The queries of reminders. A reminder is one a turn, by the database's own index. */
export function createReminders({ db, newId }: { db: Database; newId: () => string }) {
  /** Somebody's opportunities that AWS has and of which this is true, each with its present turn. */
  const standing = (about: ReminderAbout) =>
    db
      .selectFrom('opportunities')
      .leftJoin('submissions', 'submissions.id', 'submission_id')
      .leftJoin('opportunity_events as began', (join) =>
        join.onRef('began.record_id', '=', 'opportunities.id').on('began.sequence', '=', turnBegan),
      )
      .select(['opportunities.id', turn.as('turn'), began.as('began')])
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
     * (`YYYY-MM-DD`), once in a turn. Answers how many are new.
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
                .where('outbox.subject', '=', sql<string>`${`${about} `} || ${turn}`),
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
              { kind: 'reminder', recordId: row.id, subject: `${about} ${Number(row.turn)}` },
              at,
            ),
          ),
        )
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      return inserted.length;
    },

    /** Since when it has been true in that turn; undefined: it isn't any more. */
    async reminderStands(recordId: string, about: ReminderAbout, inTurn: number): Promise<Date | undefined> {
      const row = await standing(about)
        .where('opportunities.id', '=', recordId)
        .where(turn, '=', inTurn)
        .executeTakeFirst();
      return row === undefined ? undefined : new Date(row.began);
    },
  };
}
