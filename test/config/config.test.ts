import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Config, readConfig, readToolConfig } from '../../src/config/config.ts';
import type { Environment } from '../../src/config/settings.ts';
import { readFile } from '../project/imports.ts';

/** The least a bot needs, in Sandbox over Socket Mode. */
const least = {
  SLACK_BOT_TOKEN: 'xoxb-1-secret',
  SLACK_APP_TOKEN: 'xapp-1-secret',
  PARTNER_CENTRAL_CATALOG: 'Sandbox',
} as const;

function configOf(environment: Environment): Config {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

function problemsOf(environment: Environment): readonly string[] {
  const read = readConfig(environment);
  return read.ok ? [] : read.problems;
}

/** The settings the problems are about. */
const namedIn = (environment: Environment): string[] =>
  problemsOf(environment)
    .map((problem) => problem.split(/[^A-Z_]/)[0] ?? '')
    .sort();

describe('what is left out', () => {
  test('with nothing set, all that is needed is named at once, each with where to find it', () => {
    expect(namedIn({})).toEqual(['PARTNER_CENTRAL_CATALOG', 'SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN']);
    expect(problemsOf({}).filter((problem) => problem.includes('api.slack.com/apps'))).toHaveLength(2);
    expect(problemsOf({}).join()).toContain('SLACK_SIGNING_SECRET');
  });

  test('has the defaults of the documentation', () => {
    expect(configOf(least)).toEqual({
      slack: {
        botToken: least.SLACK_BOT_TOKEN,
        transport: { type: 'socket', appToken: least.SLACK_APP_TOKEN },
        apiUrl: undefined,
        workspaces: [],
      },
      port: 3000,
      host: '0.0.0.0',
      ops: { host: '127.0.0.1', port: 9464 },
      partnerCentral: {
        catalog: 'Sandbox',
        dealPage: undefined,
        region: 'us-east-1',
        endpoint: new URL('https://partnercentral-selling.us-east-1.api.aws'),
        stsEndpoint: new URL('https://sts.us-east-1.amazonaws.com'),
      },
      events: undefined,
      database: { type: 'sqlite', folder: './data' },
      submitters: { everyone: true },
      channels: [],
      detailChannels: [],
      followChannel: undefined,
      reminders: { waitingDays: undefined, actionRequiredDays: undefined, closeDate: false },
      digest: undefined,
      paused: false,
      submitsPerSecond: 1,
      failoverWaitMinutes: 30,
      retentionDays: undefined,
      logLevel: 'info',
      logFormat: undefined,
    });
  });

  test('an empty value, or one of spaces, counts as not set', () => {
    const empty = { PORT: '', DATABASE_URL: ' ', SUBMITTERS: '', PAUSED: '', SLACK_SIGNING_SECRET: '' };
    expect(configOf({ ...least, ...empty })).toEqual(configOf(least));
    expect(namedIn({ ...least, SLACK_BOT_TOKEN: '  ' })).toEqual(['SLACK_BOT_TOKEN']);
  });

  test('spaces around a value do not matter, as after copying a token', () => {
    expect(configOf({ ...least, SLACK_BOT_TOKEN: ' xoxb-1-secret\n' })).toEqual(configOf(least));
  });

  test('settings of other programs do not matter', () => {
    expect(configOf({ ...least, AWS_REGION: 'eu-west-1', HOME: '/', EDITOR: 'vi' })).toEqual(configOf(least));
  });
});

describe('what is wrong', () => {
  const allWrong = {
    SLACK_BOT_TOKEN: 'xoxp-not-this-one',
    SLACK_APP_TOKEN: 'xoxb-nor-this-one',
    SLACK_SIGNING_SECRET: 'too-short',
    PORT: '70000-no-port',
    SLACK_API_URL: 'http://slack.example.org/api/',
    PARTNER_CENTRAL_REGION: 'nowhere-at-all!',
    PARTNER_CENTRAL_CATALOG: 'Produktion-not-a-catalog',
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'ftp://files.example.org',
    EVENTS_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/no-account/events',
    DATABASE_URL: 'mysql://user:s3cr3t-password@host/database',
    SUBMITTERS: 'ana@example.org',
    CHANNELS: 'hash-general',
    DETAIL_CHANNELS: 'hash-deals',
    FOLLOW_CHANNEL: 'hash-decisions',
    REMIND_WAITING_DAYS: 'a-fortnight',
    REMIND_ACTION_REQUIRED_DAYS: 'never-ever',
    REMIND_CLOSE_DATE: 'when-it-passes',
    DIGEST_CHANNEL: 'hash-digest',
    DIGEST_TIME: 'on Monday morning',
    PAUSED: 'perhaps-later',
    SUBMITS_PER_SECOND: 'a-thousand',
    LOG_LEVEL: 'chatty-as-can-be',
    RETENTION_DAYS: 'for-a-while',
    LOG_FORMAT: 'as-a-poem-please',
  } as const;

  test('every wrong setting is named at once', () => {
    expect(namedIn(allWrong)).toEqual(Object.keys(allWrong).sort());
  });

  test.each(Object.entries(allWrong))('%s alone is named, and its value is not repeated', (name, value) => {
    const environment = { ...least, SUBMITTERS: '*', [name]: value };
    expect(namedIn(environment)).toEqual([name]);
    expect(problemsOf(environment).join('\n')).not.toContain(value);
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['SUBMITS_PER_SECOND', '0'],
    ['SUBMITS_PER_SECOND', '11'],
    ['SUBMITS_PER_SECOND', 'NaN'],
    ['FAILOVER_WAIT_MINUTES', '1441'],
    ['RETENTION_DAYS', '29'],
    ['REMIND_WAITING_DAYS', '0'],
    ['DIGEST_CHANNEL', 'C123, C456'],
    ['DIGEST_TIME', 'Mon 09:00'],
    ['DATABASE_URL', 'postgres://bot@db.example/bot?sslmode=no-verify'],
    ['DATABASE_URL', 'postgres://bot:secret@db.example/bot'],
    ['DATABASE_URL', 'postgres://bot@127.0.0.1.example/bot'],
    ['DATABASE_URL', 'postgres://bot@localhost/bot?host=db.example'],
    ['DATABASE_URL', 'postgres://bot@db.example/bot?sslmode=require&uselibpqcompat=true'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['PARTNER_CENTRAL_CATALOG', 'aws'],
    ['SUBMITTERS', 'U123, @ana'],
    ['SUBMITTERS', 'C123'],
    ['SUBMITTERS', 'u123'],
    ['CHANNELS', '#deals'],
    ['CHANNELS', 'U123'],
    ['CHANNELS', 'S123'],
    ['CHANNELS', ','],
    ['DETAIL_CHANNELS', ','],
    ['DETAIL_CHANNELS', 'C123 T123'],
    ['CONTACT', 'U123,U456'],
    ['CONTACT', 'T123'],
    ['FOLLOW_CHANNEL', 'D123'],
  ])('%s does not take %s', (name, value) => {
    expect(namedIn({ ...least, [name]: value })).toEqual([name]);
  });

  test.each([
    'postgres://bot@db.example/bot?sslmode=verify-full',
    'postgres://bot@db.example/bot?sslmode=disable',
    'postgres://bot@localhost:5432/bot',
    'postgres://bot@[::1]/bot',
    'postgres:///bot?host=/var/run/postgresql',
  ])('DATABASE_URL takes %s', (value) => {
    expect(namedIn({ ...least, DATABASE_URL: value })).toEqual([]);
  });
});

test('an ID of another kind is named by its kind, and a name by where its ID is found', () => {
  const [problem] = problemsOf({ ...least, CHANNELS: 'C123, U0SECRET, S0SECRET, U0OTHER' });
  expect(problem).toMatch(/of a person \(U…\), another one of a user group \(S…\)\.$/);
  expect(problem).not.toMatch(/SECRET|OTHER/);
  expect(problemsOf({ ...least, SUBMITTERS: '@ana' })[0]).toContain('`npm run setup` finds the ID of');
});

describe('a name that nobody reads', () => {
  const inFile = (...names: readonly string[]) => ({
    held: Object.fromEntries(names.map((name) => [name, 'a-value'])),
    problems: [],
  });
  const problemsIn = (environment: Environment, ...names: readonly string[]) => {
    const read = readConfig({ ...least, ...environment }, inFile(...names));
    return read.ok ? [] : read.problems;
  };

  test.each([
    ['SUBMITERS', 'SUBMITTERS'],
    ['SUMBITTERS', 'SUBMITTERS'],
    ['SUBMITTER', 'SUBMITTERS'],
    ['submitters', 'SUBMITTERS'],
    ['CHANNEL', 'CHANNELS'],
    ['DETAIL_CHANNEL', 'DETAIL_CHANNELS'],
    ['DETAILS_CHANNELS', 'DETAIL_CHANNELS'],
    ['PAUSE', 'PAUSED'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['RETENTION_DAY', 'RETENTION_DAYS'],
    ['PARTNER_CENTRAL_REGIO', 'PARTNER_CENTRAL_REGION'],
    ['AWS_ENDPOINT_URL_PARTNER_CENTRAL_SELLING', 'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'],
  ])('%s stops the start, wherever it is set, and %s is named', (name, meant) => {
    const problem = `${name} is no setting of this bot: did you mean ${meant}?`;
    expect(problemsIn({ [name]: 'a-value' })).toEqual([problem]);
    expect(problemsIn({ [name]: 'a-value' }, name)).toEqual([problem]);
    expect(readToolConfig({ [name]: 'a-value' })).toMatchObject({ ok: false, problems: [problem] });
  });

  test('without a value it says nothing, and is nothing', () => {
    expect(problemsIn({ SUBMITERS: ' ' }, 'SUBMITERS')).toEqual([]);
  });

  test.each([
    'SLACK_WEBHOOK_URL',
    'SLACK_API_TOKEN',
    'AWS_ENDPOINT_URL_SQS',
    'AWS_ENDPOINT_URL_S3',
    'AWS_REGION',
    'APP_PORT',
    'APP_HOST',
    'LOGLEVEL',
    'LOG_LEVELS',
    'HOSTS',
    'SPORT',
    'XDG_DATA_DIRS',
    'DATADIR',
    'POSTGRES_URL',
    'DATABASE_NAME',
    'SUBMITTERS_SERVICE_HOST',
  ])("%s in the environment is another program's", (name) => {
    expect(problemsIn({ [name]: 'a-value' })).toEqual([]);
  });

  test("beside the setting itself, a name like it is another program's", () => {
    expect(problemsIn({ CHANNEL: 'stable', CHANNELS: 'C123' })).toEqual([]);
  });

  test.each([
    ['SLACK_BOT_TOKN', 'did you mean SLACK_BOT_TOKEN?'],
    ['LOGLEVEL', 'did you mean LOG_LEVEL?'],
    ['APPROVED_PEOPLE', 'take it out of .env'],
  ])('in .env every name is meant for the bot: %s', (name, says) => {
    const problems = problemsIn({ [name]: 'a-value' }, name);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is no setting of this bot: `))]);
    expect(problems[0]).toContain(says);
  });

  test.each([
    'AWS_PROFILE',
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL_SQS',
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'PGPASSWORD',
    'COMPOSE_PROJECT_NAME',
    ...[...readFile('compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name),
    'https_proxy',
    'TZ',
  ])("but for %s, which Node, AWS's SDKs, libpq, Docker or the system reads", (name) => {
    expect(problemsIn({ [name]: 'a-value' }, name)).toEqual([]);
  });
});

test('FOLLOW_CHANNEL has to be one in which the buttons of its messages work', () => {
  expect(namedIn({ ...least, FOLLOW_CHANNEL: 'C123', CHANNELS: 'C456' })).toEqual(['FOLLOW_CHANNEL']);
  expect(configOf({ ...least, FOLLOW_CHANNEL: 'C123', CHANNELS: 'C456,C123' }).followChannel).toBe('C123');
});

test('the weekly digest has a place and a time', () => {
  const environment = { ...least, DIGEST_CHANNEL: 'C123', DIGEST_TIME: 'Fri 16:30 Europe/Berlin' };
  expect(configOf(environment).digest).toEqual({
    channel: 'C123',
    time: { weekday: 5, minutes: 990, timeZone: 'Europe/Berlin' },
  });
  expect(configOf({ ...least, DIGEST_TIME: 'Fri 16:30 UTC' }).digest).toBeUndefined();
});

describe('production', () => {
  const production = { ...least, PARTNER_CENTRAL_CATALOG: 'AWS' } as const;

  test('does not start until somebody has said who may submit', () => {
    expect(namedIn(production)).toEqual(['SUBMITTERS']);
    expect(namedIn({ ...production, SUBMITTERS: ' ' })).toEqual(['SUBMITTERS']);
  });

  test('a list that names nobody lets nobody in', () => {
    expect(configOf({ ...production, SUBMITTERS: ',' }).submitters).toEqual({
      everyone: false,
      users: [],
      groups: [],
    });
  });

  test('starts for people and groups, or for every full member if that is said', () => {
    expect(configOf({ ...production, SUBMITTERS: 'U111, W222 S333' }).submitters).toEqual({
      everyone: false,
      users: ['U111', 'W222'],
      groups: ['S333'],
    });
    expect(configOf({ ...production, SUBMITTERS: '*' }).submitters).toEqual({ everyone: true });
  });
});

describe('how the bot reaches Slack', () => {
  const signingSecret = '0123456789abcdef0123456789abcdef';

  test('over Socket Mode with an app token, also where a signing secret is set', () => {
    const { slack } = configOf({ ...least, SLACK_SIGNING_SECRET: signingSecret });
    expect(slack.transport).toEqual({ type: 'socket', appToken: least.SLACK_APP_TOKEN });
  });

  test('over HTTP with a signing secret alone', () => {
    const { slack } = configOf({ ...least, SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret });
    expect(slack.transport).toEqual({ type: 'http', signingSecret });
  });
});

describe('addresses', () => {
  const names = ['SLACK_API_URL', 'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'] as const;

  describe.each(names)('%s', (name) => {
    test.each([
      'https://example.org',
      'http://localhost:4566',
      'http://127.0.0.1:80/api/',
      'http://[::1]:8080',
    ])('takes %s', (address) => {
      expect(problemsOf({ ...least, [name]: address })).toEqual([]);
    });

    test.each([
      'http://example.org',
      'http://localhost.example.org',
      'http://127.0.0.1.example.org',
      'http://127.0.0.1@example.org',
      'http://10.0.0.1',
      'https://user:password@example.org',
      'file:///etc/passwd',
      'example.org',
    ])('does not take %s', (address) => {
      expect(namedIn({ ...least, [name]: address })).toEqual([name]);
    });
  });
});

describe('the queue of events', () => {
  test('is signed for the region in its URL', () => {
    const EVENTS_QUEUE_URL = 'https://sqs.us-west-2.amazonaws.com/123456789012/events';
    expect(configOf({ ...least, EVENTS_QUEUE_URL }).events).toEqual({
      url: new URL(EVENTS_QUEUE_URL),
      region: 'us-west-2',
    });
  });

  test('on this machine itself, for the region of Partner Central', () => {
    const EVENTS_QUEUE_URL = 'http://127.0.0.1:4566/000000000000/events';
    expect(configOf({ ...least, EVENTS_QUEUE_URL }).events?.region).toBe('us-east-1');
  });

  test.each([
    'http://sqs.us-east-1.amazonaws.com/123456789012/events',
    'https://queues.example.org/123456789012/events',
  ])('is at AWS, and reached by https: not %s', (EVENTS_QUEUE_URL) => {
    expect(namedIn({ ...least, EVENTS_QUEUE_URL })).toEqual(['EVENTS_QUEUE_URL']);
  });
});

describe('whatever is set', () => {
  const names = [
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_SIGNING_SECRET',
    'PORT',
    'HOST',
    'SLACK_API_URL',
    'PARTNER_CENTRAL_REGION',
    'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING',
    'PARTNER_CENTRAL_CATALOG',
    'EVENTS_QUEUE_URL',
    'DATABASE_URL',
    'DATA_DIR',
    'SUBMITTERS',
    'CHANNELS',
    'DETAIL_CHANNELS',
    'PAUSED',
    'SUBMITS_PER_SECOND',
    'RETENTION_DAYS',
    'LOG_LEVEL',
    'LOG_FORMAT',
  ];
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constantFrom('xoxb-1', 'xapp-1', 'AWS', 'Sandbox', '*', 'U123', '0', '1', 'http://[', 'postgres://x'),
  );
  const environment = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value);

  test('it is read or explained, never a crash', () => {
    fc.assert(
      fc.property(environment, (given) => {
        const read = readConfig(given);
        if (!read.ok) expect(read.problems.length).toBeGreaterThan(0);
        for (const problem of read.ok ? [] : read.problems) expect(problem).toMatch(/^[A-Z_]+ .*\.$/);
      }),
      { numRuns: 500 },
    );
  });

  test('no value comes back in an explanation', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12,20}$/).map((text) => `zq${text}`);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), secret), (given) => {
        const said = problemsOf(given).join('\n');
        for (const each of Object.values(given)) expect(said).not.toContain(each);
      }),
      { numRuns: 300 },
    );
  });

  test('production is reached only by its own name', () => {
    fc.assert(
      fc.property(environment, (given) => {
        const read = readConfig({ ...least, ...given });
        if (!read.ok || read.config.partnerCentral.catalog !== 'AWS') return;
        expect(given.PARTNER_CENTRAL_CATALOG?.trim()).toBe('AWS');
        expect(given.SUBMITTERS?.trim()).toBeTruthy();
      }),
      { numRuns: 500 },
    );
  });
});

describe('the page of a deal', () => {
  const dealPageOf = (environment: Environment) => configOf(environment).partnerCentral.dealPage;
  const LINK = 'https://crm.example/deals?id={id}&tab=aws';

  test('is AWS’s own in Production, and in Sandbox none is known', () => {
    expect(dealPageOf({ ...least, PARTNER_CENTRAL_CATALOG: 'AWS', SUBMITTERS: '*' })).toBe(
      'https://us-east-1.console.aws.amazon.com/partnercentral/opportunities/{id}',
    );
    expect(dealPageOf(least)).toBeUndefined();
  });

  test('is another one where the operator says so, in Sandbox too', () => {
    expect(dealPageOf({ ...least, PARTNER_CENTRAL_LINK: LINK })).toBe(LINK);
    expect(
      dealPageOf({ ...least, PARTNER_CENTRAL_CATALOG: 'AWS', SUBMITTERS: '*', PARTNER_CENTRAL_LINK: LINK }),
    ).toBe(LINK);
  });

  test.each([
    'https://crm.example/deals',
    'http://127.0.0.1/deals/{id}',
    'javascript:alert({id})',
    'crm.example/{id}',
    'https://{id}.crm.example/',
    'https://somebody:secret@crm.example/{id}',
    'https://crm.example/<{id}|x>',
    'https://crm.example/a {id}',
    `https://crm.example/${'a'.repeat(150)}{id}`,
  ])('has a place for the ID, by https, and fits a message: not %s', (PARTNER_CENTRAL_LINK) => {
    expect(namedIn({ ...least, PARTNER_CENTRAL_LINK })).toEqual(['PARTNER_CENTRAL_LINK']);
  });
});
