import { type RawBuilder, sql } from 'kysely';
import { beyond, isAhead } from '../clock.ts';
import type { Dialect } from '../database/connect.ts';
import type { SetBack } from '../database/identity.ts';
import type { Database, Tx } from '../database/schema.ts';
import { retell as retellEdit } from '../messages/outbox.ts';
import { type OperatorProblem, setBackProblem } from './sendable.ts';

/** How a row's problem begins that says that the records were set back. */
const SET_BACK_LIKE = '{"type":"set-back"%';

/** A row's new problem, unless it says that the records were set back. */
export const unlessSetBack = (problem: string | null): RawBuilder<string | null> =>
  sql`case when problem like ${SET_BACK_LIKE} then problem else ${problem} end`;

/** How the problem of a row begins that waits for AWS, or for the operator. */
const WAITING_LIKE = '{"type":"waiting"%';
const OPERATOR_LIKE = '{"type":"operator"%';
const THROTTLED_LIKE = `${WAITING_LIKE}"throttled":true%`;
const AWAY_LIKE = `${WAITING_LIKE}"throttled":false%`;

/** In how many milliseconds what couldn't reach AWS is tried once another call did: not at once, for a deal of its own trouble. */
const SOON_MS = 3_000;
/** What is tried sooner (milliseconds) is tried in seconds: no time is said for it. */
const WORTH_SAYING_MS = 20_000;
const isWorthSaying = (until: Date, at: Date): boolean => until.getTime() - at.getTime() > WORTH_SAYING_MS;

/** Of each of these tables the one row; the breaker's and the operator's only while they hold. */
const ROW = 1;

/**
 * Takes the next slot of AWS's write quota, which submissions and changes of all replicas share: one row that counts
 * up. Answers when the quota allows a write, where that isn't yet; else `use` is called in the same transaction, and
 * the slot counts as taken if it answers true.
 */
export async function takeSlot(
  tx: Tx,
  slot: { readonly dialect: Dialect; readonly at: Date; readonly intervalMs: number },
  use: () => Promise<boolean>,
): Promise<Date | undefined> {
  await tx
    .insertInto('write_quota')
    .values({ id: ROW, next_at: slot.at.toISOString() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const quota = await tx
    .selectFrom('write_quota')
    .select('next_at')
    .$if(slot.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  const next = new Date(quota.next_at);
  if (isAhead(next, slot.at)) return next;
  if (await use()) {
    await tx
      .updateTable('write_quota')
      .set({ next_at: new Date(slot.at.getTime() + slot.intervalMs).toISOString() })
      .execute();
  }
  return undefined;
}

/** The queries by which all replicas keep to AWS's quota of writes, stop sending together, and go on together. */
export function createPace({
  db,
  retell,
}: {
  db: Database;
  /** There is something new to tell about these submissions. */
  retell: (tx: Tx, submissionIds: readonly string[], at: Date) => Promise<void>;
}) {
  /** There is something new to tell of everything that waits; `ifTold`: of edits only where somebody has read of it. */
  const retellWaiting = async (tx: Tx, at: Date, ifTold = false): Promise<void> => {
    const waiting = async (table: 'submissions' | 'edits'): Promise<readonly string[]> =>
      (await tx.selectFrom(table).select('id').where('state', '=', 'requested').execute()).map(
        ({ id }) => id,
      );
    await retell(tx, await waiting('submissions'), at);
    for (const edit of await waiting('edits')) await retellEdit(tx, { edit, ifTold }, at);
  };

  const pausedUntil = async (): Promise<Date | undefined> => {
    const row = await db.selectFrom('circuit_breaker').select('probe_at').executeTakeFirst();
    return row === undefined ? undefined : new Date(row.probe_at);
  };

  return {
    /**
     * AWS throttles: no replica writes before `until`, whatever was planned while a clock was ahead. Whoever reads when the
     * next try is reads the new time, where it is another for people.
     */
    async slowDown(until: Date, at: Date): Promise<void> {
      const next_at = until.toISOString();
      const before = isWorthSaying(until, at)
        ? await db.selectFrom('write_quota').select('next_at').executeTakeFirst()
        : undefined;
      await db
        .insertInto('write_quota')
        .values({ id: ROW, next_at })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ next_at })
            .where((eb) =>
              eb.or([eb('write_quota.next_at', '<', next_at), eb('write_quota.next_at', '>', beyond(at))]),
            ),
        )
        .execute();
      if (!isWorthSaying(until, at)) return;
      if (before !== undefined && !isWorthSaying(until, new Date(before.next_at))) return;
      await db.transaction().execute(async (tx) => {
        const throttled = await tx
          .selectFrom('submissions')
          .select('id')
          .where('state', '=', 'requested')
          .where('problem', 'like', THROTTLED_LIKE)
          .execute();
        await retell(
          tx,
          throttled.map(({ id }) => id),
          at,
        );
      });
    },

    /** When the next write is tried, where AWS throttles for longer than people count seconds. */
    async nextTry(at: Date): Promise<Date | undefined> {
      const row = await db.selectFrom('write_quota').select('next_at').executeTakeFirst();
      const next = row === undefined ? undefined : new Date(row.next_at);
      return next !== undefined && isWorthSaying(next, at) && next.toISOString() <= beyond(at)
        ? next
        : undefined;
    },

    /**
     * Somebody asks for a try now: a request that waits for AWS is due, and what keeps all from trying gives way once.
     * False: it waits for nothing of the kind, or is being tried.
     */
    async tryNow(id: string, at: Date, intervalMs: number): Promise<boolean> {
      return db.transaction().execute(async (tx) => {
        const due = await tx
          .updateTable('submissions')
          .set({ due_at: at.toISOString() })
          .where('id', '=', id)
          .where('state', '=', 'requested')
          .where((eb) => eb.or([eb('problem', 'like', WAITING_LIKE), eb('problem', 'like', OPERATOR_LIKE)]))
          .where('lease_owner', 'is', null)
          .returning('id')
          .executeTakeFirst();
        if (due === undefined) return false;
        await tx.updateTable('circuit_breaker').set({ probe_at: at.toISOString() }).execute();
        const slot = new Date(at.getTime() + intervalMs).toISOString();
        await tx.updateTable('write_quota').set({ next_at: slot }).where('next_at', '>', slot).execute();
        return true;
      });
    },

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
          .where((eb) =>
            eb.or([
              eb('problem', 'is', null),
              // Whether that was sent is still to be found out.
              eb.and([eb('problem', '!=', text), eb('problem', 'not like', SET_BACK_LIKE)]),
            ]),
          )
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

    /** AWS can be reached again, as a request has seen that waited for it: the others are due in seconds. */
    async hurryAway(at: Date): Promise<void> {
      const soon = new Date(at.getTime() + SOON_MS).toISOString();
      await db
        .updateTable('submissions')
        .set({ due_at: soon })
        .where('due_at', '>', soon)
        .where('state', '=', 'requested')
        .where('problem', 'like', AWAY_LIKE)
        .where('lease_owner', 'is', null)
        .execute();
    },

    /**
     * A call went through: the pause, if there was one, is over. Whoever waited for it is due now, and is told that it goes
     * on.
     */
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

    /** The records were set back: of nothing that waits is it known any more whether it was sent, and people are told so. */
    async noteSetBack(tx: Tx, setBack: SetBack, at: Date): Promise<void> {
      // Who sent it last, and when, isn't known either.
      const unknown = { problem: JSON.stringify(setBackProblem(setBack)), sending_at: null, sent_by: null };
      for (const table of ['submissions', 'edits'] as const)
        await tx.updateTable(table).set(unknown).where('state', '=', 'requested').execute();
      await retellWaiting(tx, at);
    },

    /** Notes whether the operator has switched sending off (PAUSED); where that changed, the waiting are told. */
    async noteOperatorPause(paused: boolean, at: Date): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const before = await tx.selectFrom('operator_pause').select('id').executeTakeFirst();
        if (paused === (before !== undefined)) return;
        if (paused)
          await tx.insertInto('operator_pause').values({ id: ROW, since: at.toISOString() }).execute();
        else await tx.deleteFrom('operator_pause').execute();
        await retellWaiting(tx, at, !paused);
      });
    },
  };
}
