import { connectBeside } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/schema.ts';
import type { Workspace } from './workspace.ts';

/** Does something to the bot's database behind its back. `url`: of a PostgreSQL database; SQLite where it isn't given. */
export async function behindItsBack(
  { folder }: Workspace,
  work: (db: Database) => Promise<unknown>,
  url?: string,
): Promise<void> {
  const { db, close } = await connectBeside(
    url === undefined ? { type: 'sqlite', folder } : { type: 'postgres', url },
    'write',
  );
  try {
    await work(db);
  } finally {
    await close();
  }
}
