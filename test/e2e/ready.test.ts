import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, test } from 'vitest';
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
