import { sql } from 'kysely';
import type { Database, Tx } from '../database/schema.ts';

/** A step of AWS's review, or that somebody took the opportunity on. */
export interface OpportunityEvent {
  readonly at: Date;
  /** A Slack user ID, or `bot`, or `aws`. */
  readonly actor: string;
  readonly what: 'review' | 'owner';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Writes an event down, in a transaction that holds the opportunity's row. Answers its number. */
export async function appendEvent(tx: Tx, recordId: string, event: OpportunityEvent): Promise<number> {
  const { sequence } = await tx
    .insertInto('opportunity_events')
    .values((eb) => ({
      record_id: recordId,
      // The row is locked or new in this transaction: nobody else counts at the same time.
      sequence: eb
        .selectFrom('opportunity_events')
        .select((of) => sql<number>`coalesce(${of.fn.max('sequence')}, 0) + 1`.as('next'))
        .where('record_id', '=', recordId),
      at: event.at.toISOString(),
      actor: event.actor,
      what: event.what,
      from_review_status: event.from ?? null,
      to_review_status: event.to ?? null,
      request_id: event.requestId ?? null,
    }))
    .returning('sequence')
    .executeTakeFirstOrThrow();
  return Number(sequence);
}

/** The number of the step with which AWS's review came to where it is. */
export async function lastStep(tx: Tx, recordId: string): Promise<number> {
  const { last } = await tx
    .selectFrom('opportunity_events')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .where('record_id', '=', recordId)
    .where('what', '=', 'review')
    .executeTakeFirstOrThrow();
  return Number(last);
}

/** What a step of AWS's review came to; undefined: there is no such step. */
export async function statusAt(db: Database, recordId: string, step: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('opportunity_events')
    .select('to_review_status')
    .where('record_id', '=', recordId)
    .where('sequence', '=', step)
    .executeTakeFirst();
  return row?.to_review_status ?? undefined;
}

/** The first events of an opportunity's trail, oldest first, and how many there are in all. */
export async function reviewTrail(
  db: Database,
  catalog: string,
  opportunityId: string,
  limit: number,
): Promise<{ readonly events: readonly OpportunityEvent[]; readonly total: number }> {
  const events = db
    .selectFrom('opportunity_events')
    .innerJoin('opportunities', 'opportunities.id', 'record_id')
    .where('catalog', '=', catalog)
    .where('opportunity_id', '=', opportunityId);
  const { total } = await events
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await events.selectAll('opportunity_events').orderBy('sequence').limit(limit).execute();
  return {
    events: rows.map((row) => ({
      at: new Date(row.at),
      actor: row.actor,
      what: row.what === 'owner' ? 'owner' : 'review',
      from: row.from_review_status ?? undefined,
      to: row.to_review_status ?? undefined,
      requestId: row.request_id ?? undefined,
    })),
    total: Number(total),
  };
}
