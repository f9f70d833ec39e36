import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { asAdministrator, postgresUrl, temporaryPostgres } from '../database/databases.ts';
import { letPass, MINUTE } from './passing-time.ts';
import { samplesAt } from './samples.ts';
import { overSocketMode, type Workspace } from './workspace.ts';

const ready = async ({ opsPort }: Workspace) => {
  const answer = await fetch(`http://127.0.0.1:${opsPort()}/readyz`);
  return { status: answer.status, body: await answer.text() };
};

/** Runs a statement in the bot's database while the bot runs, as an operator could. */
const inDatabase = ({ folder }: Workspace, statement: string): void => {
  const database = new SqliteDatabase(join(folder, 'bot.sqlite'));
  database.exec(statement);
  database.close();
};

/** The connection of the bot that is opened next: what a disk does can be done to no other. */
function botsOwnConnection(): (pragma: string) => unknown {
  let own: SqliteDatabase.Database | undefined;
  const { pragma } = SqliteDatabase.prototype;
  const spy = vi.spyOn(SqliteDatabase.prototype, 'pragma').mockImplementation(function (
    this: SqliteDatabase.Database,
    ...given
  ) {
    if (given[0] === 'journal_mode = WAL') own = this;
    return Reflect.apply(pragma, this, given);
  });
  onTestFinished(() => spy.mockRestore());
  return (text) => own?.pragma(text, { simple: true });
}

/** Asks after so long that nothing of before counts any more. */
const writes = async (workspace: Workspace) => {
  workspace.clock.jump(5000);
  const { status, body } = await ready(workspace);
  const writable = (await samplesAt(workspace.opsPort())).get('opportunity_bot_database_writable');
  return { status, body, writable };
};

const WELL = { status: 200, body: '{"status":"ready","problems":[]}', writable: 1 };
const notReady = (why: string) => ({
  status: 503,
  body: `{"status":"not ready","problems":["the database takes no writes: ${why}"]}`,
  writable: 0,
});

const FAILED_COMMANDS = 'opportunity_bot_interactions_total{kind="command",outcome="failed"}';

overSocketMode('whether the bot is ready', (open) => {
  test('work in the background that hangs is named, and makes the container restart', async () => {
    const workspace = await open({ timeouts: { totalMs: 1000 } });
    workspace.deal({ id: 'O1001' });
    await workspace.look('O1001');
    expect(await ready(workspace)).toEqual({ status: 200, body: '{"status":"ready","problems":[]}' });

    workspace.aws.injectFault({
      operation: 'GetOpportunity',
      kind: { type: 'hang', execute: false },
    });
    const before = workspace.aws.requests('GetOpportunity').length;
    await workspace.choose();
    await expect.poll(() => workspace.aws.requests('GetOpportunity').length).toBeGreaterThan(before);
    expect((await ready(workspace)).status).toBe(200);
    workspace.clock.jump(20 * MINUTE);
    const stuck = await ready(workspace);
    expect(stuck.status).toBe(503);
    expect(stuck.body).toContain('the work in the background has stopped: submissions');
    expect((await samplesAt(workspace.opsPort())).get('opportunity_bot_worker_alive')).toBe(0);
    const alive = await fetch(`http://127.0.0.1:${workspace.port()}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([503, { status: 'stuck' }]);
  });

  test('it stays ready through hours in which nothing happens', async () => {
    const workspace = await open();
    await letPass(workspace, 300 * MINUTE, 59 * MINUTE);
    expect((await ready(workspace)).status).toBe(200);
  });

  test('a database restored from before an upgrade is named, with what to do', async () => {
    const workspace = await open();
    inDatabase(workspace, "delete from kysely_migration where name = '001-schema'");
    const restored = await ready(workspace);
    expect(restored.status).toBe(503);
    expect(restored.body).toContain('the database is older than this bot (001-schema): restart it');
  });

  test('a full disk and a read-only file: not ready, and in the log once, then rarely', async () => {
    const pragma = botsOwnConnection();
    const workspace = await open();
    const said = () => workspace.log().match(/the database takes no writes/g)?.length ?? 0;
    expect(await writes(workspace)).toEqual(WELL);

    // Without room of its own, and never larger than it is (SQLite takes no smaller limit): as on a full disk.
    const fill = () => {
      inDatabase(workspace, 'vacuum');
      pragma('max_page_count = 1');
    };
    fill();
    for (const _ of ['once', 'again']) expect(await writes(workspace)).toEqual(notReady('its disk is full'));
    expect(said()).toBe(1);
    expect(workspace.log()).toContain('SQLITE_FULL');
    workspace.clock.jump(16 * MINUTE);
    expect(await writes(workspace)).toEqual(notReady('its disk is full'));
    expect(said()).toBe(2);

    pragma('max_page_count = 1000000');
    expect(await writes(workspace)).toEqual(WELL);
    expect(workspace.log()).toContain('the database takes writes again');
    pragma('query_only = on');
    expect(await writes(workspace)).toEqual(notReady('it is read-only'));
    pragma('query_only = off');
    expect(await writes(workspace)).toEqual(WELL);
  });

  test.skipIf(postgresUrl === undefined)(
    'PostgreSQL gone read-only: not ready until it is mended',
    async () => {
      const { url, drop } = await temporaryPostgres(postgresUrl ?? '');
      const workspace = await open({ settings: { DATABASE_URL: url } });
      onTestFinished(drop);
      const readOnly = (value: string) =>
        asAdministrator(postgresUrl ?? '', async (client) => {
          const name = new URL(url).pathname.slice(1);
          await client.query(`alter database ${name} set default_transaction_read_only = ${value}`);
          await client.query(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
          );
        });
      expect(await writes(workspace)).toEqual(WELL);
      await readOnly('on');
      await expect.poll(() => writes(workspace), { timeout: 5000 }).toEqual(notReady('it is read-only'));
      await readOnly('off');
      await expect.poll(() => writes(workspace), { timeout: 5000 }).toEqual(WELL);
    },
  );

  test('without its database the bot is not ready, and its metrics are silent about what only that knows', async () => {
    const workspace = await open();
    inDatabase(workspace, 'alter table opportunities rename to gone');
    workspace.clock.jump(5000);
    const samples = await samplesAt(workspace.opsPort());
    expect(samples.get('opportunity_bot_database_up')).toBe(0);
    expect([...samples.keys()].filter((name) => /_(submissions|untold|oldest|paused)/.test(name))).toEqual(
      [],
    );

    await workspace.command('status');
    await expect
      .poll(async () => (await samplesAt(workspace.opsPort())).get(FAILED_COMMANDS), { timeout: 5000 })
      .toBe(1);

    inDatabase(workspace, 'alter table gone rename to opportunities');
    workspace.clock.jump(5000);
    expect((await samplesAt(workspace.opsPort())).get('opportunity_bot_database_up')).toBe(1);
  });
});
