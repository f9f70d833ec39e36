import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import fc from 'fast-check';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { loadEnvFile, withSettings } from '../../src/config/env-file.ts';
import { temporaryFolder } from '../database/databases.ts';
import { readFile } from '../project/imports.ts';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

async function anEnvFile(mode = 0o600, text = 'ENV_FILE_TEST=read'): Promise<string> {
  const { path, remove } = await temporaryFolder();
  onTestFinished(remove);
  const file = join(path, '.env');
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

test('a file that only its owner may read is read, and nothing is said', async () => {
  expect(loadEnvFile(await anEnvFile())).toEqual({
    held: { ENV_FILE_TEST: 'read' },
    problems: [],
    exposure: undefined,
  });
  expect(process.env.ENV_FILE_TEST).toBe('read');
});

test.each([0o644, 0o640, 0o660, 0o604])(
  'one that others may read is read, and its rights are named: %o',
  async (mode) => {
    expect(loadEnvFile(await anEnvFile(mode)).exposure).toMatch(
      /others on this machine may read it: chmod 600/,
    );
    expect(process.env.ENV_FILE_TEST).toBe('read');
  },
);

test('none at all is as good: the environment has the settings', () => {
  expect(loadEnvFile('/nowhere/.env')).toEqual({ held: {}, problems: [], exposure: undefined });
});

test('what the environment has stays; what is empty there counts as not set', async () => {
  Object.assign(process.env, { ENV_FILE_TEST_A: 'mine', ENV_FILE_TEST_B: ' ' });
  loadEnvFile(await anEnvFile(0o600, 'ENV_FILE_TEST_A=a\nENV_FILE_TEST_B=b\n'));
  expect(process.env).toMatchObject({ ENV_FILE_TEST_A: 'mine', ENV_FILE_TEST_B: 'b' });
});

test('one that is there and cannot be read is a problem, not none', async () => {
  const { path, remove } = await temporaryFolder();
  onTestFinished(remove);
  expect(loadEnvFile(path).problems).toEqual([expect.stringContaining("can't be read")]);
});

describe('what would be read as something else than is meant', () => {
  const problemsOf = async (line: string) =>
    loadEnvFile(await anEnvFile(0o600, `# A file\n\n${line}\nENV_FILE_TEST=1\n`)).problems;

  test.each([
    'CHANNELS=#sales',
    'CHANNELS= #sales',
    'CHANNELS=C1,#sales',
    'CHANNELS=C1, #sales',
    'CHANNELS=C1 #sales',
    'export CHANNELS=#sales',
    'CHANNELS=C1#sales # of the team',
    'CHANNELS="C1"#sales',
    'CHANNELS="C1,#sales',
  ])('%s looks cut off', async (line) => {
    expect(await problemsOf(line)).toEqual([expect.stringMatching(/^CHANNELS looks cut off at a #/)]);
  });

  test.each([
    'CHANNELS=C1 # sales',
    'CHANNELS= # every channel',
    'CHANNELS=# every channel',
    'CHANNELS=C1 ## sales',
    'CHANNELS=C1 #',
    'CHANNELS="#sales"',
    "CHANNELS='C1#' # sales",
    '#CHANNELS=#sales',
    '  # CHANNELS=#sales',
    'CHANNELS=C1\r',
    'export CHANNELS=C1',
  ])('%s is meant as it is read', async (line) => {
    expect(await problemsOf(line)).toEqual([]);
  });

  test.each(['CHANNELS', 'CHANNELS C1', 'CHANNELS:C1', '- CHANNELS=C1', '"CHANNELS"="C1"'])(
    '%s says nothing to anybody',
    async (line) => {
      expect(await problemsOf(line)).toEqual(["Line 3 of .env isn't NAME=value, and would be passed over."]);
    },
  );

  test('a value in quotes may go over several lines', async () => {
    expect(await problemsOf('PGSSLCERT="-----BEGIN\nabc #def\n-----END" # a certificate')).toEqual([]);
  });
});

test('whatever is answered is read from .env as it was answered, and nothing else there changes', () => {
  const names = fc.constantFrom('SUBMITTERS', 'CHANNELS', 'AWS_PROFILE', 'SLACK_BOT_TOKEN');
  const value = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9 #,"*._-]{0,20}$/).map((text) => text.trim()),
    fc.constantFrom('a#b', '"', 'C1, C2', '*', 'x\\n'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(names, value)), (answers) => {
      const values = new Map(answers);
      const example = readFile('.env.example');
      const read = parseDotenv(withSettings(example, values));
      expect(read).toEqual({ ...parseDotenv(example), ...Object.fromEntries(values) });
    }),
  );
});
