import { sql } from 'kysely';
import { z } from 'zod';
import type { Catalog } from '../aws/terms.ts';
import type { Database, Tx } from '../database/schema.ts';
import { EDIT_STATES, type Edit, type EditState } from './edit.ts';

const state = z.enum(EDIT_STATES);

/** One row of an edit's audit trail. */
export interface EditEvent {
  readonly editId: string;
  readonly at: Date;
  /** A Slack user ID, or `bot`. */
  readonly actor: string;
  readonly from: EditState | null;
  readonly to: EditState;
  /** Our own words or AWS's code; never a deal's details. */
  readonly why: string;
  readonly requestId?: string | undefined;
}

/** Hears of an edit's step once it is committed. */
export type OnMoved = (
  edit: Pick<Edit, 'id' | 'opportunityId' | 'teamId' | 'catalog'>,
  event: EditEvent,
) => void;

/** Writes an event down, in the transaction of the edit it is about. */
export async function writeEditEvent(tx: Tx, event: EditEvent): Promise<void> {
  await tx
    .insertInto('edit_events')
    .values((eb) => ({
      edit_id: event.editId,
      // The edit's row is locked or new in this transaction: nobody else counts at the same time.
      sequence: eb
        .selectFrom('edit_events')
        .select((of) => sql<number>`coalesce(${of.fn.max('sequence')}, 0) + 1`.as('next'))
        .where('edit_id', '=', event.editId),
      at: event.at.toISOString(),
      actor: event.actor,
      from_state: event.from,
      to_state: event.to,
      why: event.why,
      request_id: event.requestId ?? null,
    }))
    .execute();
}

/** An event of one of an opportunity's edits, and what the edit was about. */
export interface EditEventOf extends EditEvent {
  /** AWS's paths of the changed fields. */
  readonly fields: readonly string[];
}

/** The queries that read the trail of an opportunity's edits. */
export function createEditTrail({ db }: { db: Database }) {
  return {
    /** The first events of all edits of an opportunity, oldest first, and how many there are in all. */
    async editTrail(
      catalog: Catalog,
      opportunityId: string,
      limit: number,
    ): Promise<{ readonly events: readonly EditEventOf[]; readonly total: number }> {
      const events = db
        .selectFrom('edit_events')
        .innerJoin('edits', 'edits.id', 'edit_events.edit_id')
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId);
      const { total } = await events
        .select((eb) => eb.fn.countAll<number | string>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await events
        .selectAll('edit_events')
        .select('fields')
        .orderBy('at')
        .orderBy('edit_id')
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return {
        events: rows.map((row) => ({
          editId: row.edit_id,
          at: new Date(row.at),
          actor: row.actor,
          from: row.from_state === null ? null : state.parse(row.from_state),
          to: state.parse(row.to_state),
          why: row.why,
          requestId: row.request_id ?? undefined,
          fields: z.array(z.string()).parse(JSON.parse(row.fields)),
        })),
        total: Number(total),
      };
    },
  };
}
