import { sql } from 'kysely';
import { z } from 'zod';
import type { Catalog } from '../aws/terms.ts';
import type { Database, Tx } from '../database/schema.ts';
import { CHANGE_STATES, type Change, type ChangeState } from './edit.ts';

const state = z.enum(CHANGE_STATES);

/** One row of a change's audit trail. */
export interface ChangeEvent {
  readonly changeId: string;
  readonly at: Date;
  /** A Slack user ID, or `bot`. */
  readonly actor: string;
  readonly from: ChangeState | null;
  readonly to: ChangeState;
  /** Our own words or AWS's code; never a deal's details. */
  readonly why: string;
  readonly requestId?: string | undefined;
}

/** Hears of a change's step once it is committed. */
export type OnMoved = (
  change: Pick<Change, 'id' | 'opportunityId' | 'teamId' | 'catalog'>,
  event: ChangeEvent,
) => void;

/** Writes an event down, in the transaction of the change it is about. */
export async function writeChangeEvent(tx: Tx, event: ChangeEvent): Promise<void> {
  await tx
    .insertInto('change_events')
    .values((eb) => ({
      change_id: event.changeId,
      // The change's row is locked or new in this transaction: nobody else counts at the same time.
      sequence: eb
        .selectFrom('change_events')
        .select((of) => sql<number>`coalesce(${of.fn.max('sequence')}, 0) + 1`.as('next'))
        .where('change_id', '=', event.changeId),
      at: event.at.toISOString(),
      actor: event.actor,
      from_state: event.from,
      to_state: event.to,
      why: event.why,
      request_id: event.requestId ?? null,
    }))
    .execute();
}

/** An event of one of an opportunity's changes, and what the change was about. */
export interface ChangeEventOf extends ChangeEvent {
  /** AWS's paths of the changed fields. */
  readonly fields: readonly string[];
}

/** The queries that read the trail of an opportunity's changes. */
export function createChangeTrail({ db }: { db: Database }) {
  return {
    /** The first events of all changes of an opportunity, oldest first, and how many there are in all. */
    async changeTrail(
      catalog: Catalog,
      opportunityId: string,
      limit: number,
    ): Promise<{ readonly events: readonly ChangeEventOf[]; readonly total: number }> {
      const events = db
        .selectFrom('change_events')
        .innerJoin('changes', 'changes.id', 'change_events.change_id')
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId);
      const { total } = await events
        .select((eb) => eb.fn.countAll<number | string>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await events
        .selectAll('change_events')
        .select('fields')
        .orderBy('at')
        .orderBy('change_id')
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return {
        events: rows.map((row) => ({
          changeId: row.change_id,
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
