import type { Connection } from './database/connect.ts';
import { readMigrationStandingAgain } from './database/migrate.ts';
import type { Worker } from './submissions/worker.ts';

/** What behind the connection to Slack keeps the bot from serving now, in words for the operator; empty: nothing. */
export async function notReady(
  { db }: Pick<Connection, 'db'>,
  worker: Pick<Worker, 'stuck'>,
): Promise<readonly string[]> {
  return [
    ...(await databaseProblems(db)),
    ...worker.stuck().map((name) => `the work in the background has stopped: ${name}`),
  ];
}

async function databaseProblems(db: Connection['db']): Promise<readonly string[]> {
  try {
    const { ahead } = await readMigrationStandingAgain(db);
    // As after a backup was restored under a running bot: it brings a database up to date only when it starts.
    return ahead.length === 0
      ? []
      : [`the database is older than this bot (${ahead.join(', ')}): restart it`];
  } catch {
    return ['the database does not answer'];
  }
}
