import { z } from 'zod';
import type { Catalog } from './partner-central/operations.ts';
import { regionOfQueue } from './sqs/queue-url.ts';
import { type DigestTime, parseDigestTime } from './submissions/reminders/digest-time.ts';
import type { ReminderSettings } from './submissions/reminders/reminder.ts';

/** Everything the bot is told from outside, read once. */
export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly transport:
      | { readonly type: 'socket'; readonly appToken: string }
      | { readonly type: 'http'; readonly signingSecret: string };
    /** Another Slack Web API, ending in `/api/`: the demo's and the tests'. */
    readonly apiUrl: string | undefined;
  };
  /** For requests from Slack (HTTP mode) and the health routes; 0 takes any free port. */
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  readonly partnerCentral: {
    readonly catalog: Catalog;
    readonly region: string;
    readonly endpoint: URL;
    /** Of the Security Token Service, which only `npm run doctor` asks: who it is. */
    readonly stsEndpoint: URL;
  };
  /** The SQS queue that EventBridge's events come through; undefined: reviews are followed by polling alone. */
  readonly events: { readonly url: URL; readonly region: string } | undefined;
  readonly database:
    | { readonly type: 'sqlite'; readonly folder: string }
    | { readonly type: 'postgres'; readonly url: string };
  readonly submitters: Submitters;
  /** Channels in which the command works; empty: all. */
  readonly channels: readonly string[];
  /** Channels whose messages may show deal details and AWS's own words; empty: none. */
  readonly detailChannels: readonly string[];
  /** The channel that hears of decisions on opportunities that this bot didn't submit; undefined: nobody does. */
  readonly followChannel: string | undefined;
  readonly reminders: ReminderSettings;
  /** Where and when a weekly digest is posted; undefined: nowhere. */
  readonly digest: { readonly channel: string; readonly time: DigestTime } | undefined;
  /** Submissions are taken and kept, none is sent. */
  readonly paused: boolean;
  /** SubmitOpportunity calls a second, over all replicas together. */
  readonly submitsPerSecond: number;
  /** Days after which settled records are deleted; undefined: they are kept for good. */
  readonly retentionDays: number | undefined;
  readonly logLevel: LogLevel;
  /** Undefined: for people where they read along at a terminal, else for machines. */
  readonly logFormat: LogFormat | undefined;
}

/** Who may look up and submit: every full member of the workspace, or those listed. */
export type Submitters =
  | { readonly everyone: true }
  | { readonly everyone: false; readonly users: readonly string[]; readonly groups: readonly string[] };

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = 'json' | 'pretty';

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  /** Every problem at once, each a sentence that names the setting and where to find its value; no value in it. */
  | { readonly ok: false; readonly problems: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const slackId = (pattern: RegExp, name: string, what: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .refine((ids) => ids.every((id) => pattern.test(id)), {
      error: `${name} takes ${what}, separated by commas.`,
    });

const address = (name: string, schemes: readonly string[]) =>
  z
    .string()
    .optional()
    .refine(
      (text) => {
        if (text === undefined) return true;
        const url = URL.parse(text);
        if (url === null || url.username !== '' || url.password !== '') return false;
        return schemes.includes(url.protocol) || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
      },
      {
        error: `${name} is not a usable address: it takes https://…, and plain http:// only for this machine itself.`,
      },
    );

const oneChannel = (name: string) =>
  z
    .string()
    .regex(/^[CG][A-Z0-9]{2,}$/, {
      error: `${name} takes one channel ID (C…; in Slack: channel details → at the bottom).`,
    })
    .optional();

/** A number of days; not set: off. */
const days = (name: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,2}$/, {
      error: `${name} takes a number of days from 1 to 999; leave it out to switch it off.`,
    })
    .transform(Number)
    .optional();

const onOff = (error: string) =>
  z
    .enum(['0', '1', 'false', 'true'], { error })
    .default('0')
    .transform((text) => text === '1' || text === 'true');

/** The settings one by one, without what one says about another. */
export const settings = z.object({
  SLACK_BOT_TOKEN: z
    .string({
      error:
        'SLACK_BOT_TOKEN is missing: api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…).',
    })
    .startsWith('xoxb-', {
      error:
        "SLACK_BOT_TOKEN isn't a bot token: it starts with xoxb- (api.slack.com/apps → your app → OAuth & Permissions).",
    }),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', {
      error:
        "SLACK_APP_TOKEN isn't an app-level token: it starts with xapp- (api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write).",
    })
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .min(16, {
      error:
        'SLACK_SIGNING_SECRET is too short to be one: api.slack.com/apps → your app → Basic Information → Signing Secret.',
    })
    .optional(),
  PORT: z
    .string()
    .default('3000')
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535, {
      error: 'PORT takes a number from 0 to 65535.',
    })
    .transform(Number),
  HOST: z.string().default('0.0.0.0'),
  SLACK_API_URL: address('SLACK_API_URL', ['https:']),
  PARTNER_CENTRAL_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, {
      error: 'PARTNER_CENTRAL_REGION takes an AWS region such as us-east-1.',
    })
    .default('us-east-1'),
  AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: address('AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING', ['https:']),
  AWS_ENDPOINT_URL_STS: address('AWS_ENDPOINT_URL_STS', ['https:']),
  PARTNER_CENTRAL_CATALOG: z.enum(['AWS', 'Sandbox'], {
    error: ({ input }) =>
      `${input === undefined ? 'PARTNER_CENTRAL_CATALOG is missing: it' : 'PARTNER_CENTRAL_CATALOG'} takes Sandbox (nothing reaches AWS sellers) or AWS (production). It has no default: a person decides whether this bot can reach production.`,
  }),
  EVENTS_QUEUE_URL: address('EVENTS_QUEUE_URL', ['https:']).refine(
    (text) => {
      const url = text === undefined ? null : URL.parse(text);
      return url === null || url.protocol === 'http:' || regionOfQueue(url) !== undefined;
    },
    {
      error:
        "EVENTS_QUEUE_URL isn't the URL of an SQS queue: it takes https://sqs.REGION.amazonaws.com/ACCOUNT/NAME (SQS console → the queue → URL).",
    },
  ),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, {
      error:
        'DATABASE_URL takes postgres://user:password@host:5432/database; leave it out to use SQLite in DATA_DIR.',
    })
    .refine((text) => !/[?&](sslmode=no-verify|uselibpqcompat=true)\b/.test(text), {
      error:
        "DATABASE_URL switches off the check of the server's certificate (sslmode=no-verify, uselibpqcompat): use sslmode=verify-full, and sslrootcert=FILE for a CA of your own.",
    })
    .optional(),
  DATA_DIR: z.string().default('./data'),
  SUBMITTERS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .refine((ids) => ids.every((id) => id === '*' || /^[UWS][A-Z0-9]{2,}$/.test(id)), {
      error:
        'SUBMITTERS takes Slack user IDs (U…) and user-group IDs (S…), separated by commas, or * for every full member. In Slack: a profile → ⋮ → Copy member ID.',
    })
    .optional(),
  CHANNELS: slackId(
    /^[CGD][A-Z0-9]{2,}$/,
    'CHANNELS',
    'channel IDs (C…; in Slack: channel details → at the bottom)',
  ),
  DETAIL_CHANNELS: slackId(
    /^[CGD][A-Z0-9]{2,}$/,
    'DETAIL_CHANNELS',
    'channel IDs (C…; in Slack: channel details → at the bottom)',
  ),
  FOLLOW_CHANNEL: oneChannel('FOLLOW_CHANNEL'),
  REMIND_WAITING_DAYS: days('REMIND_WAITING_DAYS'),
  REMIND_ACTION_REQUIRED_DAYS: days('REMIND_ACTION_REQUIRED_DAYS'),
  REMIND_CLOSE_DATE: onOff('REMIND_CLOSE_DATE takes 1 (remind of close dates that have passed) or 0.'),
  DIGEST_CHANNEL: oneChannel('DIGEST_CHANNEL'),
  DIGEST_TIME: z
    .string()
    .default('Mon 09:00 UTC')
    .transform((text, { addIssue }) => {
      const time = parseDigestTime(text);
      if (time !== undefined) return time;
      addIssue('DIGEST_TIME takes a weekday, a time and a time zone, as Mon 09:00 Europe/Berlin.');
      return z.NEVER;
    }),
  PAUSED: onOff('PAUSED takes 1 (take and keep submissions, send none) or 0.'),
  SUBMITS_PER_SECOND: z
    .string()
    .default('1')
    .refine((text) => Number(text) > 0 && Number(text) <= 10, {
      error: "SUBMITS_PER_SECOND takes a number above 0 and up to 10; AWS's quota for writes is 1.",
    })
    .transform(Number),
  RETENTION_DAYS: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 30, {
      error: 'RETENTION_DAYS takes a number of days, 30 or more; leave it out to keep records for good.',
    })
    .transform(Number)
    .optional(),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `LOG_LEVEL takes one of ${LOG_LEVELS.join(', ')}.` })
    .default('info'),
  LOG_FORMAT: z
    .enum(['json', 'pretty'], { error: 'LOG_FORMAT takes json (for machines) or pretty (for people).' })
    .optional(),
});

/**
 * Reads the settings (`.env.example` explains each). An empty value counts as not set, as in a `.env` file
 * that lists every name.
 */
export function readConfig(environment: Environment): ConfigResult {
  const given = givenIn(environment);
  const read = settings.safeParse(given);
  const problems = read.success ? [] : read.error.issues.map((issue) => issue.message);
  if (given.SLACK_APP_TOKEN === undefined && given.SLACK_SIGNING_SECRET === undefined) {
    problems.push(
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: the app token (xapp-…) for Socket Mode, or the signing secret to receive requests on PORT. Both are at api.slack.com/apps → your app → Basic Information.',
    );
  }
  if (given.PARTNER_CENTRAL_CATALOG === 'AWS' && given.SUBMITTERS === undefined) {
    problems.push(
      'SUBMITTERS is missing: with PARTNER_CENTRAL_CATALOG=AWS say who may submit (Slack user or user-group IDs, or * for every full member).',
    );
  }
  if (read.success) problems.push(...placeProblems(read.data));
  if (given.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    problems.push(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 takes anybody for AWS and Slack: remove it. Where a proxy of your company's shows its own certificate, give Node the company's CA by NODE_EXTRA_CA_CERTS.",
    );
  }
  if (!read.success || problems.length > 0) return { ok: false, problems };
  const { data } = read;
  return {
    ok: true,
    config: {
      slack: {
        botToken: data.SLACK_BOT_TOKEN,
        transport:
          data.SLACK_APP_TOKEN === undefined
            ? { type: 'http', signingSecret: data.SLACK_SIGNING_SECRET ?? '' }
            : { type: 'socket', appToken: data.SLACK_APP_TOKEN },
        apiUrl: data.SLACK_API_URL,
      },
      port: data.PORT,
      host: data.HOST,
      partnerCentral: { catalog: data.PARTNER_CENTRAL_CATALOG, ...awsOf(data) },
      events: eventsOf(data),
      database: databaseOf(data),
      submitters: submittersOf(data.SUBMITTERS),
      channels: data.CHANNELS,
      detailChannels: data.DETAIL_CHANNELS,
      followChannel: data.FOLLOW_CHANNEL,
      reminders: {
        waitingDays: data.REMIND_WAITING_DAYS,
        actionRequiredDays: data.REMIND_ACTION_REQUIRED_DAYS,
        closeDate: data.REMIND_CLOSE_DATE,
      },
      digest:
        data.DIGEST_CHANNEL === undefined
          ? undefined
          : { channel: data.DIGEST_CHANNEL, time: data.DIGEST_TIME },
      paused: data.PAUSED,
      submitsPerSecond: data.SUBMITS_PER_SECOND,
      retentionDays: data.RETENTION_DAYS,
      logLevel: data.LOG_LEVEL,
      logFormat: data.LOG_FORMAT,
    },
  };
}

/** Only what tools need that read beside the bot: where the data is, and whether sending is switched off. */
export function readToolConfig(
  environment: Environment,
):
  | { readonly ok: true; readonly database: Config['database']; readonly paused: boolean }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const read = settings
    .pick({ DATABASE_URL: true, DATA_DIR: true, PAUSED: true })
    .safeParse(givenIn(environment));
  if (!read.success) return { ok: false, problems: read.error.issues.map((issue) => issue.message) };
  return { ok: true, database: databaseOf(read.data), paused: read.data.PAUSED };
}

const eventsOf = (data: {
  readonly EVENTS_QUEUE_URL?: string | undefined;
  readonly PARTNER_CENTRAL_REGION: string;
}): Config['events'] => {
  if (data.EVENTS_QUEUE_URL === undefined) return undefined;
  const url = new URL(data.EVENTS_QUEUE_URL);
  return { url, region: regionOfQueue(url) ?? data.PARTNER_CENTRAL_REGION };
};

/** Where AWS is. */
export const awsOf = (
  data: Pick<
    z.output<typeof settings>,
    'PARTNER_CENTRAL_REGION' | 'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING' | 'AWS_ENDPOINT_URL_STS'
  >,
): Omit<Config['partnerCentral'], 'catalog'> => ({
  region: data.PARTNER_CENTRAL_REGION,
  endpoint: new URL(
    data.AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING ??
      `https://partnercentral-selling.${data.PARTNER_CENTRAL_REGION}.api.aws`,
  ),
  stsEndpoint: new URL(
    data.AWS_ENDPOINT_URL_STS ?? `https://sts.${data.PARTNER_CENTRAL_REGION}.amazonaws.com`,
  ),
});

export const databaseOf = (data: {
  readonly DATABASE_URL?: string | undefined;
  readonly DATA_DIR: string;
}): Config['database'] =>
  data.DATABASE_URL === undefined
    ? { type: 'sqlite', folder: data.DATA_DIR }
    : { type: 'postgres', url: data.DATABASE_URL };

/** Where a channel that the bot posts to by itself would get messages whose buttons work nowhere. */
function placeProblems({
  CHANNELS,
  FOLLOW_CHANNEL,
}: {
  readonly CHANNELS: readonly string[];
  readonly FOLLOW_CHANNEL?: string | undefined;
}): readonly string[] {
  if (FOLLOW_CHANNEL === undefined || CHANNELS.length === 0 || CHANNELS.includes(FOLLOW_CHANNEL)) return [];
  return [
    'FOLLOW_CHANNEL is not among CHANNELS: add it there, or the buttons of its messages would refuse everybody.',
  ];
}

/** The settings that have a value. */
export const givenIn = (environment: Environment): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(environment)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );

function submittersOf(ids: readonly string[] | undefined): Submitters {
  if (ids === undefined || ids.includes('*')) return { everyone: true };
  return {
    everyone: false,
    users: ids.filter((id) => !id.startsWith('S')),
    groups: ids.filter((id) => id.startsWith('S')),
  };
}
