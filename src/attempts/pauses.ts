import { type RawBuilder, sql } from 'kysely';
import { beyond } from '../clock.ts';
import type { Database, Tx } from '../database/schema.ts';
import { EXPIRES_AFTER_MS, type OperatorProblem } from './sendable.ts';

/** What decides whether anything is sent now. */
export interface Sending {
  readonly at: Date;
  /** The operator has switched sending off. */
  readonly paused: boolean;
  /** Milliseconds between two writes over all replicas. */
  readonly intervalMs: number;
}

/** The one row, while the breaker is open or the operator has switched sending off. */
const ROW = 1;

/** The queries by which all replicas stop sending together, and go on together. */
export function createPauses({
  db,
  retell,
}: {
  db: Database;
  /** There is something new to tell about these submissions. */
  retell: (tx: Tx, submissionIds: readonly string[], at: Date) => Promise<void>;
}) {
  const pausedUntil = async (): Promise<Date | undefined> => {
    const row = await db.selectFrom('circuit_breaker').select('probe_at').executeTakeFirst();
    return row === undefined ? undefined : new Date(row.probe_at);
  };

  return {
    /**
     * The circuit breaker: sending waits until `until`. Requests that aren't waiting for this yet are told, once, and
     * fall due only then; a pause that goes on is only prolonged. Answers whether it began with this.
     */
    async pauseSending(
      problem: OperatorProblem,
      at: Date,
      until: Date,
    ): Promise<{ readonly began: boolean }> {
      return db.transaction().execute(async (tx) => {
        const text = JSON.stringify(problem);
        const before = await tx.selectFrom('circuit_breaker').select('problem').executeTakeFirst();
        const open = { problem: text, probe_at: until.toISOString() };
        await tx
          .insertInto('circuit_breaker')
          .values({ id: ROW, ...open })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(open))
          .execute();
        const waiting = await tx
          .updateTable('submissions')
          .set({ problem: text })
          .where('state', '=', 'requested')
          .where((eb) => eb.or([eb('problem', 'is', null), eb('problem', '!=', text)]))
          .returning('id')
          .execute();
        await retell(
          tx,
          waiting.map(({ id }) => id),
          at,
        );
        return { began: before?.problem !== text };
      });
    },

    /** When sending may be tried again, while it is paused. */
    pausedUntil,

    /** A call went through: the pause, if there was one, is over. Whoever waited for it is due now, and is told that it goes on. */
    async resumeSending(at: Date): Promise<void> {
      // Nearly always there is none to end, and that needs no transaction.
      if ((await pausedUntil()) === undefined) return;
      await db.transaction().execute(async (tx) => {
        const ended = await tx.deleteFrom('circuit_breaker').returning('problem').execute();
        for (const { problem } of ended) {
          const waited = await tx
            .updateTable('submissions')
            .set({ due_at: at.toISOString(), problem: null })
            .where('state', '=', 'requested')
            .where('problem', '=', problem)
            .where('lease_owner', 'is', null)
            .returning('id')
            .execute();
          await retell(
            tx,
            waited.map(({ id }) => id),
            at,
          );
          await tx
            .updateTable('edits')
            .set({ due_at: at.toISOString() })
            .where('state', '=', 'requested')
            .where('problem', '=', problem)
            .where('lease_owner', 'is', null)
            .execute();
        }
      });
    },

    /** Notes whether the operator has switched sending off (PAUSED); where that changed, the waiting are told. */
    async noteOperatorPause(paused: boolean, at: Date): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const before = await tx.selectFrom('operator_pause').select('id').executeTakeFirst();
        if (paused === (before !== undefined)) return;
        if (paused)
          await tx.insertInto('operator_pause').values({ id: ROW, since: at.toISOString() }).execute();
        else await tx.deleteFrom('operator_pause').execute();
        const waiting = await tx
          .selectFrom('submissions')
          .select('id')
          .where('state', '=', 'requested')
          .execute();
        await retell(
          tx,
          waiting.map(({ id }) => id),
          at,
        );
      });
    },
  };
}

/**
 * Whether a record can go a step further: it waits to be sent, and sending is neither paused, broken nor throttled; or
 * it needs no sending, as a doubt and what expires. Where AWS's quota gives the next slot further away than its ordinary
 * distance AWS throttles, and reading what can't be sent would only make it worse.
 */
export function isSendable({ at, paused, intervalMs }: Sending): RawBuilder<boolean> {
  const after = (ms: number) => new Date(at.getTime() + ms).toISOString();
  const isOpen = paused
    ? sql`false`
    : sql`(not exists (select 1 from circuit_breaker
          where probe_at > ${at.toISOString()} and probe_at <= ${beyond(at)})
        and not exists (select 1 from write_quota
          where next_at > ${after(intervalMs)} and next_at <= ${beyond(at)}))`;
  return sql<boolean>`(state <> 'requested' or requested_at <= ${after(-EXPIRES_AFTER_MS)} or ${isOpen})`;
}
