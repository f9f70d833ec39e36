import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../database/databases.ts';
import { onSubmit } from '../e2e/aws-faults.ts';
import { idsOf, lookAtSeveral, submitSeveral } from '../e2e/batch/several.ts';
import { HOUR, idle, letPass, MINUTE } from '../e2e/passing-time.ts';
import { requestMany } from '../e2e/queue/many.ts';
import { overSocketMode } from '../e2e/workspace.ts';

const STATUS = fileURLToPath(new URL('../../src/cli/status.ts', import.meta.url));

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run status` as an operator does, beside the bot. */
const status = (folder: string, ...flags: readonly string[]): Promise<Ran> =>
  statusWith({ DATA_DIR: folder }, folder, flags);

const statusWith = (
  env: Readonly<Record<string, string>>,
  folder: string,
  flags: readonly string[] = [],
): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { cwd: folder, env };
    const child = execFile(process.execPath, [STATUS, ...flags], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

/** A line of the table by its name, single-spaced. */
const line = ({ stdout }: Ran, name: string): string | undefined =>
  stdout
    .split('\n')
    .find((text) => text.startsWith(name))
    ?.replaceAll(/\s+/g, ' ');

test('before the bot was ever started there is nothing to read, and that is said', async () => {
  const { path, remove } = await temporaryFolder();
  const ran = await status(path);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('there is no database in');
  expect(ran.stderr).toContain('start the bot first');
  expect(ran.stderr).not.toContain('    at ');
  await remove();
});

test('a setting that is wrong is named', async () => {
  const { path, remove } = await temporaryFolder();
  const ran = await statusWith({ DATABASE_URL: 'mysql://elsewhere' }, path);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('DATABASE_URL takes postgres://');
  await remove();
});

overSocketMode('npm run status while the bot runs', (open) => {
  test('nothing to do: says so, and that nobody was asked yet', async () => {
    const { folder } = await open();
    const ran = await status(folder);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(line(ran, 'waiting to be sent')).toBe('waiting to be sent 0');
    expect(line(ran, 'untold')).toBe('untold 0');
    expect(line(ran, 'sending ')).toBe('sending running');
    expect(line(ran, 'last poll')).toBe('last poll never');
    expect(ran.stdout).not.toContain('worth a look');
  });

  test('what waits, and since when', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { clock, folder } = workspace;
    await workspace.end();
    await requestMany(workspace, 3, new Date(clock.now().getTime() - 3 * HOUR));
    await workspace.begin();
    await idle(workspace);
    const ran = await status(folder);
    expect(line(ran, 'waiting to be sent')).toBe('waiting to be sent 3 oldest 3 h ago');
    expect(line(ran, 'untold')).toBe('untold 0');

    await workspace.restart({ PAUSED: '0' });
    await workspace.message('Approval pending: O5002');
    await idle(workspace);
    const later = await status(folder);
    expect(line(later, 'waiting to be sent')).toBe('waiting to be sent 0');
    expect(line(later, 'waiting for AWS')).toMatch(/^waiting for AWS 3 oldest \d+ s ago$/);
  });

  test('doubts, by their opportunities', async () => {
    const workspace = await open();
    workspace.deal();
    workspace.aws.injectFault(onSubmit({ type: 'reset', execute: false }));
    await workspace.submit('O1001');
    await workspace.message('Not sure AWS got it');
    await idle(workspace);
    const ran = await status(workspace.folder);
    expect(line(ran, 'in doubt')).toMatch(/^in doubt 1 oldest \d+ s ago$/);
    expect(ran.stdout).toContain('worth a look:');
    expect(ran.stdout).toMatch(/O1001 {2}uncertain, \d+ s ago: not known whether AWS has it/);
    expect(ran.stdout).not.toContain('Northwind');
  });

  test('what nobody could be told, and why', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    workspace.deal();
    slack.injectFault({ method: 'chat.postMessage', kind: { type: 'error', error: 'fatal_error' } });
    await workspace.submit('O1001');
    await letPass(workspace, MINUTE);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    const ran = await status(workspace.folder);
    expect(line(ran, 'untold')).toMatch(/^untold 1 oldest \d+ s ago$/);
    expect(ran.stdout).toContain("can't be told: fatal_error");
  });

  test('a message about several that nobody could be told', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    await lookAtSeveral(workspace, idsOf(2));
    slack.injectFault({ method: 'chat.postMessage', kind: { type: 'error', error: 'fatal_error' } });
    await submitSeveral(workspace);
    await letPass(workspace, MINUTE);
    expect(idsOf(2).map((id) => aws.submissionsExecuted(id))).toEqual([1, 1]);
    const ran = await status(workspace.folder);
    expect(ran.stdout).toMatch(/\(batch\) {2}untold, .*: can't be told: fatal_error/);
  });

  test('why sending is paused, and when it is tried next', async () => {
    const workspace = await open();
    await workspace.end();
    await requestMany(workspace, 1);
    workspace.aws.injectFault({ kind: { type: 'error', name: 'UnrecognizedClientException' } });
    await workspace.begin();
    await idle(workspace);
    const ran = await status(workspace.folder);
    expect(line(ran, 'sending ')).toMatch(/^sending paused: .*UnrecognizedClientException/);
    expect(line(ran, 'sending ')).toContain('next try');
  });

  test('when AWS was last asked how the reviews stand', async () => {
    const workspace = await open();
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Approval pending');
    await letPass(workspace, MINUTE);
    const ran = await status(workspace.folder);
    expect(line(ran, 'last poll')).toMatch(/^last poll \d+ s ago$/);
    expect(line(ran, 'last sweep')).toMatch(/^last sweep \d+ s ago$/);
  });

  test('--json: the same for a program', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    await workspace.end();
    await requestMany(workspace, 2);
    await workspace.begin();
    await idle(workspace);
    const { code, stdout } = await status(workspace.folder, '--json');
    expect(code).toBe(0);
    const overview: unknown = JSON.parse(stdout);
    expect(overview).toMatchObject({
      states: expect.arrayContaining([
        { state: 'requested', count: 2, oldest: expect.stringMatching(/^\d{4}-.*Z$/) },
        { state: 'uncertain', count: 0, oldest: null },
      ]),
      untold: { count: 0, oldest: null },
      waitingForAws: { count: 0, oldest: null },
      edits: { count: 0, oldest: null, states: expect.arrayContaining([{ state: 'saved', count: 0 }]) },
      attention: [],
      pause: null,
      lastPoll: null,
      lastSweep: null,
    });
  });

  test('sending is switched off by the setting: that is said', async () => {
    const { folder } = await open({ settings: { PAUSED: '1' } });
    const ran = await statusWith({ DATA_DIR: folder, PAUSED: '1' }, folder);
    expect(line(ran, 'sending ')).toBe('sending paused by the setting PAUSED');
    const { stdout } = await statusWith({ DATA_DIR: folder, PAUSED: '1' }, folder, ['--json']);
    expect(JSON.parse(stdout)).toMatchObject({ pausedBySetting: true, pause: null });
  });

  test('the bot is stopped: it can be asked all the same', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    await workspace.end();
    await requestMany(workspace, 1);
    expect(line(await status(workspace.folder), 'waiting to be sent')).toContain('waiting to be sent 1');
  });
});
