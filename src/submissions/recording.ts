import { type Recording, recordOnce } from '../attempts/record.ts';
import type { Tx } from '../database/schema.ts';
import type { Choices, ShownForm } from '../forms/form.ts';
import type { Audit } from './audit.ts';
import { requestedRow, submissionOf } from './rows.ts';
import type { Submission } from './submission.ts';

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
  return async (tx: Tx, form: ShownForm, choices: Choices, at: Date, tellAt?: Date): Promise<Recorded> => {
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
