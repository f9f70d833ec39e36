import type { z } from 'zod';
import { regionOfQueue } from '../aws/queue.ts';
import type { Catalog } from '../aws/terms.ts';
import { type EnvFile, passedOver } from './env-file.ts';
import { type Environment, givenIn, problemsIn, settings } from './settings.ts';

type Settings = z.output<typeof settings>;

/** Everything the bot is told from outside, read once. */
export type Config = ReturnType<typeof configOf>;

const configOf = (data: Settings) =>
  ({
    slack: {
      botToken: data.SLACK_BOT_TOKEN,
      transport: transportOf(data),
      /** Another Slack Web API, ending in `/api/`: the demo's and the tests'. */
      apiUrl: data.SLACK_API_URL,
      /** Of an app that is installed for an organisation: the workspaces whose people may use it. */
      workspaces: data.SLACK_WORKSPACES ?? [],
    },
    /** For requests from Slack (HTTP mode) and `/healthz`; 0 takes any free port. */
    port: data.PORT,
    /** The address to listen on. */
    host: data.HOST,
    /** Where `/readyz` and `/metrics` are answered: by default to this machine only. */
    ops: opsOf(data),
    partnerCentral: {
      catalog: data.PARTNER_CENTRAL_CATALOG,
      /** The address of a deal's page, with `{id}` in place of its ID; undefined: none is known. */
      dealPage: data.PARTNER_CENTRAL_LINK ?? DEAL_PAGES[data.PARTNER_CENTRAL_CATALOG],
      ...awsOf(data),
    },
    events: eventsOf(data),
    database: databaseOf(data),
    submitters: submittersOf(data.SUBMITTERS),
    /** Channels in which the command works; empty: all. */
    channels: data.CHANNELS,
    /** Whom people can ask about this bot: a person, a user group or a channel, by Slack's ID; undefined: nobody is named. */
    contact: data.CONTACT,
    /** Channels whose messages may show deal details and AWS's own words; empty: none. */
    detailChannels: data.DETAIL_CHANNELS,
    /** The channel that hears of decisions on opportunities that this bot didn't submit; undefined: nobody does. */
    followChannel: data.FOLLOW_CHANNEL,
    /** What people are reminded of, and after how many days; nothing where it isn't set. */
    reminders: {
      waitingDays: data.REMIND_WAITING_DAYS,
      actionRequiredDays: data.REMIND_ACTION_REQUIRED_DAYS,
      closeDate: data.REMIND_CLOSE_DATE,
    },
    /** Where and when a weekly digest is posted; undefined: nowhere. */
    digest:
      data.DIGEST_CHANNEL === undefined
        ? undefined
        : { channel: data.DIGEST_CHANNEL, time: data.DIGEST_TIME },
    /** Submissions are taken and kept, none is sent. */
    paused: data.PAUSED,
    /** SubmitOpportunity calls a second, over all replicas together. */
    submitsPerSecond: data.SUBMITS_PER_SECOND,
    /** After a failover or a restore of the database AWS is only read for so many minutes. */
    failoverWaitMinutes: data.FAILOVER_WAIT_MINUTES,
    /** Days after which settled records are deleted; undefined: they are kept for good. */
    retentionDays: data.RETENTION_DAYS,
    logLevel: data.LOG_LEVEL,
    /** Undefined: for people where they read along at a terminal, else for machines. */
    logFormat: data.LOG_FORMAT,
  }) as const;

/**
 * Where a deal is seen. AWS documents no address; this one was tried by a user in production on 2026-06-02 (one report:
 * TESTING.md of customd/aws-partner-central-mcp). Nobody has tried one for Sandbox.
 */
const DEAL_PAGES: Readonly<Record<Catalog, string | undefined>> = {
  AWS: 'https://us-east-1.console.aws.amazon.com/partnercentral/opportunities/{id}',
  Sandbox: undefined,
};

type Transport =
  | { readonly type: 'socket'; readonly appToken: string }
  | { readonly type: 'http'; readonly signingSecret: string };

const transportOf = ({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET = '' }: Settings): Transport =>
  SLACK_APP_TOKEN === undefined
    ? { type: 'http', signingSecret: SLACK_SIGNING_SECRET }
    : { type: 'socket', appToken: SLACK_APP_TOKEN };

const opsOf = ({ OPS_HOST, OPS_PORT }: Pick<Settings, 'OPS_HOST' | 'OPS_PORT'>) =>
  ({ host: OPS_HOST, port: OPS_PORT }) as const;

/** Where AWS is. Only `npm run doctor` asks the Security Token Service: for who the bot is. */
const awsOf = ({
  PARTNER_CENTRAL_REGION: region,
  AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: selling = `https://partnercentral-selling.${region}.api.aws`,
  AWS_ENDPOINT_URL_STS: sts = `https://sts.${region}.amazonaws.com`,
}: Pick<
  Settings,
  'PARTNER_CENTRAL_REGION' | 'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING' | 'AWS_ENDPOINT_URL_STS'
>) => ({ region, endpoint: new URL(selling), stsEndpoint: new URL(sts) }) as const;

/** The SQS queue that EventBridge's events come through; undefined: reviews are followed by polling alone. */
function eventsOf({
  EVENTS_QUEUE_URL,
  PARTNER_CENTRAL_REGION,
}: Pick<Settings, 'EVENTS_QUEUE_URL' | 'PARTNER_CENTRAL_REGION'>) {
  if (EVENTS_QUEUE_URL === undefined) return undefined;
  const url = new URL(EVENTS_QUEUE_URL);
  return { url, region: regionOfQueue(url) ?? PARTNER_CENTRAL_REGION } as const;
}

type DatabaseConfig =
  | { readonly type: 'sqlite'; readonly folder: string }
  | { readonly type: 'postgres'; readonly url: string };

const databaseOf = ({
  DATABASE_URL,
  DATA_DIR,
}: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>): DatabaseConfig =>
  DATABASE_URL === undefined ? { type: 'sqlite', folder: DATA_DIR } : { type: 'postgres', url: DATABASE_URL };

/** Who may look up and submit: every full member of the workspace, or those listed. */
export type Submitters =
  | { readonly everyone: true }
  | { readonly everyone: false; readonly users: readonly string[]; readonly groups: readonly string[] };

function submittersOf(ids: readonly string[] | undefined): Submitters {
  if (ids === undefined || ids.includes('*')) return { everyone: true };
  return {
    everyone: false,
    users: ids.filter((id) => !id.startsWith('S')),
    groups: ids.filter((id) => id.startsWith('S')),
  };
}

type Read<Part> =
  | { readonly ok: true; readonly config: Part }
  /** Every problem at once, each a sentence that names the setting and where to find its value; no value in it. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the settings (`.env.example` explains each). An empty value counts as not set, as in a `.env` file
 * that lists every name.
 *
 * @param file the `.env` that part of it comes from; undefined: none
 */
export function readConfig(environment: Environment, file?: HeldInFile): Read<Config> {
  const given = givenIn(environment);
  const { data, error } = settings.safeParse(given);
  const problems = [...passedOver(environment, file), ...problemsIn(error), ...problemsTogether(given, data)];
  return data === undefined || problems.length > 0
    ? { ok: false, problems }
    : { ok: true, config: configOf(data) };
}

/** Reads what a tool beside the bot needs: where the data is, and whether sending is switched off. */
export function readToolConfig(
  environment: Environment,
  file?: HeldInFile,
): Read<Pick<Config, 'database' | 'paused'>> {
  const { data, error } = settings
    .pick({ DATABASE_URL: true, DATA_DIR: true, PAUSED: true })
    .safeParse(givenIn(environment));
  const problems = [...passedOver(environment, file), ...problemsIn(error)];
  return data === undefined || problems.length > 0
    ? { ok: false, problems }
    : { ok: true, config: { database: databaseOf(data), paused: data.PAUSED } };
}

type HeldInFile = Pick<EnvFile, 'held' | 'problems'>;

/** What is wrong with settings that are right by themselves. */
function problemsTogether(given: Environment, data: Settings | undefined): readonly string[] {
  const problems: string[] = [];
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
  const { CHANNELS = [], FOLLOW_CHANNEL } = data ?? {};
  if (FOLLOW_CHANNEL !== undefined && CHANNELS.length > 0 && !CHANNELS.includes(FOLLOW_CHANNEL)) {
    problems.push(
      'FOLLOW_CHANNEL is not among CHANNELS: add it there, or the buttons of its messages would refuse everybody.',
    );
  }
  if (given.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    problems.push(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 takes anybody for AWS and Slack: remove it. Where a proxy of your company's shows its own certificate, give Node the company's CA by NODE_EXTRA_CA_CERTS.",
    );
  }
  return problems;
}

/** The settings, taken apart: a part that is missing or wrong is undefined, whatever the others are. */
export type ConfigParts = ReturnType<typeof readParts>;

/** Reads each part even where another one is wrong; `readConfig` says what is wrong. */
export function readParts(environment: Environment) {
  const given = givenIn(environment);
  const { shape } = settings;
  const part = <Data, Part>(from: z.ZodType<Data>, of: (data: Data) => Part): Part | undefined => {
    const { data } = from.safeParse(given);
    return data && of(data);
  };
  return {
    slackApi: part(settings.pick({ SLACK_API_URL: true }), ({ SLACK_API_URL: url }) => ({ url })),
    botToken: shape.SLACK_BOT_TOKEN.safeParse(given.SLACK_BOT_TOKEN).data,
    appToken: shape.SLACK_APP_TOKEN.safeParse(given.SLACK_APP_TOKEN).data,
    signingSecret: shape.SLACK_SIGNING_SECRET.safeParse(given.SLACK_SIGNING_SECRET).data,
    workspaces: part(settings.pick({ SLACK_WORKSPACES: true }), (data) => data.SLACK_WORKSPACES ?? []),
    ops: part(settings.pick({ OPS_HOST: true, OPS_PORT: true }), opsOf),
    aws: part(
      settings.pick({
        PARTNER_CENTRAL_REGION: true,
        AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: true,
        AWS_ENDPOINT_URL_STS: true,
      }),
      awsOf,
    ),
    catalog: shape.PARTNER_CENTRAL_CATALOG.safeParse(given.PARTNER_CENTRAL_CATALOG).data,
    events: part(settings.pick({ EVENTS_QUEUE_URL: true, PARTNER_CENTRAL_REGION: true }), (data) => ({
      queue: eventsOf(data),
    })),
    database: part(settings.pick({ DATABASE_URL: true, DATA_DIR: true }), databaseOf),
  } as const;
}
