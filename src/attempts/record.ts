import type { Selectable } from 'kysely';
import type { EditTable, SubmissionTable, Tx } from '../database/schema.ts';
import type { ShownForm } from '../forms/form.ts';
import { OPEN_STATES } from './sendable.ts';

/** What happened to a request: it was recorded; its form was sent before; or the opportunity is on its way by another form. */
export type Recording = 'recorded' | 'again' | 'open';

/**
 * Records a request: at most one a form, and at most one open one an opportunity, both by the database's own indexes.
 * `insert` answers the new row, or undefined where one of them forbids it. Answers the row that stands, which where it
 * isn't `recorded` was there before.
 */
export async function recordOnce<Row>(
  tx: Tx,
  table: 'submissions' | 'edits',
  form: ShownForm,
  insert: () => Promise<Row | undefined>,
): Promise<{ readonly type: Recording; readonly row: Row | Selectable<SubmissionTable & EditTable> }> {
  for (;;) {
    const inserted = await insert();
    if (inserted !== undefined) return { type: 'recorded', row: inserted };
    const same = await tx.selectFrom(table).selectAll().where('form_id', '=', form.id).executeTakeFirst();
    if (same !== undefined) return { type: 'again', row: same };
    const open = await tx
      .selectFrom(table)
      .selectAll()
      .where('catalog', '=', form.catalog)
      .where('opportunity_id', '=', form.opportunityId)
      .where('state', 'in', OPEN_STATES)
      .executeTakeFirst();
    if (open !== undefined) return { type: 'open', row: open };
    // It was settled between the two statements: the place is free now.
  }
}
