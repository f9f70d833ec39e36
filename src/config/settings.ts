import { z } from 'zod';
import { regionOfQueue } from '../aws/queue.ts';
import { CATALOGS } from '../aws/terms.ts';
import { saysHowItIsProtected } from '../database/postgres.ts';
import { parseDigestTime } from './digest-time.ts';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type Environment = Readonly<Record<string, string | undefined>>;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What an ID of Slack's is of, by its first letter. */
const KINDS: Readonly<Record<string, string>> = {
  A: 'of an app (A…)',
  B: 'of a bot (B…)',
  C: 'of a channel (C…)',
  D: 'of a direct message (D…)',
  E: 'of an organisation (E…)',
  G: 'of a channel (G…)',
  S: 'of a user group (S…)',
  T: 'of a workspace (T…)',
  U: 'of a person (U…)',
  W: 'of a person (W…)',
};

const SLACK_ID = /^[A-Z][A-Z0-9]{2,}$/;

/** What stands where an ID of another kind belongs, without the value itself. */
function insteadOf(wrong: readonly string[]): string {
  const kinds = wrong.map((text) => (SLACK_ID.test(text) ? KINDS[text.charAt(0)] : undefined));
  const known = [...new Set(kinds.filter((kind) => kind !== undefined))];
  return [
    ...(known.length === 0 ? [] : [` An ID there is one ${known.join(', another one ')}.`]),
    ...(kinds.includes(undefined)
      ? [' What is no ID, such as a name, `npm run setup` finds the ID of.']
      : []),
  ].join('');
}

/** Slack IDs that begin with one of the letters `kinds`, or what `others` names. */
const slackIds = (kinds: string, takes: string, others: readonly string[] = []) =>
  z.string().transform((text, { addIssue }): readonly string[] => {
    const ids = text.split(/[\s,]+/).filter((part) => part !== '');
    const wrong = ids.filter(
      (id) => !others.includes(id) && !(SLACK_ID.test(id) && kinds.includes(id.charAt(0))),
    );
    if (wrong.length === 0) return ids;
    addIssue(`takes ${takes}.${insteadOf(wrong)}`);
    return z.NEVER;
  });

const CHANNEL_IDS = 'channel IDs (C…; in Slack: channel details → at the bottom), separated by commas';

/** Channels; a value that names none is not taken for all of them. */
const channels = slackIds('CGD', CHANNEL_IDS)
  .refine((ids) => ids.length > 0, { error: `takes ${CHANNEL_IDS}, and has none.` })
  .default([]);

const oneId = (kinds: string, takes: string) =>
  slackIds(kinds, takes)
    .transform((ids, { addIssue }) => {
      const [id, ...more] = ids;
      if (id !== undefined && more.length === 0) return id;
      addIssue(`takes ${takes}: one, not ${ids.length}.`);
      return z.NEVER;
    })
    .optional();

/** A channel that the bot posts to by itself. */
const oneChannel = oneId('CG', 'one channel ID (C…; in Slack: channel details → at the bottom)');

const address = z
  .string()
  .optional()
  .refine(
    (text) => {
      if (text === undefined) return true;
      const url = URL.parse(text);
      if (url === null || url.username !== '' || url.password !== '') return false;
      return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
    },
    {
      error: 'is not a usable address: it takes https://…, and plain http:// only for this machine itself.',
    },
  );

/** Whether it is an address of one site, whatever the ID; nothing that would end a link in Slack, and 25 fit a message. */
function isDealPage(text: string): boolean {
  const [one, other] = ['O1', 'O2'].map((id) => URL.parse(text.replaceAll('{id}', id)));
  return (
    text.replaceAll('&', '&amp;').length <= 150 &&
    !/[\s<>|]/.test(text) &&
    one?.protocol === 'https:' &&
    one.username === '' &&
    one.password === '' &&
    one.host === other?.host &&
    one.href !== other.href
  );
}

const wholeNumber = (isRight: (value: number) => boolean, error: string) =>
  z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && isRight(Number(text)), { error })
    .transform(Number);

const port = wholeNumber((value) => value <= 65535, 'takes a number from 0 to 65535.');

/** A number of days; not set: off. */
const days = wholeNumber(
  (value) => value > 0 && value < 1000,
  'takes a number of days from 1 to 999; leave it out to switch it off.',
).optional();

const onOff = (error: string) =>
  z
    .enum(['0', '1', 'false', 'true'], { error })
    .default('0')
    .transform((text) => text === '1' || text === 'true');

/**
 * The settings one by one, without what one says about another. What is wrong with one is said in words that go on from its
 * name (`problemsIn`) and hold nothing of the value.
 */
export const settings = z.object({
  SLACK_BOT_TOKEN: z
    .string({
      error:
        'is missing: api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…).',
    })
    .startsWith('xoxb-', {
      error: "isn't a bot token: it starts with xoxb- (api.slack.com/apps → your app → OAuth & Permissions).",
    }),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', {
      error:
        "isn't an app-level token: it starts with xapp- (api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write).",
    })
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .min(16, {
      error: 'is too short to be one: api.slack.com/apps → your app → Basic Information → Signing Secret.',
    })
    .optional(),
  SLACK_WORKSPACES: slackIds(
    'T',
    'the IDs of workspaces (T…; in a browser: app.slack.com/client/T…), separated by commas',
  ).optional(),
  PORT: port.default(3000),
  HOST: z.string().default('0.0.0.0'),
  OPS_PORT: port.default(9464),
  OPS_HOST: z.string().default('127.0.0.1'),
  SLACK_API_URL: address,
  PARTNER_CENTRAL_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, {
      error: 'takes an AWS region such as us-east-1.',
    })
    .default('us-east-1'),
  AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: address,
  AWS_ENDPOINT_URL_STS: address,
  PARTNER_CENTRAL_CATALOG: z.enum(CATALOGS, {
    error: ({ input }) =>
      `${input === undefined ? 'is missing: it ' : ''}takes Sandbox (nothing reaches AWS sellers) or AWS (production). It has no default: a person decides whether this bot can reach production.`,
  }),
  PARTNER_CENTRAL_LINK: z
    .string()
    .refine(isDealPage, {
      error:
        'takes the https address of a page for one opportunity, with {id} where its ID belongs, of at most 150 characters (an & counts as five).',
    })
    .optional(),
  EVENTS_QUEUE_URL: address.refine(
    (text) => {
      const url = text === undefined ? null : URL.parse(text);
      return url === null || url.protocol === 'http:' || regionOfQueue(url) !== undefined;
    },
    {
      error:
        "isn't the URL of an SQS queue: it takes https://sqs.REGION.amazonaws.com/ACCOUNT/NAME (SQS console → the queue → URL).",
    },
  ),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, {
      error: 'takes postgres://user:password@host:5432/database; leave it out to use SQLite in DATA_DIR.',
      abort: true,
    })
    .refine(saysHowItIsProtected, {
      error:
        "doesn't say how the way to another machine is protected: add ?sslmode=verify-full (and sslrootcert=FILE for a CA of your own), or ?sslmode=disable where the network itself is.",
      abort: true,
    })
    .refine((text) => !/[?&](sslmode=no-verify|uselibpqcompat=true)\b/.test(text), {
      error:
        "switches off the check of the server's certificate (sslmode=no-verify, uselibpqcompat): use sslmode=verify-full, and sslrootcert=FILE for a CA of your own.",
    })
    .optional(),
  DATA_DIR: z.string().default('./data'),
  SUBMITTERS: slackIds(
    'UWS',
    'Slack user IDs (U…) and user-group IDs (S…), separated by commas, or * for every full member. In Slack: a profile → ⋮ → Copy member ID',
    ['*'],
  ).optional(),
  CHANNELS: channels,
  CONTACT: oneId(
    'UWSCG',
    'one Slack ID: of a person (U…; a profile → ⋮ → Copy member ID), a user group (S…) or a channel (C…)',
  ),
  DETAIL_CHANNELS: channels,
  FOLLOW_CHANNEL: oneChannel,
  REMIND_WAITING_DAYS: days,
  REMIND_ACTION_REQUIRED_DAYS: days,
  REMIND_CLOSE_DATE: onOff('takes 1 (remind of close dates that have passed) or 0.'),
  DIGEST_CHANNEL: oneChannel,
  DIGEST_TIME: z
    .string()
    .default('Mon 09:00 UTC')
    .transform((text, { addIssue }) => {
      const time = parseDigestTime(text);
      if (time !== undefined) return time;
      addIssue('takes a weekday, a time and a time zone, as Mon 09:00 Europe/Berlin.');
      return z.NEVER;
    }),
  PAUSED: onOff('takes 1 (take and keep submissions, send none) or 0.'),
  SUBMITS_PER_SECOND: z
    .string()
    .default('1')
    .refine((text) => Number(text) >= 0.1 && Number(text) <= 10, {
      error: "takes a number from 0.1 to 10; AWS's quota for writes is 1.",
    })
    .transform(Number),
  FAILOVER_WAIT_MINUTES: wholeNumber(
    (value) => value <= 1440,
    'takes a number of minutes from 0 to 1440: so long AWS is only read after the database was set back.',
  ).default(30),
  RETENTION_DAYS: wholeNumber(
    (value) => value >= 30,
    'takes a number of days, 30 or more; leave it out to keep records for good.',
  ).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `takes one of ${LOG_LEVELS.join(', ')}.` }).default('info'),
  LOG_FORMAT: z
    .enum(['json', 'pretty'], { error: 'takes json (for machines) or pretty (for people).' })
    .optional(),
});

const OF_IDS = [
  'SUBMITTERS',
  'CHANNELS',
  'DETAIL_CHANNELS',
  'CONTACT',
  'FOLLOW_CHANNEL',
  'DIGEST_CHANNEL',
] as const;
export type SettingOfIds = (typeof OF_IDS)[number];

export type Setting = keyof typeof settings.shape;

/** A sentence each, that begins with the setting's name. */
export const problemsIn = (error: z.ZodError | undefined): readonly string[] =>
  (error?.issues ?? []).map(({ path: [name], message }) => `${String(name)} ${message}`);

/** The Slack IDs that are set, by their settings; nothing of one that is wrong. */
export function idsIn(
  environment: Environment,
): readonly { readonly setting: SettingOfIds; readonly ids: readonly string[] }[] {
  const given = givenIn(environment);
  return OF_IDS.map((setting) => {
    const read = settings.shape[setting].safeParse(given[setting]);
    return { setting, ids: read.success ? [read.data ?? []].flat().filter((id) => id !== '*') : [] };
  }).filter(({ ids }) => ids.length > 0);
}

/** The settings that have a value. */
export const givenIn = (environment: Environment): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(environment)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
