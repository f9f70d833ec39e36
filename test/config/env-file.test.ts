import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadEnvFile } from '../../src/config/env-file.ts';
import { temporaryFolder } from '../database/databases.ts';

async function anEnvFile(mode: number): Promise<string> {
  const { path, remove } = await temporaryFolder();
  onTestFinished(async () => {
    delete process.env.ENV_FILE_TEST;
    await remove();
  });
  const file = join(path, '.env');
  await writeFile(file, 'ENV_FILE_TEST=read');
  await chmod(file, mode);
  return file;
}

test('a file that only its owner may read is read, and nothing is said', async () => {
  expect(loadEnvFile(await anEnvFile(0o600))).toBeUndefined();
  expect(process.env.ENV_FILE_TEST).toBe('read');
});

test.each([0o644, 0o640, 0o660, 0o604])(
  'one that others may read is read, and its rights are named: %o',
  async (mode) => {
    expect(loadEnvFile(await anEnvFile(mode))).toMatch(/others on this machine may read it: chmod 600/);
    expect(process.env.ENV_FILE_TEST).toBe('read');
  },
);

test('none at all is as good: the environment has the settings', () => {
  expect(loadEnvFile('/nowhere/.env')).toBeUndefined();
});
