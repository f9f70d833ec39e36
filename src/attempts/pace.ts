import { type RawBuilder, sql } from 'kysely';
import { beyond, isAhead } from '../clock.ts';
import type { Dialect } from '../database/connect.ts';
import type { SetBack } from '../database/identity.ts';
import type { Database, Tx } from '../database/schema.ts';
import { retell as retellEdit } from '../messages/outbox.ts';
import { type OperatorProblem, setBackProblem } from './sendable.ts';

/** How the problem of a row begins whose records were set back. */
const SET_BACK_LIKE = '{"type":"set-back"%';

/** A row's new problem, unless it says that the records were set back. */
export const unlessSetBack = (problem: string | null): RawBuilder<string | null> =>
  sql`case when problem like ${SET_BACK_LIKE} then problem else ${problem} end`;

/** How the problem of a row begins that waits for AWS, or for the operator. */
const WAITING_LIKE = '{"type":"waiting"%';
const OPERATOR_LIKE = '{"type":"operator"%';
const THROTTLED_LIKE = `${WAITING_LIKE}"throttled":true%`;
const AWAY_LIKE = `${WAITING_LIKE}"throttled":false%`;

/** How soon requests are tried that waited for AWS to be reached (milliseconds): not at once, as it may fail for one deal alone. */
const SOON_MS = 3_000;
/** For a shorter wait than this people are told no time (milliseconds). */
const WORTH_SAYING_MS = 20_000;
const isWorthSaying = (until: Date, at: Date): boolean => until.getTime() - at.getTime() > WORTH_SAYING_MS;

/** The ID of the one row of `write_quota`, `circuit_breaker` and `operator_pause`. */
const ROW = 1;

/**
 * When AWS's write quota, which submissions and edits of all replicas share, allows the next write; undefined: now. Until
 * the transaction ends nobody else is answered.
 */
export async function whenToWrite(tx: Tx, dialect: Dialect, at: Date): Promise<Date | undefined> {
  await tx
    .insertInto('write_quota')
    .values({ id: ROW, next_at: at.toISOString() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const { next_at } = await tx
    .selectFrom('write_quota')
    .select('next_at')
    .$if(dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  const next = new Date(next_at);
  return isAhead(next, at) ? next : undefined;
}

/** Takes the slot that `whenToWrite` has found free, in the same transaction. */
export async function takeSlot(tx: Tx, at: Date, intervalMs: number): Promise<void> {
  const next_at = new Date(at.getTime() + intervalMs).toISOString();
  await tx.updateTable('write_quota').set({ next_at }).execute();
}

/** Runs what it is given one at a time, in the order it came: otherwise a later record could take every slot first. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** How all replicas keep to AWS's quota of writes, stop sending together, and go on together. */
export function createPace({
  db,
  retell,
}: {
  readonly db: Database;
  /** There is something new to tell about these submissions. */
  readonly retell: (tx: Tx, submissionIds: readonly string[], at: Date) => Promise<void>;
}) {
  const tell = (tx: Tx, submissions: readonly { readonly id: string }[], at: Date): Promise<void> =>
    retell(
      tx,
      submissions.map(({ id }) => id),
      at,
    );

  /** There is something new to tell of everything that waits; `ifTold`: of edits only where somebody has read of it. */
  const retellWaiting = async (tx: Tx, at: Date, ifTold = false): Promise<void> => {
    const waiting = async (table: 'submissions' | 'edits'): Promise<readonly string[]> =>
      (await tx.selectFrom(table).select('id').where('state', '=', 'requested').execute()).map(
        ({ id }) => id,
      );
    await retell(tx, await waiting('submissions'), at);
    for (const edit of await waiting('edits')) await retellEdit(tx, { edit, ifTold }, at);
  };

  return {
    /**
     * AWS throttles: no replica writes before `until`; a later time stands, unless it was planned while a clock was ahead.
     * Who waits for that is told of the new time, where it makes a difference to people.
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
        await tell(tx, throttled, at);
      });
    },

    /** When the next write is tried, where AWS throttles for so long that people are told a time. */
    async nextTry(at: Date): Promise<Date | undefined> {
      const row = await db.selectFrom('write_quota').select('next_at').executeTakeFirst();
      const next = row === undefined ? undefined : new Date(row.next_at);
      return next !== undefined && isWorthSaying(next, at) && next.toISOString() <= beyond(at)
        ? next
        : undefined;
    },

    /**
     * Somebody asks for a try now: the request is due, and breaker and quota let one write pass. False: it doesn't wait for
     * AWS, or is being tried.
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
     * Opens the circuit breaker: sending waits until `until`. People whose requests aren't waiting for this yet are told,
     * once; a pause that goes on is only prolonged. Answers whether it began with this.
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
        await tell(tx, waiting, at);
        return { began: before?.problem !== text };
      });
    },

    /** AWS can be reached again, as one request has seen: the others that waited for it are due in seconds. */
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
     * A call went through: the breaker, if it was open, is closed. What waited for it is due now, and people are told that
     * it goes on.
     */
    async resumeSending(at: Date): Promise<void> {
      // The breaker is nearly always closed already, and seeing that needs no transaction.
      if ((await db.selectFrom('circuit_breaker').select('id').executeTakeFirst()) === undefined) return;
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
          await tell(tx, waited, at);
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

    /** The records were set back: whether what waits was sent isn't known any more, and people are told so. */
    async noteSetBack(tx: Tx, setBack: SetBack, at: Date): Promise<void> {
      // Who sent it last, and when, isn't known either.
      const forgotten = { problem: JSON.stringify(setBackProblem(setBack)), sending_at: null, sent_by: null };
      for (const table of ['submissions', 'edits'] as const)
        await tx.updateTable(table).set(forgotten).where('state', '=', 'requested').execute();
      await retellWaiting(tx, at);
    },

    /** Notes whether the operator has switched sending off (PAUSED). Where that changed, people who wait are told. */
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
