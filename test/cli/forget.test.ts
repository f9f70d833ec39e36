import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../database/databases.ts';
import { DAY, letPass, MINUTE } from '../e2e/passing-time.ts';
import { reads } from '../e2e/words-on-screen.ts';
import { ana, ben, deals, general, overSocketMode } from '../e2e/workspace.ts';

const FORGET = fileURLToPath(new URL('../../src/cli/forget.ts', import.meta.url));

/** Runs `npm run forget` as an operator does, beside the bot. */
const forget = (folder: string, ...flags: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const options = { cwd: folder, env: { DATA_DIR: folder } };
    const child = execFile(process.execPath, [FORGET, ...flags], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

test.each([
  [[], 'Say whom or what to forget'],
  [['--person', 'U1234', '--opportunity', 'O1'], 'one of them'],
  [['--person', '@ana'], '--person takes a Slack user ID'],
  [['--opportunity', 'northwind'], '--opportunity takes an opportunity ID'],
  [['--everything'], "Unknown option '--everything'"],
])('%j is not understood, and that is said with how it is used', async (flags, problem) => {
  const { path, remove } = await temporaryFolder();
  const ran = await forget(path, ...flags);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain(problem);
  expect(ran.stderr).toContain('Usage: npm run -s forget');
  await remove();
});

test('before the bot was ever started there is nothing to forget, and that is said', async () => {
  const { path, remove } = await temporaryFolder();
  const ran = await forget(path, '--person', ana, '--yes');
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('Nothing was forgotten: there is no database in');
  await remove();
});

overSocketMode('forgetting while the bot runs', (open) => {
  test('whom nothing is known of: just that, where else they may be, and nothing to confirm', async () => {
    const { folder } = await open();
    expect(await forget(folder, '--person', 'U0NOBODY')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Nothing is recorded of person U0NOBODY\.\n.*two IDs, U… and W….*\n$/),
    });
  });

  test('a person: first what it would do, then it does; the record is there without the person', async () => {
    const workspace = await open();
    const { folder, deal, aws, clock, submit, message, command, slack } = workspace;
    deal();
    deal({ id: 'O1002' });
    await submit('O1001');
    await submit('O1002');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'Approved');
    clock.jump(MINUTE);
    await message('Approved by AWS: O1001');
    await letPass(workspace, MINUTE);

    const asked = await forget(folder, '--person', ana);
    expect(asked.stdout).toContain('Nothing is changed yet: add --yes.');
    expect(asked.stdout).toMatch(/submissions +1 +kept without the person/);
    expect(asked.stdout).toMatch(/under way.*\n +submissions +O1002 /);
    expect(asked.code).toBe(1);

    const done = await forget(folder, '--person', ana, '--yes');
    expect(done.stdout).toContain(`Forgotten: person ${ana}`);
    expect(done.stdout.split('\n').slice(1)).toEqual(asked.stdout.split('\n').slice(1));

    await command('list', { user: ben });
    const list = await slack.waitForMessage(deals, ({ ephemeralTo }) => ephemeralTo === ben, { as: ben });
    expect(reads(list)).toContain('somebody no longer on record');
    expect(reads(list)).toContain(`<@${ana}>`);
  });

  test('what AWS decides of a forgotten person’s record afterwards reaches nobody, and is not tried for ever', async () => {
    const workspace = await open({ settings: { PARTNER_CENTRAL_CATALOG: 'Sandbox' } });
    const { folder, deal, aws, slack, submit, message, log } = workspace;
    deal();
    // The bot isn't in that channel: what comes of it is told in a direct message.
    const { id: direct } = slack.directMessage(ana);
    await submit('O1001', {}, { channel: general });
    const pending = await message('Approval pending: O1001', { channel: direct });
    await letPass(workspace, MINUTE);
    expect((await forget(folder, '--person', ana, '--yes')).stdout).toContain(`Forgotten: person ${ana}`);
    aws.review('Sandbox', 'O1001', 'Approved');
    await letPass(workspace, 3 * MINUTE, MINUTE);
    expect(log()).toContain('review');
    expect(log()).not.toContain('a message could not be posted');
    expect(slack.messages(direct).map(({ ts, text }) => [ts, text])).toEqual([[pending.ts, pending.text]]);
  });

  test('an opportunity: its message in Slack answers kindly that there is no record any more', async () => {
    const workspace = await open();
    const { folder, deal, aws, clock, submit, message, press } = workspace;
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'Rejected');
    clock.jump(MINUTE);
    const rejected = await message('Rejected');
    await letPass(workspace, MINUTE);
    expect(await forget(folder, '--opportunity', 'O1001', '--yes')).toMatchObject({ code: 0, stderr: '' });
    expect(await press(rejected, 'show_details')).toMatchObject({ acknowledged: true });
    await workspace.modal('has no record of that submission any more');
  });

  test('RETENTION_DAYS: what is settled goes by itself when its time has come, what waits for AWS stays', async () => {
    const workspace = await open({ settings: { RETENTION_DAYS: '30' } });
    const { folder, deal, aws, clock, submit, message, log } = workspace;
    deal();
    deal({ id: 'O1002' });
    await submit('O1001');
    await submit('O1002');
    await message('Approval pending: O1002');
    aws.review('AWS', 'O1001', 'Approved');
    clock.jump(MINUTE);
    await message('Approved by AWS: O1001');
    await letPass(workspace, MINUTE);

    clock.jump(29 * DAY);
    await letPass(workspace, MINUTE);
    expect((await forget(folder, '--opportunity', 'O1001')).stdout).toMatch(/submissions +1 +deleted/);
    clock.jump(2 * DAY);
    await expect.poll(log).toContain('records older than RETENTION_DAYS were deleted');
    expect((await forget(folder, '--opportunity', 'O1001')).stdout).not.toContain('submissions');
    expect((await forget(folder, '--opportunity', 'O1002')).stdout).toMatch(/under way/);
  });
});
