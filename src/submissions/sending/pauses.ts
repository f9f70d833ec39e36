import type { Database } from '../../database/schema.ts';
import type { Audit } from '../audit.ts';
import { problemText } from '../rows.ts';
import type { Problem } from '../submission.ts';

/** The queries by which all replicas slow down, or stop sending, together. */
export function createPauses({ db, audit }: { db: Database; audit: Audit }) {
  return {
    /** AWS throttles: no replica writes before `until`. */
    async slowDown(until: Date): Promise<void> {
      const value = until.toISOString();
      await db
        .insertInto('duties')
        .values({ name: 'pace', value })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({ value }).where('duties.value', '<', value),
        )
        .execute();
    },

    /** When the quota over all replicas allows the next write; undefined: nothing was written yet. */
    async nextSlot(): Promise<Date | undefined> {
      const row = await db.selectFrom('duties').select('value').where('name', '=', 'pace').executeTakeFirst();
      return row === undefined ? undefined : new Date(row.value);
    },

    /**
     * Sending waits until `until`. Requests that aren't waiting for this yet are told, once, and fall due only
     * then; a pause that goes on is only prolonged. Answers whether it began with this.
     */
    async pauseSending(problem: Problem, at: Date, until: Date): Promise<{ readonly began: boolean }> {
      return db.transaction().execute(async (tx) => {
        const text = problemText(problem);
        const before = await tx
          .selectFrom('duties')
          .select('value')
          .where('name', '=', 'pause')
          .executeTakeFirst();
        await tx
          .insertInto('duties')
          .values({ name: 'pause', value: text ?? '', lease_until: until.toISOString() })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet({ value: text ?? '', lease_until: until.toISOString() }),
          )
          .execute();
        const waiting = await tx
          .updateTable('submissions')
          .set({ problem: text })
          .where('state', '=', 'requested')
          .where((eb) => eb.or([eb('problem', 'is', null), eb('problem', '!=', text)]))
          .returning('id')
          .execute();
        await audit.retell(
          tx,
          waiting.map(({ id }) => id),
          at,
        );
        return { began: before?.value !== text };
      });
    },

    /** When sending may be tried again, while it is paused. */
    async pausedUntil(): Promise<Date | undefined> {
      const row = await db
        .selectFrom('duties')
        .select('lease_until')
        .where('name', '=', 'pause')
        .executeTakeFirst();
      return row?.lease_until == null ? undefined : new Date(row.lease_until);
    },

    /** The pause is over: whoever waited for it is due now, and is told that it goes on. */
    async resumeSending(at: Date): Promise<void> {
      // Nearly always there is none to end, and that needs no transaction.
      if ((await this.pausedUntil()) === undefined) return;
      await db.transaction().execute(async (tx) => {
        const ended = await tx.deleteFrom('duties').where('name', '=', 'pause').returning('value').execute();
        for (const { value } of ended) {
          const waited = await tx
            .updateTable('submissions')
            .set({ due_at: at.toISOString(), problem: null })
            .where('state', '=', 'requested')
            .where('problem', '=', value)
            .where('lease_owner', 'is', null)
            .returning('id')
            .execute();
          await audit.retell(
            tx,
            waited.map(({ id }) => id),
            at,
          );
          await tx
            .updateTable('changes')
            .set({ due_at: at.toISOString() })
            .where('state', '=', 'requested')
            .where('problem', '=', value)
            .where('lease_owner', 'is', null)
            .execute();
        }
      });
    },

    /** Notes whether the operator has switched sending off; where that changed, the waiting are told. */
    async noteSwitch(paused: boolean, at: Date): Promise<void> {
      const value = paused ? 'off' : 'on';
      await db.transaction().execute(async (tx) => {
        const before = await tx
          .selectFrom('duties')
          .select('value')
          .where('name', '=', 'switch')
          .executeTakeFirst();
        if ((before?.value ?? 'on') === value) return;
        await tx
          .insertInto('duties')
          .values({ name: 'switch', value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute();
        const waiting = await tx
          .selectFrom('submissions')
          .select('id')
          .where('state', '=', 'requested')
          .execute();
        await audit.retell(
          tx,
          waiting.map(({ id }) => id),
          at,
        );
      });
    },
  };
}
