import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import { demoChannels, demoGrid, demoPeople, demoWorkspace } from '../../../demo/slack/demo-workspace.ts';
import type { Grid } from '../../../demo/slack/grid.ts';
import { startSlack } from '../../../demo/slack/server.ts';
import { startQueue } from '../../../demo/sqs/server.ts';
import { asText, isHealthy, ok } from '../../../src/cli/doctor/finding.ts';
import { examine } from '../../../src/cli/doctor.ts';
import { systemClock } from '../../../src/clock.ts';
import { BOT_SCOPES } from '../../../src/slack/ids.ts';
import { type Play, scriptedServer } from '../../aws/scripted-server.ts';
import { temporaryFolder } from '../../database/databases.ts';

const DOCTOR = fileURLToPath(new URL('../../../src/cli/doctor.ts', import.meta.url));
const ARN = 'arn:aws:sts::123456789012:assumed-role/opportunity-bot/task';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run doctor` as an operator does, in a folder of its own and with none of the tester's settings. */
async function doctor(
  settings: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  envFile?: string,
): Promise<Ran & { readonly folder: string }> {
  const { path: folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  if (envFile !== undefined) await writeFile(join(folder, '.env'), envFile, { mode: 0o600 });
  const env = {
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Where nobody listens, so that no test reaches AWS.
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://127.0.0.1:9',
    ...settings,
  };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [DOCTOR, ...flags],
      { cwd: folder, env },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr, folder }),
    );
  });
}

/** The finding of this name with what to do about it, single-spaced. */
function finding({ stdout }: Ran, name: string): string | undefined {
  const lines = stdout.split('\n');
  const at = lines.findIndex((line) => new RegExp(`^  [✓✗–] ${name}  `).test(line));
  const fix = lines[at + 1]?.trim().startsWith('→') ? lines[at + 1] : '';
  return at < 0 ? undefined : `${lines[at]} ${fix}`.replaceAll(/\s+/g, ' ').trim();
}

const xml =
  (status: number, body: string): Play =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  };

const sts = (
  play = xml(
    200,
    `<GetCallerIdentityResult><Arn>${ARN}</Arn><Account>123456789012</Account></GetCallerIdentityResult>`,
  ),
) => scriptedServer([play]);

/** The stand-ins, and settings with which the bot would start. */
async function surroundings({
  scopes = BOT_SCOPES,
  grid,
}: {
  readonly scopes?: readonly string[];
  readonly grid?: Grid;
} = {}) {
  const slack = await startSlack(
    { clock: systemClock, scopes },
    grid === undefined ? demoWorkspace : { ...demoWorkspace, grid },
  );
  onTestFinished(() => slack.close());
  const aws = await startPartnerCentral({ clock: systemClock });
  onTestFinished(() => aws.close());
  const { endpoint } = await sts();
  const settings = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
    AWS_ENDPOINT_URL_STS: endpoint.origin,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    PARTNER_CENTRAL_CATALOG: 'Sandbox',
  };
  return { slack, aws, settings };
}

test('with nothing set: everything that is missing, and what could be looked at all the same', async () => {
  const ran = await doctor({});
  expect(ran).toMatchObject({ code: 1, stderr: '' });
  for (const setting of [
    'SLACK_BOT_TOKEN',
    'PARTNER_CENTRAL_CATALOG',
    'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
  ])
    expect(ran.stdout).toMatch(new RegExp(`✗ settings +${setting}`));
  expect(finding(ran, 'bot token')).toBe('– bot token not checked: SLACK_BOT_TOKEN is missing or wrong');
  expect(finding(ran, 'credentials')).toMatch(/^✗ credentials No AWS credentials to sign with/);
  expect(finding(ran, 'folder')).toContain('✓ folder');
  expect(ran.stdout).toMatch(/\d problems, \d not checked\nNext: `npm run setup`, .*\n$/);
});

test('--deep asks IAM about writing, never Partner Central', async () => {
  const { aws, settings } = await surroundings();
  const ran = await doctor(settings, ['--deep']);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(finding(ran, 'SubmitOpportunity')).toContain('– SubmitOpportunity not checked: not known');
  expect(finding(ran, 'solutions')).toContain('✓ solutions 4 active in Sandbox');
  expect(finding(ran, 'events')).toContain('– events not checked: EVENTS_QUEUE_URL is not set');
  expect(aws.requests().filter(({ operation }) => !/^(Get|List)/.test(operation))).toEqual([]);
});

test('all is right: nothing is changed anywhere, and what cannot be checked is said', async () => {
  const { slack, aws, settings } = await surroundings();
  const stored = anOpportunity({ now: new Date(), catalog: 'Sandbox', companyName: 'Northwind Fisheries' });
  aws.seed(stored);
  const ran = await doctor(settings);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).not.toContain('✗');
  expect(finding(ran, 'catalog')).toContain(
    '✓ catalog Sandbox: nothing that is submitted reaches AWS sellers',
  );
  expect(finding(ran, 'who may submit')).toContain('every full member of the workspace, in every channel');
  expect(finding(ran, 'bot token')).toContain('@opportunity-bot in the workspace Harbour Cloud Partners');
  expect(finding(ran, 'scopes')).toBe('✓ scopes those of manifest.yml');
  expect(finding(ran, 'app token')).toContain('✓');
  expect(finding(ran, "the app's settings")).toContain('– ');
  expect(finding(ran, 'endpoint')).toContain('answers');
  expect(finding(ran, 'clock')).toContain("✓ clock within 1 s of AWS's");
  expect(finding(ran, 'credentials')).toBe("✓ credentials keys in the environment; they don't expire");
  expect(finding(ran, 'identity')).toBe(`✓ identity ${ARN}`);
  for (const operation of [
    'ListOpportunities',
    'ListSolutions',
    'GetOpportunity',
    'GetAwsOpportunitySummary',
  ])
    expect(finding(ran, operation)).toMatch(/^✓ \w+ allowed/);
  expect(finding(ran, 'SubmitOpportunity')).toContain('– SubmitOpportunity not checked: nobody can try it');
  expect(finding(ran, 'database')).toContain('none there yet');
  expect(ran.stdout).not.toContain('queue');

  expect(ran.stdout).toMatch(
    /\nNext: npm start; then, in a channel in Slack, \/invite @opportunity-bot .*\n$/,
  );
  expect(await readdir(ran.folder)).toEqual([]);
  expect(
    aws
      .requests()
      .map(({ operation }) => operation)
      .sort(),
  ).toEqual([
    'GetAwsOpportunitySummary',
    'GetOpportunity',
    'ListOpportunities',
    'ListOpportunities',
    'ListSolutions',
  ]);
  expect(
    slack
      .calls()
      .map(({ method }) => method)
      .sort(),
  ).toEqual(['apps.connections.open', 'auth.test']);
  for (const secret of [
    settings.SLACK_BOT_TOKEN,
    settings.SLACK_APP_TOKEN,
    settings.AWS_SECRET_ACCESS_KEY,
    'Northwind',
    stored.opportunity.Id,
  ])
    expect(ran.stdout).not.toContain(secret);
});

test('with a queue of events: it is looked at beside the rest, and nothing is received', async () => {
  const { settings } = await surroundings();
  const queue = await startQueue({ clock: systemClock });
  onTestFinished(() => queue.close());
  queue.sendOpportunityUpdated('Sandbox', 'O1001');
  const ran = await doctor({ ...settings, EVENTS_QUEUE_URL: queue.url });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(finding(ran, 'events queue')).toContain('✓ events queue opportunity-events in us-east-1 answers');
  expect(finding(ran, 'dead-letter queue')).toContain('✓');
  expect(queue.requests().map(({ operation }) => operation)).toEqual(['GetQueueAttributes']);
});

test('--json: the same for a program', async () => {
  const { settings } = await surroundings({ scopes: ['chat:write'] });
  const ran = await doctor(settings, ['--json']);
  expect(ran.code).toBe(1);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    ok: false,
    next: expect.stringMatching(/^scopes: Bring the app's manifest up to date/),
    findings: expect.arrayContaining([
      { section: 'Settings', outcome: 'ok', name: 'settings', says: 'complete' },
      {
        section: 'Slack',
        outcome: 'failed',
        name: 'scopes',
        says: expect.stringContaining('users:read'),
        fix: expect.stringContaining('reinstall'),
      },
      { section: 'AWS', outcome: 'not-checked', name: 'GetOpportunity', says: expect.any(String) },
    ]),
  });
});

test('wrong values are named, none is repeated, and what is right is looked at', async () => {
  const { settings } = await surroundings();
  const ran = await doctor({
    ...settings,
    SLACK_BOT_TOKEN: 'xoxp-secret-one',
    DATABASE_URL: 'mysql://user:secret-two@host/db',
    AWS_ENDPOINT_URL_STS: 'http://secret-three.example',
  });
  expect(ran.code).toBe(1);
  for (const setting of [
    "SLACK_BOT_TOKEN isn't a bot token",
    'DATABASE_URL takes',
    'AWS_ENDPOINT_URL_STS is not',
  ])
    expect(ran.stdout).toMatch(new RegExp(`✗ settings +${setting}`));
  expect(ran.stdout).not.toContain('secret');
  expect(finding(ran, 'app token')).toContain('✓');
  expect(finding(ran, 'AWS')).toContain('not checked: an address or the region of AWS is wrong');
  expect(finding(ran, 'database')).toContain('not checked');
});

test('what does not answer in time, and a check that breaks, are findings like others', async () => {
  const examined = await examine(
    [
      ['AWS', { silence: () => new Promise(() => {}), noise: () => Promise.reject(new Error('it broke')) }],
      ['Database', { calm: async () => [ok('calm', 'fine')] }],
    ],
    20,
  );
  expect(isHealthy(examined)).toBe(false);
  expect(asText(examined).split('\n')).toEqual([
    'AWS',
    '  ✗ silence  No answer within 0.02 s.',
    '  ✗ noise    The check itself failed: it broke',
    '',
    'Database',
    '  ✓ calm     fine',
    '',
    '2 problems',
    'Next: silence: No answer within 0.02 s. Then `npm run doctor` again.',
  ]);
});

describe('settings', () => {
  test('what would be passed over in .env is named, beside what it leaves unset', async () => {
    const { settings } = await surroundings();
    const ran = await doctor(settings, [], 'SUBMITERS=U07ANASELLR\nCHANNELS=#deals\n');
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/✗ settings +CHANNELS looks cut off at a #/);
    expect(ran.stdout).toMatch(/✗ settings +SUBMITERS is no setting of this bot: did you mean SUBMITTERS\?/);
    expect(ran.stdout).not.toContain('who may submit');
  });

  const { ana, gus, sam } = demoPeople;
  const { deals, general, board } = demoChannels;

  test('people, user groups and channels are shown by name', async () => {
    const { slack, settings } = await surroundings();
    slack.addUserGroup({ id: 'S07DESK0000', handle: 'deal-desk', users: [ana, gus] });
    slack.leave(deals, sam);
    const ran = await doctor({
      ...settings,
      SUBMITTERS: `${ana},S07DESK0000`,
      CHANNELS: `${deals},${general}`,
      CONTACT: ana,
      FOLLOW_CHANNEL: deals,
      DETAIL_CHANNELS: deals,
    });
    expect(ran.code).toBe(0);
    expect(finding(ran, 'DETAIL_CHANNELS')).toBe('✓ DETAIL_CHANNELS #deals');
    expect(finding(ran, 'SUBMITTERS')).toBe('✓ SUBMITTERS Ana Seller (U07ANASELLR), @deal-desk (2 people)');
    expect(finding(ran, 'CHANNELS')).toBe('✓ CHANNELS #deals, #general (the bot is not in it: /invite it)');
    expect(finding(ran, 'CONTACT')).toContain('✓ CONTACT Ana Seller');
    expect(finding(ran, 'FOLLOW_CHANNEL')).toContain('✓ FOLLOW_CHANNEL #deals');
  });

  test('what of them the bot cannot use is said', async () => {
    const { slack, settings } = await surroundings();
    slack.invite(general);
    const { stdout } = await doctor({
      ...settings,
      SUBMITTERS: `${gus},${sam},U07NOBODY00,S07NOBODY00`,
      CHANNELS: `${board},${general}`,
      DETAIL_CHANNELS: `${deals},${general},${board}`,
      FOLLOW_CHANNEL: general,
      DIGEST_CHANNEL: board,
    });
    for (const says of [
      /✗ SUBMITTERS +Gus Guest \(U07GUSGUEST\) is a guest, and may not submit/,
      /✗ SUBMITTERS +Sam Stranger \(U07SAMSTRAN\) is of another workspace, and/,
      /✗ SUBMITTERS +Slack shows the bot nothing by the ID U07NOBODY00/,
      /✗ SUBMITTERS +Slack shows the bot nothing by the ID S07NOBODY00/,
      /– CHANNELS +not checked: Slack shows the bot no channel C07BOARD000: a private one that it isn't in/,
      /✗ FOLLOW_CHANNEL +The bot isn't in #general, where it is to post\.\n +→ \/invite it/,
      /✗ DIGEST_CHANNEL +Slack shows the bot nothing .*\n.*for a private channel, \/invite the bot first/,
      /✗ DETAIL_CHANNELS +#deals is shared outside the organisation/,
      /✗ DETAIL_CHANNELS +#general is shared outside the organisation/,
      /✗ DETAIL_CHANNELS +Slack shows the bot nothing by the ID C07BOARD000/,
    ])
      expect(stdout).toMatch(says);
  });

  test('without Slack the names are not known, and nothing breaks', async () => {
    const { settings } = await surroundings();
    const ran = await doctor({ ...settings, SLACK_API_URL: 'http://127.0.0.1:9/api/', CHANNELS: deals });
    expect(finding(ran, 'CHANNELS')).toContain('– CHANNELS not checked: Slack could not be asked');
  });
});

describe('Slack', () => {
  test('tokens that Slack does not accept', async () => {
    const { settings } = await surroundings();
    const ran = await doctor({
      ...settings,
      SLACK_BOT_TOKEN: 'xoxb-wrong-token',
      SLACK_APP_TOKEN: 'xapp-wrong-token',
    });
    expect(finding(ran, 'bot token')).toMatch(
      /^✗ bot token Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\)\. → Copy the Bot User OAuth Token/,
    );
    expect(finding(ran, 'app token')).toMatch(
      /^✗ app token Slack does not accept SLACK_APP_TOKEN \(invalid_auth\)\. → Make an app-level token/,
    );
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(ran.stdout).not.toContain('wrong-token');
  });

  test('a scope that was not granted, and one that is not needed', async () => {
    const less = await surroundings({ scopes: BOT_SCOPES.filter((scope) => scope !== 'users:read') });
    expect(finding(await doctor(less.settings), 'scopes')).toMatch(/^✗ scopes Missing: users:read\. → Bring/);
    const more = await surroundings({ scopes: [...BOT_SCOPES, 'im:write'] });
    expect(finding(await doctor(more.settings), 'scopes')).toMatch(
      /^✓ scopes .*more than the bot needs: im:write$/,
    );
  });

  test('that cannot be reached', async () => {
    const { settings } = await surroundings();
    const ran = await doctor({ ...settings, SLACK_API_URL: 'http://127.0.0.1:9/api/' });
    expect(finding(ran, 'bot token')).toContain('✗ bot token Slack could not be reached');
    expect(ran).toMatchObject({ code: 1, stderr: '' });
  });

  test('over HTTP what only Slack can show is said', async () => {
    const { slack, settings } = await surroundings();
    const { SLACK_APP_TOKEN: _, ...http } = settings;
    const ran = await doctor({ ...http, SLACK_SIGNING_SECRET: slack.signingSecret });
    expect(finding(ran, 'HTTP')).toContain('– HTTP not checked');
    expect(ran.code).toBe(0);
  });
});

describe('AWS', () => {
  test('a key it does not know, and one with a wrong secret', async () => {
    const { settings } = await surroundings();
    const unknown = await sts(xml(403, '<Error><Code>InvalidClientTokenId</Code></Error>'));
    const ran = await doctor({
      ...settings,
      AWS_ACCESS_KEY_ID: 'AKIAUNKNOWNEXAMPLE00',
      AWS_ENDPOINT_URL_STS: unknown.endpoint.origin,
    });
    expect(finding(ran, 'identity')).toMatch(/^✗ identity .*\(InvalidClientTokenId\)\. → Check AWS_PROFILE/);
    expect(finding(ran, 'ListOpportunities')).toContain('(UnrecognizedClientException)');
    const wrong = await doctor({ ...settings, AWS_SECRET_ACCESS_KEY: 'wrong-secret-example' });
    expect(finding(wrong, 'ListOpportunities')).toMatch(
      /InvalidSignatureException.*→ Check the secret access key/,
    );
    expect(wrong.stdout).not.toContain('wrong-secret-example');
  });

  test('a profile is named as the source, and temporary keys as such', async () => {
    const { settings } = await surroundings();
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...rest } = settings;
    const { path, remove } = await temporaryFolder();
    onTestFinished(remove);
    const file = join(path, 'credentials');
    await writeFile(
      file,
      `[bot]\naws_access_key_id=${AWS_ACCESS_KEY_ID}\naws_secret_access_key=${AWS_SECRET_ACCESS_KEY}\n`,
    );
    const profile = await doctor({ ...rest, AWS_PROFILE: 'bot', AWS_SHARED_CREDENTIALS_FILE: file });
    expect(finding(profile, 'credentials')).toContain('✓ credentials keys in a profile');
    const session = await doctor({ ...settings, AWS_SESSION_TOKEN: 'example' });
    expect(finding(session, 'credentials')).toContain('nobody renews them');
  });

  test('a clock that is wrong', async () => {
    const { settings } = await surroundings();
    const behind = await scriptedServer([
      (response) => {
        const headers = { date: new Date(Date.now() + 600_000).toUTCString() };
        response
          .writeHead(403, headers)
          .end('{"__type":"InvalidSignatureException","message":"Signature expired: 1"}');
      },
    ]);
    const ran = await doctor({
      ...settings,
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: behind.endpoint.origin,
    });
    expect(finding(ran, 'clock')).toMatch(
      /^✗ clock This machine's clock is \d+ s behind AWS's\. → Set it by NTP/,
    );
    expect(finding(ran, 'ListOpportunities')).toContain("AWS rejects the bot's clock");
  });

  test('an endpoint that cannot be reached; STS may be away', async () => {
    const { settings } = await surroundings();
    const ran = await doctor({
      ...settings,
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9',
    });
    expect(finding(ran, 'endpoint')).toMatch(
      /^✗ endpoint 127\.0\.0\.1:9 can't be reached \(ConnectionRefused\)\. →/,
    );
    expect(finding(ran, 'identity')).toContain('– identity not checked');
  });

  test('a policy that does not let the bot list, and one that lets it do nothing else', async () => {
    const { aws, settings } = await surroundings();
    aws.seed(anOpportunity({ now: new Date(), catalog: 'Sandbox' }));
    const denied = { type: 'error', name: 'AccessDeniedException' } as const;
    const allow = aws.injectFault({ operation: 'ListOpportunities', kind: denied });
    const refused = /^✗ \w+ AWS does not let the bot .*AccessDeniedException\)\. →.*policy/;
    const ran = await doctor(settings);
    expect(finding(ran, 'ListOpportunities')).toMatch(refused);
    expect(ran.code).toBe(1);
    allow();
    for (const operation of ['GetOpportunity', 'GetAwsOpportunitySummary'])
      aws.injectFault({ operation, kind: denied });
    const reading = await doctor(settings);
    for (const operation of ['GetOpportunity', 'GetAwsOpportunitySummary'])
      expect(finding(reading, operation)).toMatch(refused);
  });
});

test('installed for an organisation: whose people may use it, or that this is missing', async () => {
  const grid = { ...demoGrid, isOrgWide: true };
  const { settings } = await surroundings({ grid });
  const missing = await doctor(settings);
  expect(finding(missing, 'bot token')).toMatch(
    /✗ bot token The app is installed for the whole organisation E07HARBOURG, .* Name the workspaces there/,
  );
  const ran = await doctor({
    ...settings,
    SLACK_WORKSPACES: 'T07HARBOUR0 T07HARBOUR2',
    SUBMITTERS: demoPeople.ben,
  });
  expect(finding(ran, 'SUBMITTERS')).toBe(`✓ SUBMITTERS Ben Alliance (${demoPeople.ben})`);
  expect(finding(ran, 'bot token')).toBe(
    '✓ bot token @opportunity-bot in the organisation E07HARBOURG, for the people of T07HARBOUR0, T07HARBOUR2',
  );
});

test('a running bot is asked how many sockets Slack counts: more than one beside SQLite is one too many', async () => {
  const { settings } = await surroundings();
  const metrics =
    (count: number): Play =>
    (response) => {
      response.end(`# TYPE opportunity_bot_sockets gauge\nopportunity_bot_sockets ${count}\n`);
    };
  const { endpoint } = await scriptedServer([metrics(1), metrics(2)]);
  const running = { ...settings, OPS_PORT: endpoint.port };
  expect(finding(await doctor(running), 'sockets')).toContain('✓ sockets 1, counted by Slack');
  expect(finding(await doctor(running), 'sockets')).toMatch(
    /✗ sockets Slack counted 2 sockets for this app .* Look for another process with the same SLACK_APP_TOKEN/,
  );
});
