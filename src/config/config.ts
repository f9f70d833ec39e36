import type { z } from 'zod';
import { regionOfQueue } from '../aws/queue.ts';
import type { Catalog } from '../aws/terms.ts';
import type { DigestTime } from './digest-time.ts';
import type { EnvFile } from './env-file.ts';
import { unknownNames } from './names.ts';
import { type Environment, givenIn, type LOG_LEVELS, settings } from './settings.ts';

/** Everything the bot is told from outside, read once. */
export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly transport:
      | { readonly type: 'socket'; readonly appToken: string }
      | { readonly type: 'http'; readonly signingSecret: string };
    /** Another Slack Web API, ending in `/api/`: the demo's and the tests'. */
    readonly apiUrl: string | undefined;
    /** Of an app that is installed for an organisation: the workspaces whose people may use it. */
    readonly workspaces: readonly string[];
  };
  /** For requests from Slack (HTTP mode) and `/healthz`; 0 takes any free port. */
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  /** Where `/readyz` and `/metrics` are answered: by default to this machine only. */
  readonly ops: { readonly host: string; readonly port: number };
  readonly partnerCentral: {
    readonly catalog: Catalog;
    /** The address of a deal's page, with `{id}` in place of its ID; undefined: none is known. */
    readonly dealPage: string | undefined;
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
  /** Whom people can ask about this bot: a person, a user group or a channel, by Slack's ID; undefined: nobody is named. */
  readonly contact: string | undefined;
  /** Channels whose messages may show deal details and AWS's own words; empty: none. */
  readonly detailChannels: readonly string[];
  /** The channel that hears of decisions on opportunities that this bot didn't submit; undefined: nobody does. */
  readonly followChannel: string | undefined;
  /** What people are reminded of, and after how many days; nothing where it isn't set. */
  readonly reminders: {
    readonly waitingDays: number | undefined;
    readonly actionRequiredDays: number | undefined;
    readonly closeDate: boolean;
  };
  /** Where and when a weekly digest is posted; undefined: nowhere. */
  readonly digest: { readonly channel: string; readonly time: DigestTime } | undefined;
  /** Submissions are taken and kept, none is sent. */
  readonly paused: boolean;
  /** SubmitOpportunity calls a second, over all replicas together. */
  readonly submitsPerSecond: number;
  /** After a failover or a restore of the database AWS is only read for so many minutes. */
  readonly failoverWaitMinutes: number;
  /** Days after which settled records are deleted; undefined: they are kept for good. */
  readonly retentionDays: number | undefined;
  readonly logLevel: LogLevel;
  /** Undefined: for people where they read along at a terminal, else for machines. */
  readonly logFormat: LogFormat | undefined;
}

/**
 * Where a deal is seen. AWS documents no address; this one was tried by a user in production on 2026-06-02 (one report:
 * TESTING.md of customd/aws-partner-central-mcp). Nobody has tried one for Sandbox.
 */
const DEAL_PAGES: Readonly<Record<Catalog, string | undefined>> = {
  AWS: 'https://us-east-1.console.aws.amazon.com/partnercentral/opportunities/{id}',
  Sandbox: undefined,
};

/** Who may look up and submit: every full member of the workspace, or those listed. */
export type Submitters =
  | { readonly everyone: true }
  | { readonly everyone: false; readonly users: readonly string[]; readonly groups: readonly string[] };

export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = 'json' | 'pretty';

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  /** Every problem at once, each a sentence that names the setting and where to find its value; no value in it. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the settings (`.env.example` explains each). An empty value counts as not set, as in a `.env` file
 * that lists every name.
 *
 * @param file the `.env` that part of it comes from; undefined: none
 */
export function readConfig(environment: Environment, file?: HeldInFile): ConfigResult {
  const given = givenIn(environment);
  const read = settings.safeParse(given);
  const problems = [
    ...namesAndFile(environment, file),
    ...(read.success ? [] : read.error.issues.map((issue) => issue.message)),
  ];
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
        workspaces: data.SLACK_WORKSPACES ?? [],
      },
      port: data.PORT,
      host: data.HOST,
      ops: { host: data.OPS_HOST, port: data.OPS_PORT },
      partnerCentral: {
        catalog: data.PARTNER_CENTRAL_CATALOG,
        dealPage: data.PARTNER_CENTRAL_LINK ?? DEAL_PAGES[data.PARTNER_CENTRAL_CATALOG],
        ...awsOf(data),
      },
      events: eventsOf(data),
      database: databaseOf(data),
      submitters: submittersOf(data.SUBMITTERS),
      channels: data.CHANNELS,
      contact: data.CONTACT,
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
      failoverWaitMinutes: data.FAILOVER_WAIT_MINUTES,
      retentionDays: data.RETENTION_DAYS,
      logLevel: data.LOG_LEVEL,
      logFormat: data.LOG_FORMAT,
    },
  };
}

/** Only what tools need that read beside the bot: where the data is, and whether sending is switched off. */
export type ToolConfig = Pick<Config, 'database' | 'paused'>;

/** Reads the settings of a tool beside the bot, or answers every problem with them in words. */
export function readToolConfig(
  environment: Environment,
  file?: HeldInFile,
):
  | { readonly ok: true; readonly config: ToolConfig }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const read = settings
    .pick({ DATABASE_URL: true, DATA_DIR: true, PAUSED: true })
    .safeParse(givenIn(environment));
  const problems = [
    ...namesAndFile(environment, file),
    ...(read.success ? [] : read.error.issues.map((issue) => issue.message)),
  ];
  if (!read.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: { database: databaseOf(read.data), paused: read.data.PAUSED } };
}

type HeldInFile = Pick<EnvFile, 'held' | 'problems'>;

/** What would be passed over without a word: names that nobody reads, and what `.env` can't mean as it is read. */
const namesAndFile = (environment: Environment, file: HeldInFile | undefined): readonly string[] => [
  ...(file?.problems ?? []),
  ...unknownNames(environment, Object.keys(file?.held ?? {})),
];

/** Where Partner Central's events come through, if they do. */
const eventsOf = (data: {
  readonly EVENTS_QUEUE_URL?: string | undefined;
  readonly PARTNER_CENTRAL_REGION: string;
}): Config['events'] => {
  if (data.EVENTS_QUEUE_URL === undefined) return undefined;
  const url = new URL(data.EVENTS_QUEUE_URL);
  return { url, region: regionOfQueue(url) ?? data.PARTNER_CENTRAL_REGION };
};

/** Where AWS is. */
const awsOf = (
  data: Pick<
    z.output<typeof settings>,
    'PARTNER_CENTRAL_REGION' | 'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING' | 'AWS_ENDPOINT_URL_STS'
  >,
): Omit<Config['partnerCentral'], 'catalog' | 'dealPage'> => ({
  region: data.PARTNER_CENTRAL_REGION,
  endpoint: new URL(
    data.AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING ??
      `https://partnercentral-selling.${data.PARTNER_CENTRAL_REGION}.api.aws`,
  ),
  stsEndpoint: new URL(
    data.AWS_ENDPOINT_URL_STS ?? `https://sts.${data.PARTNER_CENTRAL_REGION}.amazonaws.com`,
  ),
});

const databaseOf = (
  data: Pick<z.output<typeof settings>, 'DATABASE_URL' | 'DATA_DIR'>,
): Config['database'] =>
  data.DATABASE_URL === undefined
    ? { type: 'sqlite', folder: data.DATA_DIR }
    : { type: 'postgres', url: data.DATABASE_URL };

/** Where a channel that the bot posts to by itself would get messages whose buttons work nowhere. */
function placeProblems({
  CHANNELS,
  FOLLOW_CHANNEL,
}: Pick<z.output<typeof settings>, 'CHANNELS' | 'FOLLOW_CHANNEL'>): readonly string[] {
  if (FOLLOW_CHANNEL === undefined || CHANNELS.length === 0 || CHANNELS.includes(FOLLOW_CHANNEL)) return [];
  return [
    'FOLLOW_CHANNEL is not among CHANNELS: add it there, or the buttons of its messages would refuse everybody.',
  ];
}

function submittersOf(ids: readonly string[] | undefined): Submitters {
  if (ids === undefined || ids.includes('*')) return { everyone: true };
  return {
    everyone: false,
    users: ids.filter((id) => !id.startsWith('S')),
    groups: ids.filter((id) => id.startsWith('S')),
  };
}

/** The settings, taken apart: a part that is missing or wrong is undefined, whatever the others are. */
export interface ConfigParts {
  readonly slackApi: { readonly url: string | undefined } | undefined;
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly workspaces: readonly string[] | undefined;
  readonly ops: Config['ops'] | undefined;
  readonly aws: Omit<Config['partnerCentral'], 'catalog' | 'dealPage'> | undefined;
  readonly catalog: Catalog | undefined;
  readonly events: { readonly queue: Config['events'] } | undefined;
  readonly database: Config['database'] | undefined;
}

/** For whoever looks at each part although another one is wrong. `readConfig` says what is. */
export function readParts(environment: Environment): ConfigParts {
  const given = givenIn(environment);
  const slackApi = settings.pick({ SLACK_API_URL: true }).safeParse(given);
  const botToken = settings.pick({ SLACK_BOT_TOKEN: true }).safeParse(given);
  const appToken = settings.pick({ SLACK_APP_TOKEN: true }).safeParse(given);
  const signingSecret = settings.pick({ SLACK_SIGNING_SECRET: true }).safeParse(given);
  const ops = settings.pick({ OPS_HOST: true, OPS_PORT: true }).safeParse(given);
  const workspaces = settings.pick({ SLACK_WORKSPACES: true }).safeParse(given);
  const catalog = settings.pick({ PARTNER_CENTRAL_CATALOG: true }).safeParse(given);
  const aws = settings
    .pick({
      PARTNER_CENTRAL_REGION: true,
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: true,
      AWS_ENDPOINT_URL_STS: true,
    })
    .safeParse(given);
  const events = settings.pick({ EVENTS_QUEUE_URL: true, PARTNER_CENTRAL_REGION: true }).safeParse(given);
  const database = settings.pick({ DATABASE_URL: true, DATA_DIR: true }).safeParse(given);
  return {
    slackApi: slackApi.success ? { url: slackApi.data.SLACK_API_URL } : undefined,
    botToken: botToken.success ? botToken.data.SLACK_BOT_TOKEN : undefined,
    appToken: appToken.success ? appToken.data.SLACK_APP_TOKEN : undefined,
    signingSecret: signingSecret.success ? signingSecret.data.SLACK_SIGNING_SECRET : undefined,
    ops: ops.success ? { host: ops.data.OPS_HOST, port: ops.data.OPS_PORT } : undefined,
    workspaces: workspaces.success ? (workspaces.data.SLACK_WORKSPACES ?? []) : undefined,
    aws: aws.success ? awsOf(aws.data) : undefined,
    catalog: catalog.success ? catalog.data.PARTNER_CENTRAL_CATALOG : undefined,
    events: events.success ? { queue: eventsOf(events.data) } : undefined,
    database: database.success ? databaseOf(database.data) : undefined,
  };
}
