import { type ExpressionBuilder, type Insertable, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Tables, TellingTable, Tx } from '../database/schema.ts';

/** What people are reminded of: AWS hasn't decided, nothing was sent back to AWS, or the deal should be closed by now. */
export const REMINDERS = ['waiting', 'action-required', 'close-date'] as const;
export type ReminderAbout = (typeof REMINDERS)[number];

/**
 * What there is to tell. Of a submission, and of a batch: its one message, kept up to date; those of a batch's
 * submissions stand in the thread of its own. Of an edit: what came of it, for whoever saved it. Of an opportunity
 * (`recordId`: its row's), once each, in the thread of the message that is about it.
 */
export type TellingContent =
  | { readonly kind: 'message'; readonly submissionId: string }
  /** The one message of an opportunity that was submitted elsewhere and taken on here, kept up to date. */
  | { readonly kind: 'taken-on'; readonly recordId: string }
  /** AWS's decision, by the number of its step in the trail. */
  | { readonly kind: 'decision'; readonly recordId: string; readonly step: number }
  /** The same in the channel for what was submitted elsewhere, where nobody here works on it. */
  | { readonly kind: 'elsewhere'; readonly recordId: string; readonly step: number }
  | { readonly kind: 'sent-back'; readonly recordId: string; readonly editId: string }
  | { readonly kind: 'edit'; readonly editId: string }
  | { readonly kind: 'batch'; readonly batchId: string }
  /** AWS has put people of its own on it. */
  | { readonly kind: 'team'; readonly recordId: string }
  /** `turn`: the step of AWS's review with which it began to be so. */
  | {
      readonly kind: 'reminder';
      readonly recordId: string;
      readonly about: ReminderAbout;
      readonly turn: number;
    }
  /** Where everything stands: once for this day (`YYYY-MM-DD`). */
  | { readonly kind: 'digest'; readonly day: string };
export type TellingKind = TellingContent['kind'];

/** The kinds this version can tell; what a newer one beside it wrote is left to that one. */
export const KINDS = [
  'message',
  'taken-on',
  'decision',
  'sent-back',
  'edit',
  'batch',
  'team',
  'elsewhere',
  'reminder',
  'digest',
] as const satisfies readonly TellingKind[];

/** The columns of a telling's row that say what it is about. */
function keyOf(
  content: TellingContent,
): Pick<Insertable<TellingTable>, 'submission_id' | 'record_id' | 'subject'> {
  // Of an opportunity never null: the index that lets each be told once sees no two nulls as the same.
  const of = (record_id: string, subject: string) => ({ submission_id: null, record_id, subject });
  switch (content.kind) {
    case 'message':
      return { submission_id: content.submissionId, record_id: null, subject: null };
    case 'taken-on':
    case 'team':
      return of(content.recordId, '');
    case 'decision':
    case 'elsewhere':
      return of(content.recordId, String(content.step));
    case 'reminder':
      return of(content.recordId, `${content.about} ${content.turn}`);
    case 'sent-back':
      return of(content.recordId, content.editId);
    case 'digest':
      return { submission_id: null, record_id: null, subject: content.day };
    case 'edit':
      return { submission_id: null, record_id: null, subject: content.editId };
    case 'batch':
      return { submission_id: null, record_id: null, subject: content.batchId };
  }
}

const reminderAbout = z.enum(REMINDERS);

/**
 * What a telling's row is about.
 *
 * @throws Error where it is of a kind that this version doesn't know.
 */
export function contentOf(row: Selectable<TellingTable>): TellingContent {
  const { kind } = row;
  const subject = row.subject ?? '';
  const recordId = row.record_id ?? '';
  switch (kind) {
    case 'message':
      return { kind, submissionId: row.submission_id ?? '' };
    case 'taken-on':
    case 'team':
      return { kind, recordId };
    case 'decision':
    case 'elsewhere':
      return { kind, recordId, step: Number(subject) };
    case 'reminder': {
      const [about, turn] = subject.split(' ');
      return { kind, recordId, about: reminderAbout.parse(about), turn: Number(turn) };
    }
    case 'sent-back':
      return { kind, recordId, editId: subject };
    case 'digest':
      return { kind, day: subject };
    case 'edit':
      return { kind, editId: subject };
    case 'batch':
      return { kind, batchId: subject };
    default:
      throw new Error(`There is no telling of the kind ${kind}.`);
  }
}

/** A telling that nobody has been told yet, due at `dueAt`; `content` decides its place among the others. */
export function newTelling(
  id: string,
  content: TellingContent,
  at: Date,
  dueAt: Date = at,
): Insertable<TellingTable> {
  return {
    id,
    ...keyOf(content),
    kind: content.kind,
    created_at: at.toISOString(),
    revision: 1,
    told_revision: 0,
    untold_since: at.toISOString(),
    due_at: dueAt.toISOString(),
    tries: 0,
    response_url_uses: 0,
  };
}

/** Makes something to tell that is told once only, whoever makes it how often. */
export async function tellOnce(tx: Tx, id: string, content: TellingContent, at: Date): Promise<void> {
  await tx
    .insertInto('tellings')
    .values(newTelling(id, content, at))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** News that comes before the earlier news was told leaves it as old as that is. */
export const untoldSince = (eb: ExpressionBuilder<Tables, 'tellings'>, now: string) =>
  eb.case().when('told_revision', '=', eb.ref('revision')).then(now).else(eb.ref('untold_since')).end();

/** There is something new to tell in these messages, and in those of their batches: due at once. */
export async function retell(
  tx: Tx,
  which: { readonly submissionIds: readonly string[] } | { readonly takenOn: string },
  at: Date,
): Promise<void> {
  const now = at.toISOString();
  await tx
    .updateTable('tellings')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      untold_since: untoldSince(eb, now),
      due_at: now,
      tries: 0,
    }))
    .where((eb) =>
      'takenOn' in which
        ? eb.and({ kind: 'taken-on', record_id: which.takenOn })
        : eb('kind', '=', 'message').and('submission_id', 'in', which.submissionIds),
    )
    .execute();
  // Always after the submissions' own: in one order, nobody waits for each other in a circle.
  if ('submissionIds' in which) await retellBatches(tx, which.submissionIds, at);
}

/** There is something new to tell about the batches of these submissions: due once their messages may be edited again. */
export async function retellBatches(tx: Tx, submissionIds: readonly string[], at: Date): Promise<void> {
  const now = at.toISOString();
  await tx
    .updateTable('tellings')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      untold_since: untoldSince(eb, now),
      due_at: eb.case().when('due_at', '>', now).then(eb.ref('due_at')).else(now).end(),
    }))
    .where('kind', '=', 'batch')
    .where('submission_id', 'is', null)
    .where('subject', 'in', (eb) =>
      eb
        .selectFrom('submissions')
        .select((of) => of.ref('batch_id').$notNull().as('batch_id'))
        .where('id', 'in', submissionIds)
        .where('batch_id', 'is not', null),
    )
    .execute();
}

/** A tab counts as open for a day after it was opened (milliseconds): Slack doesn't say when somebody leaves it. */
export const OPEN_FOR_MS = 24 * 60 * 60 * 1000;
/** Tabs opened before this moment, an ISO 8601 text, are open no more. */
export const openSince = (at: Date): string => new Date(at.getTime() - OPEN_FOR_MS).toISOString();

/**
 * Goes with every change of what is known of opportunities, in its transaction: somebody's home tab may show them. Writes
 * nothing where no tab is open, and only ever adds rows, so that whoever changes a record waits for nobody. `id` is new.
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
          exists(selectFrom('homes').select('user_id').where('opened_at', '>=', openSince(at))),
        ),
    )
    .execute();
}

/** What people are reminded of, and after how many days; nothing where it isn't set. */
export interface ReminderSettings {
  readonly waitingDays: number | undefined;
  readonly actionRequiredDays: number | undefined;
  readonly closeDate: boolean;
}
