import type { Dialect } from '../../database/connect.ts';
import type { Tx } from '../../database/schema.ts';
import { isAhead } from '../due.ts';

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
  const at = slot.at.toISOString();
  await tx
    .insertInto('duties')
    .values({ name: 'pace', value: at })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const pace = await tx
    .selectFrom('duties')
    .select('value')
    .where('name', '=', 'pace')
    .$if(slot.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  const next = new Date(pace.value);
  if (isAhead(next, slot.at)) return next;
  if (await use()) {
    await tx
      .updateTable('duties')
      .set({ value: new Date(slot.at.getTime() + slot.intervalMs).toISOString() })
      .where('name', '=', 'pace')
      .execute();
  }
  return undefined;
}
