import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { RecordEventTable, Tx } from '../database/schema.ts';

/** One row of a record's audit trail. */
export interface RecordEvent<State extends string> {
  readonly recordId: string;
  readonly at: Date;
  /** A Slack user ID, or `bot`. */
  readonly actor: string;
  readonly from: State | null;
  readonly to: State;
  /** Our own words or AWS's code; never a deal's details. */
  readonly why: string;
  readonly requestId?: string | undefined;
}

/** Writes an event down, in a transaction that holds the record's row. */
export async function appendRecordEvent(
  tx: Tx,
  table: 'submission_events' | 'edit_events',
  event: RecordEvent<string>,
): Promise<void> {
  await tx
    .insertInto(table)
    .values((eb) => ({
      record_id: event.recordId,
      // The row is locked or new in this transaction: nobody else counts at the same time.
      sequence: eb
        .selectFrom(table)
        .select((of) => sql<number>`coalesce(${of.fn.max('sequence')}, 0) + 1`.as('next'))
        .where('record_id', '=', event.recordId),
      at: event.at.toISOString(),
      actor: event.actor,
      from_state: event.from,
      to_state: event.to,
      why: event.why,
      request_id: event.requestId ?? null,
    }))
    .execute();
}

/** @throws ZodError where the row holds what this version doesn't know. */
export const recordEventOf = <State extends string>(
  row: Selectable<RecordEventTable>,
  state: z.ZodType<State>,
): RecordEvent<State> => ({
  recordId: row.record_id,
  at: new Date(row.at),
  actor: row.actor,
  from: row.from_state === null ? null : state.parse(row.from_state),
  to: state.parse(row.to_state),
  why: row.why,
  requestId: row.request_id ?? undefined,
});
