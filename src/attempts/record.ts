import { type InsertObject, type Selectable, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { RecordEventTable, Tables, Tx } from '../database/schema.ts';
import type { Asked } from '../forms/form.ts';
import { OPEN_STATES, type Sendable } from './sendable.ts';

export type Recording =
  | 'recorded'
  /** The same form was sent before. */
  | 'again'
  /** The opportunity is on its way by another form. */
  | 'open';

/**
 * Records a request: at most one a form, and at most one open one an opportunity, both by the database's own indexes.
 * Answers the row that stands, which where it isn't `recorded` was there before.
 */
export async function recordOnce<Table extends 'submissions' | 'edits'>(
  tx: Tx,
  table: Table,
  form: Asked,
  values: InsertObject<Tables, Table>,
) {
  const rows = tx.selectFrom<'submissions' | 'edits'>(table).selectAll();
  for (;;) {
    const inserted = await tx
      .insertInto(table)
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (inserted !== undefined) return { type: 'recorded', row: inserted } as const;
    const same = await rows.where('form_id', '=', form.id).executeTakeFirst();
    if (same !== undefined) return { type: 'again', row: same } as const;
    const open = await rows
      .where('catalog', '=', form.catalog)
      .where('opportunity_id', '=', form.opportunityId)
      .where('state', 'in', OPEN_STATES)
      .executeTakeFirst();
    if (open !== undefined) return { type: 'open', row: open } as const;
    // It was settled between the two statements: the place is free now.
  }
}

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

/** Transactions whose events are handed to `onCommitted` once they are committed. */
export function createCommitted<Event>(
  transact: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>,
  onCommitted: (event: Event) => void,
) {
  const uncommitted = new WeakMap<Tx, Event[]>();
  return {
    async transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
      const events: Event[] = [];
      const result = await transact((tx) => {
        uncommitted.set(tx, events);
        return work(tx);
      });
      for (const event of events) onCommitted(event);
      return result;
    },

    /** Something happened in this transaction. */
    happened(tx: Tx, event: Event): void {
      uncommitted.get(tx)?.push(event);
    },
  };
}

/** How many records' last calls a process remembers; what the database hasn't taken is kept besides. */
const REMEMBERED = 5000;

/** One call: the record as it was sent, by which owner, and what came of it as far as that is known. */
interface Call<Record_, Step> {
  readonly sending: Record_;
  readonly owner: string;
  step?: Step;
}

/**
 * What this process knows of the calls that it made itself: the latest of each record, also once that is written down,
 * because a database may lose what it has acknowledged.
 */
export function createRemembered<Record_ extends Sendable, Step extends { readonly to: string }>() {
  const calls = new LRUCache<string, Call<Record_, Step>>({ max: REMEMBERED });
  /** Answers of AWS's that the database hasn't taken yet. */
  const unwritten = new Map<string, Required<Call<Record_, Step>>>();
  const callOf = (sending: Record_, owner: string) => {
    const call = calls.get(sending.id);
    return call?.owner === owner && call.sending.attempt === sending.attempt ? call : undefined;
  };

  return {
    passed(sending: Record_, owner: string): void {
      calls.set(sending.id, { sending, owner });
      unwritten.delete(sending.id);
    },

    /** What came of a call is about to be written down. */
    answered(sending: Record_, owner: string, step: Step): void {
      const call = callOf(sending, owner);
      if (call !== undefined) call.step = step;
      if (step.to !== 'uncertain') unwritten.set(sending.id, { sending, owner, step });
    },

    /** The database has taken it, or needs it no more. `isSendable`: the record may go out again. */
    written(sending: Record_, owner: string, isSendable: boolean): void {
      unwritten.delete(sending.id);
      if (isSendable && callOf(sending, owner) !== undefined) calls.delete(sending.id);
    },

    unwritten: () => [...unwritten.values()],

    /** What this process knows of a claimed record's call and the database doesn't; undefined: nothing. */
    recall(claimed: Record_): Readonly<Call<Record_, Step>> | undefined {
      const call = calls.get(claimed.id);
      if (call === undefined || claimed.state === 'requested') return call;
      const isKnown = call.step !== undefined && call.step.to !== 'uncertain';
      const isGuessed = claimed.state === 'sending' || claimed.state === 'uncertain';
      return isKnown && isGuessed ? call : undefined;
    },
  };
}
