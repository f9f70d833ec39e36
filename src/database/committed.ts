import type { Database, Tx } from './schema.ts';

/** Transactions of which somebody hears what happened in them, once they are committed. */
export function createCommitted<Event>(db: Database, onCommitted: (event: Event) => void) {
  const uncommitted = new WeakMap<Tx, Event[]>();
  return {
    async transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
      const events: Event[] = [];
      const result = await db.transaction().execute((tx) => {
        uncommitted.set(tx, events);
        return work(tx);
      });
      for (const event of events) onCommitted(event);
      return result;
    },

    /** Something happened in this transaction. */
    happened(tx: Tx, event: Event): void {
      uncommitted.get(tx)?.push(event);
    },
  };
}
