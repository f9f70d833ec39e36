import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../database/databases.ts';
import { overSocketMode } from '../e2e/workspace.ts';

const EXPORT = fileURLToPath(new URL('../../src/cli/export.ts', import.meta.url));

/** Runs `npm run export` as an auditor does, beside the bot. */
const run = (folder: string, ...flags: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const options = { cwd: folder, env: { DATA_DIR: folder } };
    const child = execFile(process.execPath, [EXPORT, ...flags], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

test.each([
  [['--format', 'xlsx'], '--format takes csv or json, not "xlsx"'],
  [['--since', 'yesterday'], '--since takes a day, such as 2026-01-01, not "yesterday"'],
  [['--since', '2026-02-30'], 'not "2026-02-30"'],
  [['--since', '2026-01-01T09:00'], 'not "2026-01-01T09:00"'],
  [['--until', '2026-01-01'], "Unknown option '--until'"],
  [['2026-01-01'], "Unexpected argument '2026-01-01'"],
  [['--since'], "'--since <value>' argument missing"],
])('%j is not understood, and that is said with how it is used', async (flags, problem) => {
  const { path, remove } = await temporaryFolder();
  const ran = await run(path, ...flags);
  expect(ran.code).toBe(2);
  expect(ran.stdout).toBe('');
  expect(ran.stderr).toContain(problem);
  expect(ran.stderr).toContain('Usage: npm run -s export');
  expect(ran.stderr).not.toContain('    at ');
  await remove();
});

test('before the bot was ever started there is nothing to export, and that is said', async () => {
  const { path, remove } = await temporaryFolder();
  const ran = await run(path);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('there is no database in');
  await remove();
});

overSocketMode('npm run export while the bot runs', (open) => {
  test('the records with their trail, as CSV and as JSON, without any of the deal', async () => {
    const { folder, deal, submit, message } = await open();
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001');
    await message('Approval pending: O1001');

    const csv = await run(folder, '--since', '2020-01-01');
    expect(csv).toMatchObject({ code: 0, stderr: '' });
    const [header = '', ...lines] = csv.stdout.trimEnd().split('\r\n');
    expect(header).toMatch(/^kind,record,opportunity,catalog,/);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect(line).toContain(',O1001,AWS,');

    const json = await run(folder, '--format', 'json');
    const records: unknown = JSON.parse(json.stdout);
    expect(records).toMatchObject([
      {
        opportunity: 'O1001',
        state: 'submitted',
        events: expect.arrayContaining([
          expect.objectContaining({ toState: 'requested', why: 'Co-Sell, Full' }),
          expect.objectContaining({ toState: 'sending', actor: 'bot' }),
          expect.objectContaining({ toState: 'submitted', requestId: expect.stringMatching(/\S/) }),
        ]),
      },
      { kind: 'review', opportunity: 'O1001', reviewStatus: expect.stringMatching(/\S/) },
    ]);
    expect(csv.stdout + json.stdout).not.toMatch(/Northwind|hooks\.slack|\/actions\//);
  });

  test('nothing happened since: the header alone, and an empty array', async () => {
    const { folder, deal, submit, message } = await open();
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    const csv = await run(folder, '--since', '2999-12-31T23:59:59+02:00');
    expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(1);
    expect((await run(folder, '--since', '2999-12-31', '--format', 'json')).stdout).toBe('[]\n');
  });
});
