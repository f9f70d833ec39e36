import { execFile, spawnSync } from 'node:child_process';
import { copyFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { backUpSqlite } from '../../src/database/sqlite.ts';
import { postgresUrl, temporaryFolder, temporaryPostgres } from '../database/databases.ts';
import { awsError, onSubmit } from '../e2e/aws-faults.ts';
import { HOUR, idle, letPass, MINUTE } from '../e2e/passing-time.ts';
import { requestMany } from '../e2e/queue/many.ts';
import { buttons, reads } from '../e2e/words-on-screen.ts';
import { ana, overSocketMode, type Workspace } from '../e2e/workspace.ts';
import { recorded, storeOn } from '../submissions/records.ts';

const run = promisify(execFile);
const BACKUP = fileURLToPath(new URL('../../src/cli/backup.ts', import.meta.url));

/** Runs `npm run backup` as an operator does, beside the bot. */
const backup = (env: Readonly<Record<string, string>>, ...flags: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [BACKUP, ...flags],
      { cwd: '/', env },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

async function aFile(): Promise<string> {
  const { path, remove } = await temporaryFolder();
  onTestFinished(remove);
  return join(path, 'backup.sqlite');
}

/** As docs/data.md says: the bot is stopped, what is there goes, the backup takes its place. */
async function restore({ folder }: Workspace, file: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name));
  await copyFile(file, join(folder, 'bot.sqlite'));
}

describe('npm run backup', () => {
  test('says how it is used, and where there is nothing to back up', async () => {
    const file = await aFile();
    expect(await backup({})).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
    expect(await backup({ DATA_DIR: join(file, '..') }, '--to', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was backed up: there is no database in'),
    });
  });

  test('PostgreSQL has tools of its own: says which, and repeats no password', async () => {
    const ran = await backup(
      { DATABASE_URL: 'postgres://bot:secret@host/db?sslmode=verify-full' },
      '--to',
      await aFile(),
    );
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('pg_dump') });
    expect(ran.stderr).not.toContain('secret');
  });
});

overSocketMode('a backup taken while the bot runs', (open) => {
  test('is one whole file, for its owner alone, and takes no other file away', async () => {
    const workspace = await open();
    const { folder } = workspace;
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Approval pending');
    const file = await aFile();
    expect(await backup({ DATA_DIR: folder }, '--to', file)).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(join(file, '..'))).toEqual(['backup.sqlite']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const copy = new SqliteDatabase(file, { readonly: true });
    expect(copy.prepare('select opportunity_id, state from submissions').all()).toEqual([
      { opportunity_id: 'O1001', state: 'submitted' },
    ]);
    copy.close();
    await writeFile(file, 'precious');
    expect(await backup({ DATA_DIR: folder }, '--to', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is there already'),
    });
  });
});

const FOUND = "AWS has it; we can't tell whose request did it";

overSocketMode('after a restore from an older backup', (open) => {
  /** A bot that keeps `count` requests and sends none, and a backup of it. */
  async function requestsBackedUp(count: number) {
    const workspace = await open({ settings: { PAUSED: '1' }, timeouts: { firstByteMs: 1500 } });
    await workspace.end();
    await requestMany(workspace, count);
    await workspace.begin();
    await idle(workspace);
    const file = await aFile();
    await backUpSqlite(workspace.folder, file);
    return { workspace, file };
  }

  test('what was sent since is found at AWS and not sent again; what was not is sent', async () => {
    const { workspace, file } = await requestsBackedUp(2);
    const { aws } = workspace;
    aws.injectFault(onSubmit(awsError('ValidationException'), 1));
    await workspace.restart({ PAUSED: '0' });
    await workspace.message('Approval pending');
    await workspace.message('AWS needs something changed first');
    await workspace.end();

    await restore(workspace, file);
    await workspace.begin({ PAUSED: '0' });
    await workspace.message(FOUND);
    const kept = await workspace.message('Kept: AWS is looked at first: O5000');
    expect(reads(kept)).toContain('checking at least until');
    expect(buttons(kept)).not.toContain('Cancel');
    await letPass(workspace, 28 * MINUTE, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(2);
    await letPass(workspace, 4 * MINUTE, MINUTE);
    await workspace.message('Approval pending: O5000');
    expect(['O5000', 'O5001'].map(aws.submissionsExecuted)).toEqual([1, 1]);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(3);
  });

  test.each([
    ['a request older than a day', 25 * HOUR, {}],
    ['that of somebody who may no longer submit', 0, { SUBMITTERS: 'U07BENALLIA' }],
  ])('%s is not said to be unsent where AWS has it', async (_what, later, settings) => {
    const { workspace, file } = await requestsBackedUp(1);
    await workspace.restart({ PAUSED: '0' });
    await workspace.message('Approval pending: O5000');
    await workspace.end();
    await restore(workspace, file);
    workspace.clock.jump(later);
    await workspace.begin({ PAUSED: '0', ...settings });
    await workspace.message(`${FOUND}: O5000`);
    expect(workspace.aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('what was being sent when the backup was taken is settled by reading', async () => {
    const { workspace } = await requestsBackedUp(1);
    const { aws, folder, clock } = workspace;
    aws.injectFault(onSubmit({ type: 'hang', execute: true }, 1));
    await workspace.restart({ PAUSED: '0' });
    await expect.poll(() => aws.requests('SubmitOpportunity').length).toBe(1);
    const file = await aFile();
    await backUpSqlite(folder, file);
    await workspace.end();
    await restore(workspace, file);
    clock.jump(2 * MINUTE);
    await workspace.begin({ PAUSED: '0' });
    await workspace.message(`${FOUND}: O5000`);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('buttons of a record that is gone answer kindly, and its opportunity can be looked at again', async () => {
    const workspace = await open();
    const { folder, aws } = workspace;
    workspace.deal();
    const file = await aFile();
    await backUpSqlite(folder, file);
    await workspace.submit('O1001');
    const pending = await workspace.message('Approval pending: O1001');
    await workspace.end();
    await restore(workspace, file);
    await workspace.begin();
    await workspace.press(pending, 'show_details');
    await workspace.modal('has no record of that submission any more');
    await workspace.press(pending, 'check_status');
    await workspace.message('has no record of that submission any more', { user: ana });
    await workspace.command('O1001');
    await workspace.modal('AWS has it, and it is not yet in review');
    await letPass(workspace, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });
});

test.skipIf(postgresUrl === undefined || !hasPgDump())('PostgreSQL, as docs/data.md says', async () => {
  const { url, drop } = await temporaryPostgres(postgresUrl ?? '');
  onTestFinished(drop);
  const fresh = await temporaryPostgres(postgresUrl ?? '');
  onTestFinished(fresh.drop);
  const file = await aFile();
  const bot = await connect({ type: 'postgres', url }, { onLostConnection: () => {} });
  const submission = await recorded(storeOn(bot));
  await run('pg_dump', ['--format=custom', `--file=${file}`, url]);
  await bot.close();
  await run('pg_restore', ['--no-owner', `--dbname=${fresh.url}`, file]);
  const restored = await connect({ type: 'postgres', url: fresh.url }, { onLostConnection: () => {} });
  expect(await storeOn(restored).find(submission.id)).toEqual(submission);
  await restored.close();
});

function hasPgDump(): boolean {
  return spawnSync('pg_dump', ['--version']).status === 0;
}
