import type { Database } from '../../database/schema.ts';

/** The queries by which something that is delivered again is known, by whichever replica it reaches. */
export function createDeliveries({ db }: { db: Database }) {
  return {
    /** True for the first who asks about this ID, over all replicas; false for everybody after. */
    async isFirstDelivery(id: string, at: Date): Promise<boolean> {
      const inserted = await db
        .insertInto('deliveries')
        .values({ id, at: at.toISOString() })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return inserted !== undefined;
    },

    /** Forgets those that came before `before`: nobody delivers them again. */
    async forgetDeliveries(before: Date): Promise<void> {
      await db.deleteFrom('deliveries').where('at', '<', before.toISOString()).execute();
    },
  };
}
