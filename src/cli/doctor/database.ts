import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sql } from 'kysely';
import type { Trouble } from '../../aws/errors.ts';
import type { Config, ConfigParts } from '../../config/config.ts';
import { connectBeside, messageOf, whyNotInForce } from '../../database/connect.ts';
import { ANOTHER_OR_ADOPT, named, readBelonging, whyNotMine } from '../../database/identity.ts';
import { MADE_BY_A_TRIAL, readMigrationStanding } from '../../database/migrate.ts';
import { isLocalOrPlainByName } from '../../database/postgres.ts';
import type { Database } from '../../database/schema.ts';
import { isLocked } from '../../database/sqlite.ts';
import { tryToWrite } from '../../observability/health.ts';
import { type Finding, failed, notChecked, ok } from './finding.ts';

type DatabaseConfig = Config['database'];

/** What is known of the bot that is to use it; undefined: nobody can tell. */
interface Mine {
  readonly catalog: string | undefined;
  readonly workspace: () => Promise<string | undefined>;
}

/** Whether the bot could start on this database; makes nothing and brings nothing up to date. */
export async function databaseFindings(
  { database, catalog }: Pick<ConfigParts, 'database' | 'catalog'>,
  workspace: Mine['workspace'],
): Promise<readonly Finding[]> {
  if (database === undefined) return [notChecked('database', 'DATABASE_URL is wrong')];
  if (database.type === 'postgres') return readingFindings(database, { catalog, workspace });
  const { folder } = database;
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
    ...(await readingFindings(database, { catalog, workspace })),
  ];
}

/** The folder itself, or where it isn't there the nearest one above, in which it would be made. */
function whyNotWritable(folder: string): Trouble | undefined {
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

/** Opens the database as it is. Whose it is, and whether it takes writes, is asked only of one of this version. */
async function readingFindings(config: DatabaseConfig, mine: Mine): Promise<readonly Finding[]> {
  const name = config.type === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  try {
    const { db, close } = await connectBeside(config, 'look');
    try {
      const standing = await readMigrationStanding(db);
      const isOurs = standing.ahead.length === 0 && standing.unknown.length === 0;
      return [
        ok('database', `${name} answers`),
        migrationsFinding(standing),
        ...(isOurs ? [await belongingFinding(db, mine), await writesFinding(config)] : []),
        ...(config.type === 'postgres' ? await postgresFindings(db, config.url) : []),
      ];
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

async function postgresFindings(db: Database, url: string): Promise<readonly Finding[]> {
  const { rows } = await sql<{ allowed: boolean; encrypted: boolean; reads: string; role: string }>`
    select has_schema_privilege(current_schema(), 'create') as allowed,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      coalesce((select split_part(setting, '=', 2) from pg_db_role_setting s, unnest(setconfig) setting
        where s.setrole = (select oid from pg_roles where rolname = current_user)
        and setting like 'statement_timeout=%' limit 1), '0') as reads,
      quote_ident(current_user) as role`.execute(db);
  const [row] = rows;
  const notInForce = await whyNotInForce(db);
  return [
    row?.allowed === true
      ? ok('tables', 'this user may make them')
      : failed('tables', {
          says: 'This user may make no tables in the schema it uses.',
          fix: 'Make it the owner of the database, or grant it CREATE on the schema.',
        }),
    notInForce === undefined
      ? ok('commits', 'on disk before they are answered, and given up in time')
      : failed('commits', { says: notInForce, fix: 'Without it a submission could be sent twice.' }),
    row?.reads === '0'
      ? ok('reads', `nothing ends them on the server: alter role ${row.role} set statement_timeout = '2s'`)
      : ok('reads', `the server ends them after ${row?.reads}`),
    encryption(url, row?.encrypted === true),
  ];
}

/** Whether others on the way can read along; the settings take plaintext to another machine only where it is named. */
function encryption(url: string, encrypted: boolean): Finding {
  if (encrypted) return ok('TLS', 'the connection is encrypted');
  return isLocalOrPlainByName(url)
    ? ok('TLS', 'not encrypted: the server is this machine, or sslmode=disable says so')
    : failed('TLS', {
        says: 'The connection is not encrypted: a pooler or proxy in between ends it.',
        fix: 'Give the way to the database TLS, or name the plaintext: sslmode=disable in DATABASE_URL.',
      });
}

async function belongingFinding(db: Database, { catalog, workspace }: Mine): Promise<Finding> {
  const whose = await readBelonging(db);
  if (whose === undefined) return ok('belongs to', 'nobody yet: the bot that starts first');
  // What isn't known here is said by the checks of Slack and of the settings.
  const why = whyNotMine(whose, {
    teamId: (await workspace()) ?? whose.teamId,
    catalog: catalog ?? whose.catalog,
  });
  return why === undefined
    ? ok('belongs to', named(whose))
    : failed('belongs to', { says: why, fix: ANOTHER_OR_ADOPT });
}

/** Only a write shows it; it leaves nothing behind. */
async function writesFinding(config: DatabaseConfig): Promise<Finding> {
  const { db, close } = await connectBeside(config, 'write');
  try {
    await tryToWrite(db, randomUUID());
    return ok('writes', 'it takes them');
  } catch (error) {
    return failed('writes', {
      says: `The database takes no writes: ${messageOf(error)}.`,
      fix: 'Without it nothing can be recorded: free its disk, or give the bot a database it may write to.',
    });
  } finally {
    await close();
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
