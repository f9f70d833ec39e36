import { parse as parseDotenv } from 'dotenv';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { readFile } from './imports.ts';

/** Read by the AWS SDK's credential chain, not by us. */
const CREDENTIAL_CHAIN = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

const read: string[] = [...readFile('src/config/settings.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
  ([, name = '']) => name,
);

const example = readFile('.env.example');
const inExample = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);

const table = readFile('docs/settings.md');
const rows = [...table.matchAll(/^\| `([A-Z0-9_]+)` \|.*\| ([^|]*) \|$/gm)].map(
  ([, name = '', fallback = '']) => ({ name, fallback }),
);

const needed = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  PARTNER_CENTRAL_CATALOG: 'Sandbox',
};

test('the settings are found in the code', () => {
  expect(read).toEqual(expect.arrayContaining(['SLACK_BOT_TOKEN', 'SUBMITTERS', 'LOG_LEVEL']));
});

describe('.env.example', () => {
  test('names every setting the bot reads, and none that it does not', () => {
    expect(inExample.filter((name) => !CREDENTIAL_CHAIN.includes(name)).sort()).toEqual([...read].sort());
  });

  test('copied as it is, says what is missing and nothing else', () => {
    const config = readConfig(parseDotenv(example));
    expect(config).toMatchObject({ ok: false });
    expect(config.ok ? [] : config.problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'PARTNER_CENTRAL_CATALOG',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
    ]);
  });

  test('shows as defaults what holds without them', () => {
    const shown = parseDotenv(example.replaceAll(/^#(?=[A-Z0-9_]+=)/gm, ''));
    expect(Object.values(shown).filter((value) => value !== '').length).toBeGreaterThan(4);
    expect(readConfig({ ...shown, ...needed })).toEqual(readConfig(needed));
  });
});

describe('the table in docs/settings.md', () => {
  test('has every setting the bot reads, and none that it does not', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual([...read].sort());
  });

  test('names the defaults that hold', () => {
    const defaults = Object.fromEntries(
      rows
        .map(({ name, fallback }) => [name, /^`([^`]+)`$/.exec(fallback)?.[1]] as const)
        .filter(([, value]) => value !== undefined),
    );
    expect(Object.keys(defaults).length).toBeGreaterThan(4);
    expect(readConfig({ ...defaults, ...needed })).toEqual(readConfig(needed));
  });
});
