import type { Database } from '../../database/schema.ts';
import type { Audit } from '../audit.ts';
import { problemText } from '../rows.ts';
import type { Problem } from '../submission.ts';

/** The one row, while the breaker is open. */
const ROW = 1;

/** The queries by which all replicas stop sending together, and go on together. */
export function createCircuitBreaker({ db, audit }: { db: Database; audit: Audit }) {
  return {
    /**
     * Sending waits until `until`. Requests that aren't waiting for this yet are told, once, and fall due only
     * then; a pause that goes on is only prolonged. Answers whether it began with this.
     */
    async pauseSending(problem: Problem, at: Date, until: Date): Promise<{ readonly began: boolean }> {
      return db.transaction().execute(async (tx) => {
        const text = problemText(problem) ?? '';
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
        await audit.retell(
          tx,
          waiting.map(({ id }) => id),
          at,
        );
        return { began: before?.problem !== text };
      });
    },

    /** When sending may be tried again, while it is paused. */
    async pausedUntil(): Promise<Date | undefined> {
      const row = await db.selectFrom('circuit_breaker').select('probe_at').executeTakeFirst();
      return row === undefined ? undefined : new Date(row.probe_at);
    },

    /** The pause is over: whoever waited for it is due now, and is told that it goes on. */
    async resumeSending(at: Date): Promise<void> {
      // Nearly always there is none to end, and that needs no transaction.
      if ((await this.pausedUntil()) === undefined) return;
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
          await audit.retell(
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
  };
}
