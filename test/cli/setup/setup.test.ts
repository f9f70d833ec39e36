import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat, readFile as text, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as streamText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parse as parseDotenv } from 'dotenv';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { startSlack } from '../../../demo/slack/server.ts';
import { iamCommands } from '../../../src/cli/questions.ts';
import { systemClock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config/config.ts';
import { loadEnvFile } from '../../../src/config/env-file.ts';
import { BOT_SCOPES } from '../../../src/slack/ids.ts';
import { scriptedServer } from '../../aws/scripted-server.ts';
import { temporaryFolder } from '../../database/databases.ts';
import { readFile } from '../../project/imports.ts';
import { atTerminal } from './at-a-terminal.ts';

const SETUP = fileURLToPath(new URL('../../../src/cli/setup.ts', import.meta.url));
const { ana, ben } = demoPeople;
const { deals } = demoChannels;

/** The stand-ins, and a machine whose profile `bot` AWS takes, and whose profile `old` it doesn't. */
async function surroundings() {
  const { path: folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const slack = await startSlack({ clock: systemClock, scopes: BOT_SCOPES });
  onTestFinished(() => slack.close());
  const aws = await startPartnerCentral({ clock: systemClock });
  onTestFinished(() => aws.close());
  const arn = 'arn:aws:sts::111122223333:assumed-role/opportunity-bot/i-0123';
  const { endpoint } = await scriptedServer([
    (response) => {
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          `<GetCallerIdentityResult><Arn>${arn}</Arn><Account>111122223333</Account></GetCallerIdentityResult>`,
        );
    },
  ]);
  const credentials = join(folder, 'credentials');
  const { accessKeyId, secretAccessKey } = aws.credentials;
  await writeFile(
    credentials,
    `[bot]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`,
  );
  const env = {
    HOME: folder,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: 'true',
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
    AWS_ENDPOINT_URL_STS: endpoint.origin,
  };
  const file = join(folder, '.env');
  return {
    folder,
    slack,
    aws,
    file,
    env,
    setup: () => atTerminal([process.execPath, SETUP], { cwd: folder, env }),
    written: async () => parseDotenv(await text(file, 'utf8')),
  };
}

/** Answers the questions in turn, each by the beginning of what it asks. */
async function answer(
  person: ReturnType<typeof atTerminal>,
  answers: readonly (readonly [asks: string, types: string])[],
): Promise<void> {
  for (const [asks, types] of answers) {
    await person.sees(asks);
    person.types(types);
  }
}

const atLinux = test.skipIf(process.platform !== 'linux');

atLinux(
  'every answer is checked where it is used, and after three wrong ones there is a .env with which the bot starts',
  async () => {
    const { slack, aws, env, folder, file, setup, written } = await surroundings();
    const person = setup();
    await answer(person, [
      ['Bot token', 'xoxb-mistyped'],
      ['Bot token', slack.botToken],
      ['App token', slack.appToken],
      ['Catalog', 'Sandbox'],
      ['AWS profile', 'old'],
      ['AWS profile', 'bot'],
      ['[Enter: try them', ''],
      ['Who may submit', '@ann'],
      ['Who may submit', '@ana'],
      ['Channels', 'deals'],
      ['Whom people can ask', 'Ben Alliance'],
    ]);
    const { code, screen } = await person.ended();
    expect(code, screen).toBe(0);

    expect(screen).toContain('✗ bot token  Slack does not accept SLACK_BOT_TOKEN (invalid_auth)');
    expect(screen).toContain('✗ credentials  No AWS credentials to sign with');
    expect(screen).toContain('✗ Nobody and nothing is called @ann.');
    for (const secret of [slack.botToken, slack.appToken, 'xoxb-mistyped', aws.credentials.secretAccessKey])
      expect(screen).not.toContain(secret);
    expect(screen).toContain('✓ SUBMITTERS  Ana Seller (U07ANASELLR)');
    expect(screen).toContain('✓ ListOpportunities  allowed in the catalog Sandbox');
    expect(screen).toMatch(/No problem found, \d not checked\s+Next: npm start/);

    const address = /https:\/\/api\.slack\.com\/apps\?\S+/.exec(screen)?.[0] ?? '';
    const query = new URL(address).searchParams;
    expect(query.get('new_app')).toBe('1');
    expect(parseYaml(query.get('manifest_yaml') ?? '')).toEqual(parseYaml(readFile('manifest.yml')));

    const policy = /--policy-document '(.*)'/.exec(screen)?.[1] ?? '';
    expect(JSON.parse(policy)).toEqual(
      JSON.parse(readFile('deploy/iam/sandbox.json').replaceAll('123456789012', '111122223333')),
    );
    expect(screen).toContain(
      'aws iam attach-role-policy --role-name opportunity-bot --policy-arn arn:aws:iam::111122223333:policy/submit-opportunity-bot-sandbox',
    );

    const settings = await written();
    expect(settings).toMatchObject({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      PARTNER_CENTRAL_CATALOG: 'Sandbox',
      AWS_PROFILE: 'bot',
      SUBMITTERS: ana,
      CHANNELS: deals,
      CONTACT: ben,
    });
    expect(readConfig({ ...env, ...settings }, loadEnvFile(file))).toMatchObject({ ok: true });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(['.env', 'credentials']);
    expect(
      aws
        .requests()
        .map(({ operation }) => operation)
        .filter((operation) => !/^(List|Get)/.test(operation)),
    ).toEqual([]);
  },
);

atLinux(
  'again, for production: what is there is kept by Enter, the catalog is asked anew, and the file before stays beside the new one',
  async () => {
    const { slack, folder, file, setup, written } = await surroundings();
    const before = [
      '# Ours',
      `SLACK_BOT_TOKEN=${slack.botToken}`,
      `SLACK_APP_TOKEN=${slack.appToken}`,
      'PARTNER_CENTRAL_CATALOG=Sandbox',
      'AWS_PROFILE=bot',
      '#CHANNELS=',
      'DIGEST_TIME="Fri 16:30 Europe/Berlin" # before the weekend',
    ].join('\n');
    await writeFile(file, before, { mode: 0o644 });
    const person = setup();
    await answer(person, [
      ['Bot token', ''],
      ['App token', ''],
      ['Catalog', ''],
      ['Catalog', 'AWS'],
      ['AWS profile for the bot [Enter: keep bot]', ''],
      ['[Enter: try them', 'skip'],
      ['Who may submit', ''],
      ['Who may submit', `*`],
      ['Channels', '#deals'],
      ['Whom people can ask', ''],
    ]);
    const { code, screen } = await person.ended();
    expect(code, screen).toBe(0);
    expect(screen).toContain('partnercentral:us-east-1:111122223333:catalog/AWS/opportunity/*');
    expect(await text(file, 'utf8')).toBe(
      `${before.replace('=Sandbox', '=AWS').replace('#CHANNELS=', `CHANNELS=${deals}`)}\nSUBMITTERS=*\nCONTACT=\n`,
    );
    expect(await written()).toMatchObject({ DIGEST_TIME: 'Fri 16:30 Europe/Berlin' });
    const [copy = ''] = (await readdir(folder)).filter((name) => /^\.env\.\d{4}-/.test(name));
    expect(screen).toContain(`The one before is in ${copy}`);
    expect(await text(join(folder, copy), 'utf8')).toBe(before);
    for (const each of [file, join(folder, copy)]) expect((await stat(each)).mode & 0o777).toBe(0o600);
  },
);

atLinux('ended by Ctrl+C, nothing is written', async () => {
  const { folder, setup } = await surroundings();
  const person = setup();
  await person.sees('Bot token');
  person.presses('c');
  const { code, screen } = await person.ended();
  expect(code).toBe(1);
  expect(screen).toContain('Nothing was written.');
  expect(await readdir(folder)).toEqual(['credentials']);
});

test('without a terminal it says what to set, and ends with 1', async () => {
  const { folder, env } = await surroundings();
  const child = spawn(process.execPath, [SETUP], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stderr, stdout, [code]] = await Promise.all([
    streamText(child.stderr),
    streamText(child.stdout),
    once(child, 'exit'),
  ]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'PARTNER_CENTRAL_CATALOG'])
    expect(stderr).toContain(`• ${name}`);
  expect(await readdir(folder)).toEqual(['credentials']);
});

describe('who gets the policy', () => {
  test.each([
    ['arn:aws:iam::111122223333:user/bots/opportunity-bot', 'attach-user-policy --user-name opportunity-bot'],
    ['arn:aws:sts::111122223333:assumed-role/bot/i-0', 'attach-role-policy --role-name bot'],
    [
      'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0/ana',
      'attach-role-policy --role-name ROLE-OF-THE-BOT',
    ],
    [undefined, 'attach-role-policy --role-name ROLE-OF-THE-BOT'],
  ])('%s: %s', (arn, command) => {
    expect(iamCommands('AWS', '111122223333', arn)).toContain(`aws iam ${command} --policy-arn`);
  });
});
