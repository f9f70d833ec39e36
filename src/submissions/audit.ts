import {
  appendRecordEvent,
  createCommitted,
  type RecordEvent,
  type Recording,
  recordOnce,
} from '../attempts/record.ts';
import type { Database, Tx } from '../database/schema.ts';
import type { Asked, Choices } from '../forms/form.ts';
import { newMessage, noteHomeChanges, retell } from '../messages/outbox.ts';
import type { Opportunities } from '../opportunities/opportunities.ts';
import type { ReviewRead } from '../opportunities/opportunity.ts';
import { requestedRow, STANDINGS, submissionOf } from './rows.ts';
import { isDoubtful, type State, type Submission } from './submission.ts';

/** What happened to a submission, which the event doesn't repeat. */
export interface Happened extends Omit<RecordEvent<State>, 'recordId'> {
  /** What AWS showed of the opportunity meanwhile. */
  readonly review?: ReviewRead | undefined;
  /** For a new record: when its message falls due; at once where nothing is given. */
  readonly tellAt?: Date | undefined;
}

/** Told of every change of a record once it is committed. */
export type OnChanged = (submission: Submission, event: Happened) => void;

export type Audit = ReturnType<typeof createAudit>;

/**
 * What goes with every change of a record, in the change's own transaction: the trail, the opportunity's own record, and
 * what is to be told.
 */
export function createAudit({
  db,
  opportunities,
  newId,
  onChanged,
}: {
  db: Database;
  opportunities: Pick<Opportunities, 'requestMoved'>;
  newId: () => string;
  onChanged: OnChanged;
}) {
  const { transaction, happened } = createCommitted<Parameters<OnChanged>>(
    (work) => db.transaction().execute(work),
    (changed) => onChanged(...changed),
  );

  return {
    /** There is something new to tell about these submissions, though they are where they were: due at once. */
    async retell(tx: Tx, submissionIds: readonly string[], at: Date): Promise<void> {
      if (submissionIds.length === 0) return;
      await retell(tx, { submissionIds }, at);
      await noteHomeChanges(tx, newId(), { submissionIds }, at);
    },

    /** A transaction in which records change. */
    transaction,

    /** Writes the event down, with what it means for the opportunity, and makes it something to tell. */
    async changed(tx: Tx, submission: Submission, event: Happened): Promise<void> {
      happened(tx, [submission, event]);
      const submissionId = submission.id;
      await appendRecordEvent(tx, 'submission_events', { ...event, recordId: submissionId });
      const isMove = event.from === null || STANDINGS[event.from] !== STANDINGS[event.to];
      // Always before the messages: in one order, nobody waits for each other in a circle.
      if (isMove || event.review !== undefined) {
        const { at, actor, requestId, review } = event;
        // What is found submitted after a doubt is followed from before, though nobody is credited with it.
        const isDoubt = event.to === 'already_submitted' && isDoubtful({ state: event.from ?? event.to });
        const isNews = event.to === 'submitted' || isDoubt;
        await opportunities.requestMoved(tx, submission, { at, actor, requestId, review, isNews });
      } else if (event.to !== 'sending') {
        await noteHomeChanges(tx, newId(), submission, event.at);
      }
      if (event.from === null) {
        await tx
          .insertInto('outbox')
          .values(newMessage(newId(), { kind: 'submission', submissionId }, event.at, event.tellAt))
          .execute();
      } else if (event.to !== 'sending') {
        await retell(tx, { submissionIds: [submissionId] }, event.at);
      }
    },
  };
}

/** What happened when a request was to be recorded, and the record that stands. */
export interface Recorded {
  readonly type: Recording;
  readonly submission: Submission;
}

export type RecordRequest = ReturnType<typeof createRecording>;

/** How a person's request becomes a record, in a transaction that may hold several. */
export function createRecording({ audit, newId }: { audit: Audit; newId: () => string }) {
  /**
   * At most one record a form, and at most one open record an opportunity, both by the database's own indexes.
   * `tellAt`: when its message falls due, if that isn't at once.
   */
  return async (tx: Tx, form: Asked, choices: Choices, at: Date, tellAt?: Date): Promise<Recorded> => {
    const { type, row } = await recordOnce(tx, 'submissions', form, () =>
      tx
        .insertInto('submissions')
        .values(requestedRow(newId(), form, choices, at))
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst(),
    );
    const submission = submissionOf(row);
    if (type === 'recorded') {
      await audit.changed(tx, submission, {
        at,
        actor: form.userId,
        from: null,
        to: 'requested',
        why: `${choices.involvementType}, ${choices.visibility}`,
        tellAt,
      });
    }
    return { type, submission };
  };
}
