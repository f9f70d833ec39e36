import { z } from 'zod';
import { type RecordEvent, recordEventOf } from '../attempts/record.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Database } from '../database/schema.ts';
import { editedFieldName } from '../opportunities/field-names.ts';
import { type EditState, editState } from './edit.ts';

/** One row of an edit's audit trail. */
export type EditEvent = RecordEvent<EditState>;

const fields = z.array(z.string());

/** The first events of all edits of an opportunity, oldest first, and how many there are in all. */
export async function editTrail(db: Database, catalog: Catalog, opportunityId: string, limit: number) {
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
      /** AWS's paths of the changed fields. */
      fields: fields.parse(JSON.parse(row.fields)),
    })),
    total: Number(total),
  };
}

/** An event of an edit's trail on a line; of a `redacted` deal the fields stay out. */
export function explainEditEvent(
  { from, to, why }: EditEvent,
  fields: readonly string[],
  redacted: boolean,
): string {
  switch (to) {
    case 'requested': {
      if (from !== null)
        return `Not all of the changes went through yet (${why}); what is left goes out by itself`;
      return redacted || fields.length === 0
        ? 'Changed it in Slack'
        : `Changed in Slack: ${fields.map(editedFieldName).join(', ')}`;
    }
    case 'sending':
      return 'Sent the changes to AWS';
    case 'saved':
      return 'AWS has the changes';
    case 'uncertain':
      return `It did not become known whether AWS has the changes (${why}); looking`;
    case 'refused':
      return `Not saved: ${why}`;
    case 'conflict':
      return 'Not saved: somebody else had changed the same fields';
    case 'expired':
      return 'Given up after 24 hours';
    case 'cancelled':
      return 'Cancelled before it was sent';
  }
}
