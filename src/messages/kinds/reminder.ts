import { type RawBuilder, sql } from 'kysely';
import { reviewStatus } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { DAY_MS, fromNow } from '../../clock.ts';
import type { Decision } from '../../submissions/explain.ts';
import { actionRequired, hasGoneOn } from '../../submissions/outcomes.ts';
import type { Entry } from '../../submissions/submission.ts';
import type { ScheduledJob } from '../../worker/scheduled-jobs.ts';
import { newMessage, REMINDERS, type ReminderAbout } from '../outbox.ts';
import { type Decided, decisionMessage } from './decision.ts';
import { inThreadOf, kind, loggedOf } from './kind.ts';

/** Milliseconds between two rounds. */
const REMIND_EVERY_MS = 60 * 60 * 1000;

/** A reminder, in the thread of the one message, while it is still true; then it asks for nothing any more. */
export const reminder = kind<Decided, Decided>({
  async audience({ store, database, clock }, { recordId, subject, place }) {
    const [name, round] = subject.split(' ');
    const about = REMINDERS.find((each) => each === name);
    if (about === undefined) throw new Error(`There is no reminder of the kind ${name}.`);
    const submission = await store.hearerOf(recordId);
    const since = await reminderStands(database, { recordId, about, round: Number(round) });
    if (submission === undefined || (since === undefined && place === undefined)) return undefined;
    const days = since && Math.floor((clock.now().getTime() - since.getTime()) / DAY_MS);
    return {
      about: { submission, decision: explainReminder(about, submission, days) },
      to: inThreadOf(submission, submission.userId),
    };
  },
  load: async (_, about) => about,
  render: decisionMessage,
  logged: ({ submission }) => loggedOf(submission),
});

export const HEADLINES: Readonly<Record<ReminderAbout, string>> = {
  waiting: 'Still waiting for AWS',
  'action-required': 'Action is still required',
  'close-date': 'Its target close date has passed',
};

/** What a reminder says. `days`: for how long it has been so; undefined: it isn't any more, and asks for nothing. */
export function explainReminder(
  about: ReminderAbout,
  submission: Pick<Entry, 'reviewStatus'>,
  days: number | undefined,
): Decision {
  if (days === undefined) {
    const sign = about === 'action-required' ? 'sent-back' : 'pending';
    return { sign, headline: HEADLINES[about], known: hasGoneOn, next: '', nextSteps: [] };
  }
  const isSentBack = reviewStatus(submission.reviewStatus).status === 'Action Required';
  const headline = HEADLINES[about];
  const forDays = days === 1 ? 'a day' : `${days} days`;
  switch (about) {
    case 'waiting':
      return {
        sign: 'pending',
        headline,
        known: `AWS has had it for ${forDays} and hasn't decided.`,
        next: 'Your AWS contact may know more.',
        nextSteps: ['check-status'],
      };
    case 'action-required':
      return {
        sign: 'sent-back',
        headline,
        known: `AWS sent it back ${forDays} ago and waits for changes.`,
        next: actionRequired.next,
        nextSteps: isSentBack ? ['fix'] : [],
      };
    case 'close-date':
      return isSentBack
        ? {
            sign: 'sent-back',
            headline,
            known: "AWS hasn't got the changes it asked for.",
            next: 'Give it a new date with the changes.',
            nextSteps: ['fix'],
          }
        : {
            sign: 'pending',
            headline,
            known: "AWS hasn't decided.",
            next: "While AWS reviews it the date can't be changed.",
            nextSteps: [],
          };
  }
}

/**
 * Makes the reminders: of what AWS hasn't decided, what nobody has sent back to AWS, and what should be closed by now and
 * isn't decided. Each is made once: a restart, a second replica or a clock that jumps finds it in the database. Nothing
 * where no setting asks for it.
 */
export function reminderJob(
  bot: Pick<Bot, 'database' | 'newId' | 'clock' | 'catalog' | 'config' | 'wake'>,
): readonly ScheduledJob[] {
  const { clock, config, wake } = bot;
  const { waitingDays, actionRequiredDays, closeDate } = config.reminders;
  if (waitingDays === undefined && actionRequiredDays === undefined && !closeDate) return [];
  return [
    {
      name: 'remind',
      run: async ({ at }) => {
        const since = (days: number) => ({ before: new Date(at.getTime() - days * DAY_MS) });
        let made = 0;
        if (waitingDays !== undefined) made += await remind(bot, 'waiting', since(waitingDays), at);
        if (actionRequiredDays !== undefined) {
          made += await remind(bot, 'action-required', since(actionRequiredDays), at);
        }
        if (closeDate) {
          made += await remind(bot, 'close-date', { closesBefore: at.toISOString().slice(0, 10) }, at);
        }
        if (made > 0) wake();
        return { succeeded: true, againAt: fromNow(clock, REMIND_EVERY_MS) };
      },
    },
  ];
}

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
const reviewRound = sql<number>`coalesce(began.sequence, 0)`;
/** Since when; before AWS's review was read at all: since it was submitted. */
const began = sql<string>`coalesce(began.at, submissions.changed_at, owned_at)`;

/** Somebody's opportunities that AWS has and of which this is true, each with its present review round. */
const remindable = ({ db }: Bot['database'], about: ReminderAbout) =>
  db
    .selectFrom('opportunities')
    .leftJoin('submissions', 'submissions.id', 'submission_id')
    .leftJoin('opportunity_events as began', (join) =>
      join.onRef('began.record_id', '=', 'opportunities.id').on('began.sequence', '=', roundBegan),
    )
    .select(['opportunities.id', reviewRound.as('round'), began.as('began')])
    .where((eb) =>
      eb.or([
        eb('submissions.state', 'in', ['submitted', 'already_submitted']),
        eb('submissions.id', 'is', null).and('owner_user_id', 'is not', null),
      ]),
    )
    .where(STANDS[about])
    .where(sql<boolean>`coalesce(review_status, '') not in ('Pending Submission', 'No review status')`);

/**
 * Makes reminders of what has been true since `before` or earlier, or of deals that should be closed before a day
 * (`YYYY-MM-DD`), once in a review round by the database's own index. Answers how many are new.
 */
export async function remind(
  bot: Pick<Bot, 'database' | 'newId' | 'catalog'>,
  about: ReminderAbout,
  which: { readonly before: Date } | { readonly closesBefore: string },
  at: Date,
): Promise<number> {
  const rows = await remindable(bot.database, about)
    .where('opportunities.catalog', '=', bot.catalog)
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
            .where('outbox.subject', '=', sql<string>`${`${about} `} || ${reviewRound}`),
        ),
      ),
    )
    .orderBy('began')
    .limit(AT_ONCE)
    .execute();
  if (rows.length === 0) return 0;
  const messages = rows.map(({ id, round }) =>
    newMessage(bot.newId(), { kind: 'reminder', recordId: id, subject: `${about} ${Number(round)}` }, at),
  );
  const inserted = await bot.database.db
    .insertInto('outbox')
    .values(messages)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return inserted.length;
}

/** Since when it has been true in that review round; undefined: it isn't any more. */
export async function reminderStands(
  database: Bot['database'],
  { recordId, about, round }: { recordId: string; about: ReminderAbout; round: number },
): Promise<Date | undefined> {
  const row = await remindable(database, about)
    .where('opportunities.id', '=', recordId)
    .where(reviewRound, '=', round)
    .executeTakeFirst();
  return row && new Date(row.began);
}
