import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Runs one of the operator's commands as npm does, with nothing set. */
const run = (command: string, ...flags: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const file = fileURLToPath(new URL(`../src/${command}.ts`, import.meta.url));
    const options = { cwd: '/', env: {} };
    const child = execFile(process.execPath, [file, ...flags], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

test.each(['doctor', 'status', 'export', 'backup', 'forget'])(
  'npm run %s says how it is used: to whoever asks, and to whoever mistypes',
  async (command) => {
    const [asked, mistyped] = await Promise.all([run(command, '--help'), run(command, '--jsno')]);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(asked.stdout).toMatch(new RegExp(`^Usage: npm run (-s )?${command}`));
    expect(mistyped).toMatchObject({ code: 2, stdout: '' });
    expect(mistyped.stderr).toContain("Unknown option '--jsno'");
    expect(mistyped.stderr).toContain('Usage: npm run');
  },
);
