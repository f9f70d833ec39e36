import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import { startSlack } from '../../demo/slack/server.ts';
import { systemClock } from '../../src/clock.ts';

const start = fileURLToPath(new URL('../../src/start.ts', import.meta.url));
const ADOPT = fileURLToPath(new URL('../../src/cli/adopt.ts', import.meta.url));
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function slackAndAws() {
  const slack = await startSlack({ clock: systemClock });
  closing.push(() => slack.close());
  const aws = await startPartnerCentral({ clock: systemClock });
  closing.push(() => aws.close());
  const good = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    PARTNER_CENTRAL_CATALOG: 'Sandbox',
    HOST: '127.0.0.1',
    PORT: '0',
    OPS_PORT: '0',
  };
  return { slack, aws, good };
}

/** Runs the bot as `npm start` does, in a folder of its own, with these settings and none of the tester's. */
async function startBot(settings: Readonly<Record<string, string>>, dotenv = '') {
  const folder = await mkdtemp(join(tmpdir(), 'bot-settings-test-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, '.env'), dotenv);
  const bot = spawn(process.execPath, [start], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  bot.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  bot.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const ended = once(bot, 'close').then(([code]) => Number(code));
  closing.push(async () => {
    bot.kill('SIGKILL');
    await ended;
  });
  return { bot, ended, output: () => output };
}

/** Runs `npm run adopt` as an operator does. */
const adopt = (
  env: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve) => {
    const options = { cwd: tmpdir(), env: { ...env } };
    const child = execFile(process.execPath, [ADOPT, ...flags], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });

test('with nothing set, every missing setting is named at once, with where to find it', async () => {
  const { ended, output } = await startBot({});
  expect(await ended).toBe(1);
  expect(output()).toContain("The bot can't start: some settings are missing or wrong.");
  for (const setting of [
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
    'PARTNER_CENTRAL_CATALOG',
  ])
    expect(output()).toContain(`• ${setting}`);
  expect(output()).toContain('api.slack.com/apps');
  expect(output()).not.toMatch(/\n\s+at /);
});

test('wrong values are all named at once, and none of them is repeated', async () => {
  const wrong = {
    SLACK_BOT_TOKEN: 'xoxp-secret-one',
    SLACK_APP_TOKEN: 'secret-two',
    SLACK_API_URL: 'ftp://secret-three',
    PORT: 'secret-four',
    PARTNER_CENTRAL_CATALOG: 'secret-five',
    DATABASE_URL: 'mysql://user:secret-six@host/db',
    SUBMITTERS: 'secret-seven',
    CHANNELS: 'secret-eight',
    DETAIL_CHANNELS: 'secret-nine',
    PAUSED: 'secret-ten',
    LOG_LEVEL: 'secret-eleven',
    SUBMITS_PER_SECOND: 'secret-twelve',
    RETENTION_DAYS: 'secret-fifteen',
    PARTNER_CENTRAL_REGION: 'secret thirteen',
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://secret-fourteen.example',
  };
  const { ended, output } = await startBot(wrong);
  expect(await ended).toBe(1);
  for (const setting of Object.keys(wrong)) expect(output()).toContain(`• ${setting}`);
  expect(output()).not.toContain('secret');
});

test('production without SUBMITTERS does not start', async () => {
  const { good } = await slackAndAws();
  const { ended, output } = await startBot({ ...good, PARTNER_CENTRAL_CATALOG: 'AWS' });
  expect(await ended).toBe(1);
  expect(output()).toContain('• SUBMITTERS is missing');
});

test('a bot token that Slack does not accept: one clear message', async () => {
  const { good } = await slackAndAws();
  const { ended, output } = await startBot({ ...good, SLACK_BOT_TOKEN: 'xoxb-wrong-token' });
  expect(await ended).toBe(1);
  expect(output()).toContain("The bot can't start: Slack does not accept SLACK_BOT_TOKEN (invalid_auth)");
  expect(output()).not.toContain('xoxb-wrong-token');
  expect(output()).not.toMatch(/\n\s+at /);
});

test('an app token that Slack does not accept: one clear message', async () => {
  const { good } = await slackAndAws();
  const { ended, output } = await startBot({ ...good, SLACK_APP_TOKEN: 'xapp-wrong-token' });
  expect(await ended).toBe(1);
  expect(output()).toContain("The bot can't start: Slack does not accept SLACK_APP_TOKEN (invalid_auth)");
  expect(output()).not.toContain('xapp-wrong-token');
  expect(output()).not.toMatch(/\n\s+at /);
});

test('Slack cannot be reached: one clear message', async () => {
  const { good } = await slackAndAws();
  const { ended, output } = await startBot({ ...good, SLACK_API_URL: 'http://127.0.0.1:9/api/' });
  expect(await ended).toBe(1);
  expect(output()).toContain('Slack could not be reached to check SLACK_BOT_TOKEN');
  expect(output()).not.toMatch(/\n\s+at /);
});

test.each<[string, Record<string, string>, string]>([
  [
    'no credentials anywhere',
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' },
    'No AWS credentials to sign with',
  ],
  [
    'a key that AWS does not know',
    { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWNEXAMPLE00' },
    "AWS does not accept the bot's credentials (UnrecognizedClientException)",
  ],
  [
    'a wrong secret',
    { AWS_SECRET_ACCESS_KEY: 'wrong-secret-example' },
    "AWS does not accept the bot's signature (InvalidSignatureException)",
  ],
])('%s: one clear message at the start, and the bot stays up', async (_what, wrong, says) => {
  const { good } = await slackAndAws();
  const { output } = await startBot({ ...good, ...wrong });
  await expect.poll(output, { timeout: 15_000 }).toContain(says);
  expect(output()).toContain('the bot is running');
  expect(output()).not.toContain('wrong-secret-example');
});

test('a port that is taken: one clear message', async () => {
  const { good, slack } = await slackAndAws();
  const { ended, output } = await startBot({ ...good, PORT: new URL(slack.apiUrl).port });
  expect(await ended).toBe(1);
  expect(output()).toMatch(/The bot can't start: PORT \d+ can't be used: .*EADDRINUSE/);
});

test('a second bot over the same data does not start, and says why', async () => {
  const { good } = await slackAndAws();
  const folder = await mkdtemp(join(tmpdir(), 'bot-settings-test-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const first = await startBot({ ...good, DATA_DIR: folder });
  await expect.poll(first.output, { timeout: 10_000 }).toContain('the bot is running');
  const second = await startBot({ ...good, DATA_DIR: folder });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain("The bot can't start:");
  expect(second.output()).not.toMatch(/\n\s+at /);
});

test('a bot whose bot.lock was taken away ends, and says why; the one that started instead goes on', async () => {
  const { good } = await slackAndAws();
  const folder = await mkdtemp(join(tmpdir(), 'bot-settings-test-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const first = await startBot({ ...good, DATA_DIR: folder });
  await expect.poll(first.output, { timeout: 10_000 }).toContain('the bot is running');
  await rm(join(folder, 'bot.lock'));
  const second = await startBot({ ...good, DATA_DIR: folder });
  expect(await first.ended).toBe(1);
  expect(first.output()).toContain('is not the file any more that this bot holds');
  await expect.poll(second.output, { timeout: 10_000 }).toContain('the bot is running');
});

test('a database of another catalog: the bot does not start, says whose it is, and takes it over when told to', async () => {
  const { good } = await slackAndAws();
  const folder = await mkdtemp(join(tmpdir(), 'bot-settings-test-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const sandbox = { ...good, DATA_DIR: folder };
  const production = { ...sandbox, PARTNER_CENTRAL_CATALOG: 'AWS', SUBMITTERS: '*' };
  const first = await startBot(sandbox);
  await expect.poll(first.output, { timeout: 10_000 }).toContain('the bot is running');
  const beside = await adopt(production, '--yes');
  expect(beside.code).toBe(1);
  expect(beside.output).toContain('Nothing was changed: Another bot is already running');
  first.bot.kill('SIGTERM');
  await first.ended;

  const second = await startBot(production);
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(
    "The bot can't start: The database belongs to the Slack workspace T07HARBOUR0 with the catalog Sandbox",
  );
  expect(second.output()).not.toMatch(/\n\s+at /);

  const asked = await adopt(production);
  expect(asked).toMatchObject({
    code: 0,
    output: expect.stringContaining('Nothing is changed yet: add --yes'),
  });
  expect((await adopt(production, '--yes')).output).toContain(
    'belongs to the Slack workspace T07HARBOUR0 with the catalog AWS now',
  );
  const third = await startBot(production);
  await expect.poll(third.output, { timeout: 10_000 }).toContain('the bot is running');
});

test('the settings may come from .env; the environment comes first; SIGTERM ends the bot in order', async () => {
  const { good } = await slackAndAws();
  const dotenv = Object.entries({ ...good, SLACK_BOT_TOKEN: 'xoxb-from-dotenv' })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
  const { bot, ended, output } = await startBot({ SLACK_BOT_TOKEN: good.SLACK_BOT_TOKEN }, dotenv);
  await expect.poll(output, { timeout: 10_000 }).toContain('the bot is running');
  bot.kill('SIGTERM');
  expect(await ended).toBe(0);
  for (const secret of [good.SLACK_BOT_TOKEN, good.SLACK_APP_TOKEN, good.AWS_SECRET_ACCESS_KEY])
    expect(output()).not.toContain(secret);
});

test('the log is JSON for machines, and lines for people where that is asked for', async () => {
  const { good } = await slackAndAws();
  const machines = await startBot(good);
  await expect.poll(machines.output, { timeout: 10_000 }).toContain('"msg":"the bot is running"');
  const people = await startBot({ ...good, LOG_FORMAT: 'pretty' });
  await expect
    .poll(people.output, { timeout: 10_000 })
    .toMatch(/^\d\d:\d\d:\d\d info {2}the bot is running catalog=Sandbox transport=socket/m);
});

test('an empty value in .env counts as not set', async () => {
  const { ended, output } = await startBot({}, 'SLACK_BOT_TOKEN=\nPORT=\nSUBMITTERS=\n');
  expect(await ended).toBe(1);
  expect(output()).toContain('• SLACK_BOT_TOKEN is missing');
  expect(output()).not.toContain('• PORT');
});
