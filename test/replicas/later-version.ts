import { registerHooks } from 'node:module';

/**
 * Preloaded (`--import`) into a bot's process: makes it a later version of this code, with one more migration of the
 * kind that upgrades are made of.
 */
const LATER = `
  '999-later': {
    up: async (db: Kysely<unknown>) => {
      await db.schema.alterTable('submissions').addColumn('later', 'text').execute();
      await db.schema.alterTable('outbox').addColumn('later', 'integer', (c) => c.notNull().defaultTo(0)).execute();
      await db.schema.createTable('later').addColumn('id', 'text', (c) => c.primaryKey()).execute();
      await db.schema.createIndex('submissions_later').on('submissions').column('later').execute();
    },
  },
};`;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/src/database/migrate.ts')) return loaded;
    const source = String(loaded.source).replace(/(const MIGRATIONS[^;]*),\n\};/, `$1,${LATER}`);
    if (!source.includes('999-later')) throw new Error('MIGRATIONS is not where this looks for it.');
    return { ...loaded, source };
  },
});
