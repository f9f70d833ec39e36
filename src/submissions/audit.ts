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
import { isDoubtful, requestedRow, STEPS, type State, type Submission, submissionOf } from './submission.ts';

/** A step of a submission, as its trail has it. */
export interface Happened extends Omit<RecordEvent<State>, 'recordId'> {
  /** What AWS showed of the opportunity meanwhile. */
  readonly review?: ReviewRead | undefined;
  /** Of a new record: when its message falls due; undefined: at once. */
  readonly tellAt?: Date | undefined;
}

/** Told of every change of a record once it is committed. */
export type OnChanged = (submission: Submission, event: Happened) => void;

/** What happened when a request was to be recorded, and the record that stands. */
export interface Recorded {
  readonly type: Recording;
  readonly submission: Submission;
}

export type Audit = ReturnType<typeof createAudit>;

/**
 * What goes with every change of a submission, in the change's own transaction: its trail, the opportunity's record, and
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

  /** Writes the step into the trail, with what it means for the opportunity, and makes it something to tell. */
  const changed = async (tx: Tx, submission: Submission, event: Happened): Promise<void> => {
    happened(tx, [submission, event]);
    const submissionId = submission.id;
    const { from, to, at, actor, requestId, review } = event;
    await appendRecordEvent(tx, 'submission_events', { ...event, recordId: submissionId });
    const isMove = from === null || STEPS[from].standing !== STEPS[to].standing;
    // The opportunity always before the messages: in one order, nobody waits for each other in a circle.
    if (isMove || review !== undefined) {
      // What is found submitted after a doubt is followed from before, though nobody is credited with it.
      const isDoubt = to === 'already_submitted' && isDoubtful({ state: from ?? to });
      const isNews = to === 'submitted' || isDoubt;
      await opportunities.requestMoved(tx, submission, { at, actor, requestId, review, isNews });
    } else if (to !== 'sending') {
      await noteHomeChanges(tx, newId(), submission, at);
    }
    if (from === null) {
      await tx
        .insertInto('outbox')
        .values(newMessage(newId(), { kind: 'submission', submissionId }, at, event.tellAt))
        .execute();
    } else if (to !== 'sending') {
      await retell(tx, { submissionIds: [submissionId] }, at);
    }
  };

  return {
    /** A transaction in which records change. */
    transaction,

    changed,

    /** There is something new to tell about these submissions, though they are where they were: due at once. */
    async retell(tx: Tx, submissionIds: readonly string[], at: Date): Promise<void> {
      if (submissionIds.length === 0) return;
      await retell(tx, { submissionIds }, at);
      await noteHomeChanges(tx, newId(), { submissionIds }, at);
    },

    /**
     * Makes a person's request a record: at most one a form, and at most one open one an opportunity, both by the
     * database's own indexes. `tellAt`: when its message falls due; undefined: at once.
     */
    async record(tx: Tx, form: Asked, choices: Choices, at: Date, tellAt?: Date): Promise<Recorded> {
      const { type, row } = await recordOnce(
        tx,
        'submissions',
        form,
        requestedRow(newId(), form, choices, at),
      );
      const submission = submissionOf(row);
      if (type === 'recorded') {
        const why = `${choices.involvementType}, ${choices.visibility}`;
        await changed(tx, submission, { at, actor: form.userId, from: null, to: 'requested', why, tellAt });
      }
      return { type, submission };
    },
  };
}
