import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Catalog } from '../../../src/aws/terms.ts';
import { databaseFindings } from '../../../src/cli/doctor/database.ts';
import type { Config } from '../../../src/config/config.ts';
import { connect } from '../../../src/database/connect.ts';
import { claimDatabase } from '../../../src/database/identity.ts';
import {
  asAdministrator,
  postgresUrl,
  temporaryFolder,
  temporaryPostgres,
} from '../../database/databases.ts';
import { findingsOf } from './findings-of.ts';

const found = (
  config: Config['database'],
  mine: { readonly teamId: string; readonly catalog: Catalog } = { teamId: 'T1', catalog: 'AWS' },
) => findingsOf(() => databaseFindings({ database: config, catalog: mine.catalog }, async () => mine.teamId));
const bot = (config: Config['database']) => connect(config, { exclusive: true, onLostConnection: () => {} });

describe('SQLite', () => {
  async function aFolder(): Promise<Config['database'] & { readonly type: 'sqlite' }> {
    const { path, remove } = await temporaryFolder();
    onTestFinished(remove);
    return { type: 'sqlite', folder: join(path, 'data') };
  }

  test('before the first start: it would be made, and is not', async () => {
    const config = await aFolder();
    expect(await found(config)).toEqual({
      folder: `ok: ${config.folder} can be written`,
      database: 'ok: SQLite; none there yet: it is made when the bot starts',
    });
    expect(await readdir(join(config.folder, '..'))).toEqual([]);
  });

  test('beside a running bot, which does not notice; and after it', async () => {
    const config = await aFolder();
    const running = await bot(config);
    expect(await found(config)).toMatchObject({
      lock: 'ok: a bot is running with this data; a second one would refuse to start',
      database: 'ok: SQLite answers',
      migrations: 'ok: up to date',
    });
    await expect(bot(config)).rejects.toThrow('Another bot is already running');
    await running.close();
    expect(await found(config)).toMatchObject({ lock: 'ok: free: no bot is running with this data' });
  });

  test("whose it is: this bot's, or somebody else's, with what to do; and whether it takes writes", async () => {
    const config = await aFolder();
    const running = await bot(config);
    expect(await found(config)).toMatchObject({
      'belongs to': 'ok: nobody yet: the bot that starts first',
      writes: 'ok: it takes them',
    });
    await claimDatabase(running.db, { teamId: 'T1', catalog: 'AWS' });
    await running.close();
    expect((await found(config))['belongs to']).toBe('ok: the Slack workspace T1 with the catalog AWS');
    for (const other of [
      { teamId: 'T2', catalog: 'AWS' },
      { teamId: 'T1', catalog: 'Sandbox' },
    ] as const) {
      expect((await found(config, other))['belongs to']).toMatch(
        /^failed: The database belongs to .* T1 with the catalog AWS, .* → Use another database .*adopt/,
      );
    }
  });

  test('made by a newer version of the bot', async () => {
    const config = await aFolder();
    const newer = await bot(config);
    await sql`insert into kysely_migration (name, timestamp) values ('999-later', '2030')`.execute(newer.db);
    await newer.close();
    expect((await found(config)).migrations).toMatch(
      /^failed: The database was made by a newer version of this bot \(999-later\)\. → Start that version/,
    );
  });

  test('made by a trial version of the bot', async () => {
    const config = await aFolder();
    const trial = await bot(config);
    await sql`update kysely_migration set name = '001-submissions'`.execute(trial.db);
    await trial.close();
    expect((await found(config)).migrations).toMatch(/^failed: .* made by a trial version .* → Name one/);
  });

  test('made by an older one: brought up to date when the bot starts, not now', async () => {
    const config = await aFolder();
    const older = await bot(config);
    await sql`delete from kysely_migration`.execute(older.db);
    await older.close();
    for (const _ of ['once', 'again'])
      expect((await found(config)).migrations).toMatch(/^ok: behind this version: .*001-schema/);
  });

  test('a folder that is none, and a file that is no database', async () => {
    const config = await aFolder();
    await writeFile(config.folder, '');
    expect((await found(config)).folder).toMatch(/^failed: .* is no folder\. → Give the user/);
    const other = await aFolder();
    await mkdir(other.folder);
    await writeFile(join(other.folder, 'bot.sqlite'), 'no database at all, but long enough '.repeat(30));
    expect((await found(other)).database).toMatch(/^failed: SQLite can't be read: .* → Look at the files/);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written', async () => {
    const config = await aFolder();
    await mkdir(config.folder);
    await chmod(config.folder, 0o500);
    expect((await found(config)).folder).toMatch(/^failed: .* can't be written by this user\. →/);
  });
});

describe('PostgreSQL', () => {
  test('that is not there: said without the password', async () => {
    const { database } = await found({
      type: 'postgres',
      url: 'postgres://bot:secret-password@127.0.0.1:9/bot',
    });
    expect(database).toMatch(/^failed: PostgreSQL can't be read: .*ECONNREFUSED.* → Check DATABASE_URL/);
    expect(database).not.toContain('secret-password');
  });

  test.skipIf(postgresUrl === undefined)('before the first start, and after it', async () => {
    const { url, drop } = await temporaryPostgres(postgresUrl ?? '');
    onTestFinished(drop);
    const config = { type: 'postgres', url } as const;
    expect(await found(config)).toMatchObject({
      database: 'ok: PostgreSQL answers',
      migrations: expect.stringMatching(/^ok: behind this version/),
      tables: 'ok: this user may make them',
      commits: 'ok: on disk before they are answered, and given up in time',
      reads: expect.stringContaining('alter role postgres set statement_timeout'),
      TLS: expect.stringMatching(/^ok: not encrypted: the server is this machine/),
    });
    const tables = await asAdministrator(url, (client) =>
      client.query('select 1 from pg_tables where schemaname = current_schema()'),
    );
    expect(tables.rowCount).toBe(0);
    await (await bot(config)).close();
    expect(await found(config)).toMatchObject({ migrations: 'ok: up to date', writes: 'ok: it takes them' });
    const name = new URL(url).pathname.slice(1);
    await asAdministrator(postgresUrl ?? '', (client) =>
      client.query(`alter database ${name} set default_transaction_read_only = on`),
    );
    expect((await found(config)).writes).toMatch(/^failed: The database takes no writes: .*read-only/);
  });

  test.skipIf(postgresUrl === undefined)(
    'reads are ended by the default of the role, where it has one',
    async () => {
      const { url, drop } = await temporaryPostgres(postgresUrl ?? '');
      const reader = new URL(url);
      reader.username = `${reader.pathname.slice(1)}_bot`;
      await asAdministrator(url, async (client) => {
        await client.query(`create role ${reader.username} login`);
        await client.query(`alter role ${reader.username} set statement_timeout = '2s'`);
      });
      onTestFinished(async () => {
        await drop();
        await asAdministrator(postgresUrl ?? '', (client) => client.query(`drop role ${reader.username}`));
      });
      expect((await found({ type: 'postgres', url: reader.href })).reads).toBe(
        'ok: the server ends them after 2s',
      );
    },
  );

  test.skipIf(postgresUrl === undefined)('for a user who may make no tables', async () => {
    const { url, drop } = await temporaryPostgres(postgresUrl ?? '');
    const reader = new URL(url);
    reader.username = `${reader.pathname.slice(1)}_reader`;
    await asAdministrator(url, (client) => client.query(`create role ${reader.username} login`));
    onTestFinished(async () => {
      await drop();
      await asAdministrator(postgresUrl ?? '', (client) => client.query(`drop role ${reader.username}`));
    });
    expect((await found({ type: 'postgres', url: reader.href })).tables).toMatch(
      /^failed: This user may make no tables .* → Make it the owner/,
    );
  });
});
