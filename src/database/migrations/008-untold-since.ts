import type { Kysely } from 'kysely';

/** Since when a telling has news that nobody was told yet: a message is as old as its submission, its news isn't. */
export const untoldSince = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('tellings').addColumn('untold_since', 'text').execute();
  },
};
