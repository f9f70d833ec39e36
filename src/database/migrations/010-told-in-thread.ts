import type { Kysely } from 'kysely';

/** Which thread a message stands in: not always the one it was meant for. */
export const toldInThread = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('tellings').addColumn('thread_ts', 'text').execute();
  },
};
