import { isAhead } from '../clock.ts';
import type { Dialect } from '../database/connect.ts';
import type { Database, Tx } from '../database/schema.ts';

/** The one row. */
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

/** The queries by which all replicas keep to AWS's quota of writes. */
export const createWriteQuota = ({ db }: { db: Database }) => ({
  /** AWS throttles: no replica writes before `until`. */
  async slowDown(until: Date): Promise<void> {
    const next_at = until.toISOString();
    await db
      .insertInto('write_quota')
      .values({ id: ROW, next_at })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ next_at }).where('write_quota.next_at', '<', next_at),
      )
      .execute();
  },
});
