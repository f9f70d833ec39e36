import { OPEN_STATES } from '../attempts/sendable.ts';
import type { Tx } from '../database/schema.ts';
import type { Choices, ShownForm } from '../forms/form.ts';
import type { Audit } from './audit.ts';
import { requestedRow, submissionOf } from './rows.ts';
import type { Submission } from './submission.ts';

/** What happened when a request was to be recorded. */
export type Recorded =
  | { readonly type: 'recorded'; readonly submission: Submission }
  /** This form was sent before: the same record, the same answer. */
  | { readonly type: 'again'; readonly submission: Submission }
  /** The opportunity is already on its way by another form, perhaps another person's. */
  | { readonly type: 'open'; readonly submission: Submission };

export type Recording = ReturnType<typeof createRecording>;

/** How a person's request becomes a record, in a transaction that may hold several. */
export function createRecording({ audit, newId }: { audit: Audit; newId: () => string }) {
  /**
   * At most one record a form, and at most one open record an opportunity, both by the database's own indexes.
   * `tellAt`: when its message falls due, if that isn't at once.
   */
  return async (tx: Tx, form: ShownForm, choices: Choices, at: Date, tellAt?: Date): Promise<Recorded> => {
    const row = requestedRow(newId(), form, choices, at);
    for (;;) {
      const inserted = await tx
        .insertInto('submissions')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (inserted !== undefined) {
        await audit.changed(tx, submissionOf(inserted), {
          at,
          actor: form.userId,
          from: null,
          to: 'requested',
          why: `${choices.involvementType}, ${choices.visibility}`,
          tellAt,
        });
        return { type: 'recorded', submission: submissionOf(inserted) };
      }
      const same = await tx
        .selectFrom('submissions')
        .selectAll()
        .where('form_id', '=', form.id)
        .executeTakeFirst();
      if (same !== undefined) return { type: 'again', submission: submissionOf(same) };
      const open = await tx
        .selectFrom('submissions')
        .selectAll()
        .where('catalog', '=', form.catalog)
        .where('opportunity_id', '=', form.opportunityId)
        .where('state', 'in', OPEN_STATES)
        .executeTakeFirst();
      if (open !== undefined) return { type: 'open', submission: submissionOf(open) };
      // It was settled between the two statements: the place is free now.
    }
  };
}
