import type { Database } from '../database/schema.ts';

/** The queries by which something that is delivered again is known, by whichever replica it reaches. */
export function createDeliveries({ db }: { db: Database }) {
  return {
    /** Those of `ids` (at least one) that nobody has asked about before, over all replicas; from now on somebody has. */
    async firstDeliveries(ids: readonly string[], at: Date): Promise<readonly string[]> {
      const inserted = await db
        .insertInto('deliveries')
        .values(ids.map((id) => ({ id, at: at.toISOString() })))
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      return inserted.map(({ id }) => id);
    },

    /** Forgets those that came before `before`: nobody delivers them again. */
    async forgetDeliveries(before: Date): Promise<void> {
      await db.deleteFrom('deliveries').where('at', '<', before.toISOString()).execute();
    },
  };
}
