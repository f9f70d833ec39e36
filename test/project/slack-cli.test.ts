import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readManifest } from '../../scripts/manifest.ts';
import { readFile, root } from './imports.ts';

const run = promisify(execFile);
const { hooks, config } = JSON.parse(readFile('.slack/hooks.json'));
const manifest = readManifest(new URL('../../manifest.yml', import.meta.url));

/** As the Slack CLI does: the command's words, then its own arguments. */
const hook = async (name: string, ...args: string[]) => {
  const [command = '', ...words] = String(hooks[name]).split(/\s+/);
  return (await run(command, [...words, ...args], { cwd: root })).stdout;
};

test('the Slack CLI gets its other hooks from Slack’s package', async () => {
  const given = JSON.parse(await hook('get-hooks'));
  expect(given.config['sdk-managed-connection-enabled']).toBe(true);
  // Only what Slack's package has is replaced.
  for (const name of Object.keys(hooks).filter((each) => each !== 'get-hooks')) {
    expect(given.hooks).toHaveProperty(name);
  }
  expect(Object.keys(given.config.watch)).toEqual(expect.arrayContaining(Object.keys(config.watch)));
});

test('the Slack CLI reads manifest.yml as JSON', async () => {
  expect(JSON.parse(await hook('get-manifest'))).toEqual(manifest);
});

test('with the protocol that marks where the answer begins and ends, too', async () => {
  const answer = await hook('get-manifest', '--protocol=message-boundaries', '--boundary=a1b2');
  const [, json = '', ...rest] = answer.split('a1b2');
  expect(JSON.parse(json)).toEqual(manifest);
  expect(rest.join('').trim()).toBe('');
});

test('slack run starts the bot as npm start does', () => {
  expect(hooks.start).toBe('npm start');
});
