import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import { isSuperseded } from '../superseded.ts';
import { newTelling } from '../telling/tellings.ts';
import type { ReminderAbout } from './reminder.ts';

/** Reminders in one round; the next round has the rest. */
const AT_ONCE = 200;

/** `ReviewStatus` as `reviewStatus` compares it: AWS writes a status in several ways. */
const comparable = (column: string): RawBuilder<string> =>
  sql`lower(replace(replace(coalesce(${sql.ref(column)}, ''), '-', ''), ' ', ''))`;

const STANDS: Readonly<Record<ReminderAbout, RawBuilder<boolean>>> = {
  waiting: sql`${comparable('submissions.review_status')} not in
    ('approved', 'rejected', 'actionrequired', 'pendingsubmission', 'noreviewstatus')`,
  'action-required': sql`${comparable('submissions.review_status')} = 'actionrequired'`,
  // Of a National Security deal it would tell a channel something of its dates.
  'close-date': sql`${comparable('submissions.review_status')} not in
    ('approved', 'rejected', 'pendingsubmission', 'noreviewstatus') and submissions.national_security = 0`,
};

/**
 * The event with which the present turn began: AWS got it, sent it back, or got it back. Steps within a turn
 * (Submitted, In review) don't begin a new one.
 */
const turnBegan = sql<number>`(select max(turn.sequence) from submission_events turn
  where turn.submission_id = submissions.id and (
    turn.from_state is null or turn.from_state <> turn.to_state
    or ${comparable('turn.from_review_status')} in ('approved', 'rejected', 'actionrequired')
    or ${comparable('turn.to_review_status')} = 'actionrequired'))`;

/** The queries of reminders. A reminder is one a turn, by the database's own index. */
export function createReminders({ db, newId }: { db: Database; newId: () => string }) {
  /** Submissions that AWS has and of which this is true, each with its present turn. */
  const standing = (about: ReminderAbout) =>
    db
      .selectFrom('submissions')
      .innerJoin('submission_events as began', (join) =>
        join.onRef('began.submission_id', '=', 'submissions.id').on('began.sequence', '=', turnBegan),
      )
      .select(['submissions.id', 'began.sequence', 'began.at'])
      .where('submissions.state', 'in', ['submitted', 'already_submitted'])
      .where(STANDS[about])
      .where(({ not }) => not(isSuperseded('submissions')));

  return {
    /**
     * Makes reminders of what is true since `before` at the latest, or of these opportunities. Answers how many are
     * new: what was reminded of in the same turn isn't again.
     */
    async remind(
      catalog: Catalog,
      about: ReminderAbout,
      which: { readonly before: Date } | { readonly opportunityIds: readonly string[] },
      at: Date,
    ): Promise<number> {
      if ('opportunityIds' in which && which.opportunityIds.length === 0) return 0;
      const rows = await standing(about)
        .where('submissions.catalog', '=', catalog)
        .where((eb) =>
          'before' in which
            ? eb('began.at', '<=', which.before.toISOString())
            : eb('submissions.opportunity_id', 'in', which.opportunityIds),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('tellings')
                .select('tellings.id')
                .whereRef('tellings.submission_id', '=', 'submissions.id')
                .where('tellings.kind', '=', 'reminder')
                .where('tellings.subject', '=', sql<string>`${`${about} `} || began.sequence`),
            ),
          ),
        )
        .orderBy('began.at')
        .limit(AT_ONCE)
        .execute();
      if (rows.length === 0) return 0;
      const inserted = await db
        .insertInto('tellings')
        .values(
          rows.map(({ id, sequence }) =>
            newTelling(newId(), { kind: 'reminder', submissionId: id, about, turn: sequence }, at),
          ),
        )
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      return inserted.length;
    },

    /** Since when it has been true in that turn; undefined: it isn't any more. */
    async reminderStands(
      submissionId: string,
      about: ReminderAbout,
      turn: number,
    ): Promise<Date | undefined> {
      const row = await standing(about)
        .where('submissions.id', '=', submissionId)
        .where('began.sequence', '=', turn)
        .executeTakeFirst();
      return row === undefined ? undefined : new Date(row.at);
    },
  };
}
