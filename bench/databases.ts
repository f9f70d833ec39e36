import { type Connection, connect } from '../src/database/connect.ts';
import { createForms } from '../src/forms/form.ts';
import { temporaryFolder, temporaryPostgres } from '../test/database/temporary.ts';
import { formOf } from './roles/requests.ts';
import type { Started } from './rows/row.ts';

/** An empty database, gone after `end`. */
export interface BenchDatabase extends Started {
  /** What tells the bot to use it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Opens it beside the bot, or before it. */
  open(): Promise<Connection>;
}

/** A lost connection fails the query that needs it, and the run. */
const options = { onLostConnection: () => {} };

/** On the machine's own disk: a commit waits for it, as in production. */
export async function openSqlite(): Promise<BenchDatabase> {
  const { path, remove } = await temporaryFolder();
  return {
    settings: { DATA_DIR: path },
    open: () => connect({ type: 'sqlite', folder: path }, options),
    end: remove,
  };
}

export async function openPostgres(server: string): Promise<BenchDatabase> {
  const { url, drop } = await temporaryPostgres(server);
  return {
    settings: { DATABASE_URL: url },
    open: () => connect({ type: 'postgres', url }, options),
    end: drop,
  };
}

/** The forms that will be submitted, as opening them would have left them. */
export async function saveDrafts(database: BenchDatabase, count: number): Promise<void> {
  const connection = await database.open();
  try {
    await connection.db.transaction().execute(async (tx) => {
      const { saveForm } = createForms({ db: tx });
      for (let number = 0; number < count; number += 1) await saveForm(formOf(number, new Date()));
    });
  } finally {
    await connection.close();
  }
}
