import { type ExpressionBuilder, sql, type Transaction } from 'kysely';
import type { Database, Tables } from '../database/schema.ts';
import { isDecision, reviewStatus } from '../partner-central/review-status.ts';
import { noteHomeChanges } from './home/home-changes.ts';
import type { State, Submission } from './submission.ts';
import { newTelling } from './telling/tellings.ts';

export type Tx = Transaction<Tables>;

/** One row of the audit trail. */
export interface AuditEvent {
  readonly submissionId: string;
  readonly at: Date;
  /** A Slack user ID, `bot` or `aws`. */
  readonly actor: string;
  readonly from: State | null;
  readonly to: State;
  readonly fromReviewStatus?: string | undefined;
  readonly toReviewStatus?: string | undefined;
  /** Our own words or AWS's code; never a deal's details. */
  readonly why: string;
  readonly requestId?: string | undefined;
  /** For a new record: when its message falls due; at once where nothing is given. */
  readonly tellAt?: Date | undefined;
}

/** What happened to a submission, which the event doesn't repeat. */
export type Happened = Omit<AuditEvent, 'submissionId'>;

/** Told of every change of a record once it is committed. */
export type OnChanged = (submission: Submission, event: Happened) => void;

export type Audit = ReturnType<typeof createAudit>;

/** What goes with every change of a record, in the change's own transaction: the trail, and what is to be told. */
export function createAudit({
  db,
  newId,
  onChanged,
}: {
  db: Database;
  newId: () => string;
  onChanged: OnChanged;
}) {
  const uncommitted = new WeakMap<Tx, Parameters<OnChanged>[]>();

  /** There is something new to tell about the batches of these submissions: due once their messages may be edited again. */
  const retellBatches = async (tx: Tx, submissionIds: readonly string[], at: Date): Promise<void> => {
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
  };

  /** There is something new to tell about these submissions, and about their batches: due at once. */
  const retell = async (tx: Tx, submissionIds: readonly string[], at: Date): Promise<void> => {
    if (submissionIds.length === 0) return;
    const now = at.toISOString();
    await tx
      .updateTable('tellings')
      .set((eb) => ({
        revision: eb('revision', '+', 1),
        untold_since: untoldSince(eb, now),
        due_at: now,
        tries: 0,
      }))
      .where('submission_id', 'in', submissionIds)
      .where('kind', '=', 'message')
      .execute();
    // Always after the submissions' own: in one order, nobody waits for each other in a circle.
    await retellBatches(tx, submissionIds, at);
    await noteHomeChanges(tx, newId(), submissionIds, at);
  };

  /** From now on AWS may put people of its own on it. */
  const lookForTeam = async (tx: Tx, submissionId: string, approvedAt: Date): Promise<void> => {
    const at = approvedAt.toISOString();
    await tx
      .insertInto('teams')
      .values({ submission_id: submissionId, approved_at: at, due_at: at, assigned_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };

  return {
    retell,
    retellBatches,

    /** A transaction in which records change. */
    async transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
      const events: Parameters<OnChanged>[] = [];
      const result = await db.transaction().execute((tx) => {
        uncommitted.set(tx, events);
        return work(tx);
      });
      for (const event of events) onChanged(...event);
      return result;
    },

    /** Writes the event down and makes it something to tell: the message, and a decision in its thread. */
    async changed(tx: Tx, submission: Submission, event: Happened): Promise<void> {
      uncommitted.get(tx)?.push([submission, event]);
      const submissionId = submission.id;
      await tx
        .insertInto('submission_events')
        .values((eb) => ({
          submission_id: submissionId,
          // The record's row is locked or new in this transaction: nobody else counts at the same time.
          sequence: eb
            .selectFrom('submission_events')
            .select((of) => sql<number>`coalesce(${of.fn.max('sequence')}, 0) + 1`.as('next'))
            .where('submission_id', '=', submissionId),
          at: event.at.toISOString(),
          actor: event.actor,
          from_state: event.from,
          to_state: event.to,
          from_review_status: event.fromReviewStatus ?? null,
          to_review_status: event.toReviewStatus ?? null,
          why: event.why,
          request_id: event.requestId ?? null,
        }))
        .execute();
      if (event.from === null) {
        await noteHomeChanges(tx, newId(), [submissionId], event.at);
        await tx
          .insertInto('tellings')
          .values(newTelling(newId(), { kind: 'message', submissionId }, event.at, event.tellAt))
          .execute();
      } else if (event.to !== 'sending') {
        await retell(tx, [submissionId], event.at);
      }
      const { toReviewStatus } = event;
      // What was decided before we found it submitted is no news: the message says so.
      const news = event.to === 'submitted' || (event.to === 'already_submitted' && event.from === event.to);
      if (
        news &&
        toReviewStatus !== undefined &&
        toReviewStatus !== event.fromReviewStatus &&
        isDecision(reviewStatus(toReviewStatus).status)
      ) {
        await tx
          .insertInto('tellings')
          .values(
            newTelling(newId(), { kind: 'decision', submissionId, reviewStatus: toReviewStatus }, event.at),
          )
          .execute();
        if (reviewStatus(toReviewStatus).status === 'Approved') await lookForTeam(tx, submissionId, event.at);
      }
    },
  };
}

/** News that comes before the earlier news was told leaves it as old as that is. */
export const untoldSince = (eb: ExpressionBuilder<Tables, 'tellings'>, now: string) =>
  eb.case().when('told_revision', '=', eb.ref('revision')).then(now).else(eb.ref('untold_since')).end();
