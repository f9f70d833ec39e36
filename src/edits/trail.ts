import { z } from 'zod';
import { type RecordEvent, recordEventOf } from '../attempts/record.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Database } from '../database/schema.ts';
import { type EditState, editState } from './edit.ts';

/** One row of an edit's audit trail. */
export type EditEvent = RecordEvent<EditState>;

/** An event of one of an opportunity's edits, and what the edit was about. */
export interface EditEventOf extends EditEvent {
  /** AWS's paths of the changed fields. */
  readonly fields: readonly string[];
}

/** The audit trail of the edits, as it is told. */
export const createEditTrail = ({ db }: { db: Database }) => ({
  /** The first events of all edits of an opportunity, oldest first, and how many there are in all. */
  async editTrail(
    catalog: Catalog,
    opportunityId: string,
    limit: number,
  ): Promise<{ readonly events: readonly EditEventOf[]; readonly total: number }> {
    const events = db
      .selectFrom('edit_events')
      .innerJoin('edits', 'edits.id', 'edit_events.record_id')
      .where('catalog', '=', catalog)
      .where('opportunity_id', '=', opportunityId);
    const { total } = await events
      .select((eb) => eb.fn.countAll<number | string>().as('total'))
      .executeTakeFirstOrThrow();
    const rows = await events
      .selectAll('edit_events')
      .select('fields')
      .orderBy('at')
      .orderBy('record_id')
      .orderBy('sequence')
      .limit(limit)
      .execute();
    return {
      events: rows.map((row) => ({
        ...recordEventOf(row, editState),
        fields: z.array(z.string()).parse(JSON.parse(row.fields)),
      })),
      total: Number(total),
    };
  },
});
