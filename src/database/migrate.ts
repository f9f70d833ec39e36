import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { submissions } from './migrations/001-submissions.ts';
import { tellings } from './migrations/002-tellings.ts';
import { batches } from './migrations/004-batches.ts';

/** Every migration, oldest first: forward only, and never edited once released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-submissions': submissions,
  '002-tellings': tellings,
  '004-batches': batches,
};

/**
 * Brings the database up to this code, safely when several replicas start together (Kysely takes a lock).
 *
 * @throws Error in words for the operator: the database is newer than this code, or a migration failed.
 */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const reason = error instanceof Error ? error.message : String(error);
  if (/previously executed migration .* is missing/.test(reason)) {
    throw new Error(
      'The database was made by a newer version of this bot. Start that version, or restore a backup taken before the upgrade.',
      { cause: error },
    );
  }
  throw new Error(`The database could not be brought up to date: ${reason}`, { cause: error });
}
