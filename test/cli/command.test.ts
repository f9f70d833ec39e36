import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Runs one of the commands as npm does, with nothing set. */
const run = (file: string, ...flags: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
    const options = { cwd: '/', env: {} };
    const child = execFile(process.execPath, [path, ...flags], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

test.each([
  ['setup', 'src/cli/setup.ts'],
  ['doctor', 'src/cli/doctor.ts'],
  ['status', 'src/cli/status.ts'],
  ['export', 'src/cli/export.ts'],
  ['backup', 'src/cli/backup.ts'],
  ['forget', 'src/cli/forget.ts'],
  ['bench', 'bench/main.ts'],
  ['torture', 'torture/main.ts'],
])('npm run %s says how it is used: to whoever asks, and to whoever mistypes', async (command, file) => {
  const [asked, mistyped] = await Promise.all([run(file, '--help'), run(file, '--jsno')]);
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  expect(asked.stdout).toMatch(new RegExp(`^Usage: npm run (-s )?${command}`));
  expect(mistyped).toMatchObject({ code: 2, stdout: '' });
  expect(mistyped.stderr).toContain("Unknown option '--jsno'");
  expect(mistyped.stderr).toContain('Usage: npm run');
});
