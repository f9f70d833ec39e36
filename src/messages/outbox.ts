import { type ExpressionBuilder, type Insertable, sql } from 'kysely';
import type { Database, OutboxTable, Tables, Tx } from '../database/schema.ts';

/** The kinds of messages. `kinds/` has what they say; the home tab has `home/`. */
export const KINDS = [
  'submission',
  'taken-on',
  'decision',
  'reason',
  'sent-back',
  'edit',
  'batch',
  'team',
  'elsewhere',
  'reminder',
  'digest',
  'home',
] as const;
export type KindName = (typeof KINDS)[number];

/** What people are reminded of: AWS hasn't decided, nothing was sent back to AWS, or the deal should be closed by now. */
export const REMINDERS = ['waiting', 'action-required', 'close-date'] as const;
export type ReminderAbout = (typeof REMINDERS)[number];

/** What a message is about. There is one message of each key. `recordId`: the ID of an opportunity's row. */
export type Key =
  | { readonly kind: 'submission'; readonly submissionId: string }
  | { readonly kind: 'taken-on' | 'team'; readonly recordId: string }
  /** `subject`: which of AWS's steps in the opportunity's trail, by its number. */
  | {
      readonly kind: 'decision' | 'reason' | 'elsewhere';
      readonly recordId: string;
      readonly subject: `${number}`;
    }
  /** `subject`: the edit's ID. */
  | { readonly kind: 'sent-back'; readonly recordId: string; readonly subject: string }
  /** `subject`: what is reminded of, and the step of AWS's review with which that began. */
  | {
      readonly kind: 'reminder';
      readonly recordId: string;
      readonly subject: `${ReminderAbout} ${number}`;
    }
  /** `subject`: the ID of the edit, the batch or the home tab; of a digest its day (`YYYY-MM-DD`). */
  | { readonly kind: 'edit' | 'batch' | 'digest' | 'home'; readonly subject: string };

/** The columns that hold a key. */
export function columnsOf(
  key: Key,
): Required<Pick<Insertable<OutboxTable>, 'kind' | 'submission_id' | 'record_id' | 'subject'>> {
  const recordId = 'recordId' in key ? key.recordId : null;
  return {
    kind: key.kind,
    submission_id: 'submissionId' in key ? key.submissionId : null,
    record_id: recordId,
    // Never null where there is an opportunity: to the index that lets each be told once, no two nulls are the same.
    subject: 'subject' in key ? key.subject : recordId === null ? null : '',
  };
}

/** A message that nobody has been told yet, due at `dueAt`. */
export function newMessage(id: string, key: Key, at: Date, dueAt: Date = at): Insertable<OutboxTable> {
  return {
    id,
    ...columnsOf(key),
    created_at: at.toISOString(),
    revision: 1,
    told_revision: 0,
    untold_since: at.toISOString(),
    due_at: dueAt.toISOString(),
    tries: 0,
    response_url_uses: 0,
  };
}

/** Makes a message that is told once only, however often it is made. True: this was the first time. */
export async function tellOnce(on: Database, id: string, key: Key, at: Date): Promise<boolean> {
  const row = await on
    .insertInto('outbox')
    .values(newMessage(id, key, at))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** When a message with something new to show is due: now, but not before it has rested, nor while Slack has it wait. */
export const afterRest = (eb: ExpressionBuilder<Tables, 'outbox'>, now: string) =>
  eb
    .case()
    .when(eb('due_at', '<=', now).or(eb('tries', '>', 0)))
    .then(eb.ref('due_at'))
    .when('rest_until', '>', now)
    .then(eb.ref('rest_until'))
    .else(now)
    .end();

/** There is something new to show; where earlier news waits still, it is untold since that. */
const withNews = (eb: ExpressionBuilder<Tables, 'outbox'>, now: string) => ({
  revision: eb('revision', '+', 1),
  untold_since: eb
    .case()
    .when('told_revision', '=', eb.ref('revision'))
    .then(now)
    .else(eb.ref('untold_since'))
    .end(),
});

/** Messages of a kind whose key is their subject alone, as `outbox_one_about` has them: else the whole outbox is read. */
export const keyedBySubject = (eb: ExpressionBuilder<Tables, 'outbox'>, kind: 'edit' | 'batch' | 'home') =>
  eb('kind', '=', kind).and('submission_id', 'is', null).and('record_id', 'is', null);

/** Makes these messages due at once, and those of their batches: there is something new to tell. */
export async function retell(
  tx: Tx,
  which:
    | { readonly submissionIds: readonly string[] }
    | { readonly takenOn: string }
    /** What was told once of this opportunity's review, and asked for something: perhaps it doesn't any more. */
    | { readonly saidOf: string }
    /** `ifTold`: only where somebody has been told already. */
    | { readonly edit: string; readonly ifTold?: boolean },
  at: Date,
): Promise<void> {
  const now = at.toISOString();
  await tx
    .updateTable('outbox')
    .set((eb) => ({
      ...withNews(eb, now),
      due_at: now,
      tries: 0,
      // Why the last try failed isn't why it stands where it does.
      last_error: eb.case().when('tries', '=', 0).then(eb.ref('last_error')).else(null).end(),
    }))
    .where((eb) => {
      if ('takenOn' in which) return eb.and({ kind: 'taken-on', record_id: which.takenOn });
      if ('saidOf' in which) {
        return eb('kind', 'in', ['decision', 'elsewhere', 'reminder'])
          .and('told_via', 'is not', null)
          .and('record_id', '=', which.saidOf);
      }
      if ('edit' in which) {
        const its = keyedBySubject(eb, 'edit').and('subject', '=', which.edit);
        return which.ifTold === true ? its.and('told_via', 'is not', null) : its;
      }
      return eb('kind', '=', 'submission').and('submission_id', 'in', which.submissionIds);
    })
    .execute();
  // Always after the submissions' own: where all lock in one order, nobody waits in a circle.
  if ('submissionIds' in which) await retellBatches(tx, which, at);
}

/**
 * Makes the messages of batches due, once they may be edited again: those of these submissions, or those that these
 * opportunities are or were in, which were submitted (again).
 */
export async function retellBatches(
  tx: Tx,
  of:
    | { readonly submissionIds: readonly string[] }
    | { readonly catalog: string; readonly opportunityIds: readonly string[] },
  at: Date,
): Promise<void> {
  const now = at.toISOString();
  await tx
    .updateTable('outbox')
    .set((eb) => ({ ...withNews(eb, now), due_at: afterRest(eb, now) }))
    .where((eb) => keyedBySubject(eb, 'batch'))
    .where('subject', 'in', (eb) =>
      eb
        .selectFrom('submissions')
        .select((from) => from.ref('batch_id').$notNull().as('batch_id'))
        .where('batch_id', 'is not', null)
        .where((where) =>
          'submissionIds' in of
            ? where('id', 'in', of.submissionIds)
            : where('catalog', '=', of.catalog).and('opportunity_id', 'in', of.opportunityIds),
        ),
    )
    .execute();
}

/** Milliseconds for which a home tab counts as open: Slack doesn't say when somebody leaves it. */
export const OPEN_FOR_MS = 24 * 60 * 60 * 1000;
/** Tabs that were opened before this moment, an ISO 8601 text, don't count as open any more. */
export const openSince = (at: Date): string => new Date(at.getTime() - OPEN_FOR_MS).toISOString();

/**
 * Notes that what is known of opportunities has changed, in the transaction of that change: somebody's home tab may show
 * them. Writes nothing where no tab is open, and only ever adds rows, so that whoever changes a record waits for nobody.
 * `id` is new.
 */
export async function noteHomeChanges(
  tx: Tx,
  id: string,
  of:
    | { readonly catalog: string; readonly opportunityId: string }
    | { readonly submissionIds: readonly string[] },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('home_changes')
    .columns(['id', 'record_id'])
    .expression((eb) =>
      eb
        .selectFrom('opportunities')
        .select((from) => [
          sql<string>`${`${id} `} || ${from.ref('id')}`.as('id'),
          from.ref('id').as('record_id'),
        ])
        .where((where) =>
          'submissionIds' in of
            ? where.exists(
                where
                  .selectFrom('submissions')
                  .select('id')
                  .whereRef('submissions.catalog', '=', 'opportunities.catalog')
                  .whereRef('submissions.opportunity_id', '=', 'opportunities.opportunity_id')
                  .where('submissions.id', 'in', of.submissionIds),
              )
            : where.and({ catalog: of.catalog, opportunity_id: of.opportunityId }),
        )
        .where(({ exists, selectFrom }) =>
          exists(selectFrom('home_tabs').select('user_id').where('opened_at', '>=', openSince(at))),
        ),
    )
    .execute();
}
