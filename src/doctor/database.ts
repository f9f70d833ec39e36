import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { isLocked, lookInto, messageOf } from '../database/connect.ts';
import { MADE_BY_A_TRIAL, readMigrationStanding } from '../database/migrate.ts';
import type { Database } from '../database/schema.ts';
import { type Check, type Finding, failed, notChecked, ok } from './finding.ts';

/** Whether the bot could start on this database; makes nothing and brings nothing up to date. */
export const databaseCheck = (config: Config['database'] | undefined): Check => ({
  section: 'Database',
  name: 'database',
  run: async () => {
    if (config === undefined) return [notChecked('database', 'DATABASE_URL is wrong')];
    return config.type === 'sqlite' ? sqliteFindings(config.folder) : postgresFindings(config);
  },
});

async function sqliteFindings(folder: string): Promise<readonly Finding[]> {
  const problem = whyNotWritable(folder);
  if (problem !== undefined) return [failed('folder', problem)];
  const writable = ok('folder', `${resolve(folder)} can be written`);
  if (!existsSync(join(folder, 'bot.sqlite'))) {
    return [writable, ok('database', 'SQLite; none there yet: it is made when the bot starts')];
  }
  return [
    writable,
    isLocked(folder)
      ? ok('lock', 'a bot is running with this data; a second one would refuse to start')
      : ok('lock', 'free: no bot is running with this data'),
    ...(await reading({ type: 'sqlite', folder }, async () => [])),
  ];
}

/** The folder itself, or where it isn't there the nearest one above, in which it would be made. */
function whyNotWritable(folder: string): { readonly says: string; readonly fix: string } | undefined {
  let nearest = resolve(folder);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  const fix = 'Give the user the bot runs as the right to write there, or set another DATA_DIR.';
  if (!statSync(nearest).isDirectory()) return { says: `${nearest} is no folder.`, fix };
  try {
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return { says: `${nearest} can't be written by this user.`, fix };
  }
}

const postgresFindings = (config: Config['database']): Promise<readonly Finding[]> =>
  reading(config, async (db) => {
    const { rows } = await sql<{ allowed: boolean; encrypted: boolean }>`
      select has_schema_privilege(current_schema(), 'create') as allowed,
        coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted`.execute(db);
    const [row] = rows;
    return [
      row?.allowed === true
        ? ok('tables', 'this user may make them')
        : failed('tables', {
            says: 'This user may make no tables in the schema it uses.',
            fix: 'Make it the owner of the database, or grant it CREATE on the schema.',
          }),
      row?.encrypted === true
        ? ok('TLS', 'the connection is encrypted')
        : ok('TLS', 'the connection is not encrypted: add sslmode=verify-full where it leaves this machine'),
    ];
  });

/** Opens the database as it is; what `more` finds comes after how it stands to this code. */
async function reading(
  config: Config['database'],
  more: (db: Database) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const name = config.type === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  try {
    const { db, close } = await lookInto(config);
    try {
      const standing = await readMigrationStanding(db);
      return [ok('database', `${name} answers`), migrationsFinding(standing), ...(await more(db))];
    } finally {
      await close();
    }
  } catch (error) {
    return [
      failed('database', {
        says: `${name} can't be read: ${messageOf(error)}.`,
        fix:
          config.type === 'sqlite'
            ? 'Look at the files in DATA_DIR: whose they are, and whether the disk is full.'
            : 'Check DATABASE_URL, and that the server takes connections from this machine.',
      }),
    ];
  }
}

function migrationsFinding({
  ahead,
  unknown,
  isTrial,
}: Awaited<ReturnType<typeof readMigrationStanding>>): Finding {
  if (isTrial) {
    return failed('migrations', { says: MADE_BY_A_TRIAL, fix: 'Name one that is not there yet.' });
  }
  if (unknown.length > 0) {
    return failed('migrations', {
      says: `The database was made by a newer version of this bot (${unknown.join(', ')}).`,
      fix: 'Start that version, or restore a backup taken before the upgrade.',
    });
  }
  return ok(
    'migrations',
    ahead.length === 0
      ? 'up to date'
      : `behind this version: brought up to date when the bot starts (${ahead.join(', ')})`,
  );
}
