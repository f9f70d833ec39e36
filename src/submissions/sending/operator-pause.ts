import type { Database } from '../../database/schema.ts';
import type { Audit } from '../audit.ts';

/** The query about the operator's own pause (PAUSED). */
export const createOperatorPause = ({ db, audit }: { db: Database; audit: Audit }) => ({
  /** Notes whether the operator has switched sending off; where that changed, the waiting are told. */
  async noteOperatorPause(paused: boolean, at: Date): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const before = await tx.selectFrom('operator_pause').select('id').executeTakeFirst();
      if (paused === (before !== undefined)) return;
      if (paused) await tx.insertInto('operator_pause').values({ id: 1, since: at.toISOString() }).execute();
      else await tx.deleteFrom('operator_pause').execute();
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
});
