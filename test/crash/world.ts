import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import type { Selectable } from 'kysely';
import { anOpportunity, type OpportunityChoices } from '../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../demo/partner-central/stand-in.ts';
import { demoChannels, demoPeople } from '../../demo/slack/demo-workspace.ts';
import { startSlack } from '../../demo/slack/server.ts';
import type { Acknowledgement, SlackStandIn, StandInMessage } from '../../demo/slack/stand-in.ts';
import { startQueue } from '../../demo/sqs/server.ts';
import type { QueueStandIn } from '../../demo/sqs/stand-in.ts';
import type { Clock } from '../../src/clock.ts';
import { connectBeside } from '../../src/database/connect.ts';
import type {
  Database,
  EditTable,
  OutboxTable,
  RecordEventTable,
  SubmissionTable,
} from '../../src/database/schema.ts';
import { asAdministrator, passLeases, temporaryFolder, temporaryPostgres } from '../database/databases.ts';
import { reads } from '../e2e/words-on-screen.ts';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { sharedClock } from './shared-clock.ts';

export const { ana } = demoPeople;
export const { deals } = demoChannels;
export const catalog = 'AWS';

export interface WorldOptions {
  /** A server on which the world gets a database of its own; SQLite where it isn't given. */
  readonly postgres?: string | undefined;
  /** The way on which the bots get to that database, where it isn't its own address. */
  readonly botsWay?: ((url: string) => string) | undefined;
  /** The folder of SQLite's database, where it isn't to be one for temporary files. */
  readonly data?: string | undefined;
  readonly submitsPerSecond?: number;
  /** `warn` where it isn't given. */
  readonly logLevel?: string;
  /** Over the world's own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** `TIMEOUTS` where they aren't given. */
  readonly timeouts?: typeof TIMEOUTS;
  /** With a queue for AWS's events. */
  readonly events?: boolean;
}

export interface StartOptions {
  /** A module that is loaded before the bot. */
  readonly preload?: URL;
}

/** Slack, AWS and a database that outlive every bot, and one time for all. */
export interface World {
  readonly slack: SlackStandIn;
  readonly aws: PartnerCentralStandIn;
  readonly queue: QueueStandIn | undefined;
  readonly clock: Clock;
  /** Lets `ms` pass at once, in every process, and for the leases in PostgreSQL, which go by its own clock. */
  pass(ms: number): Promise<void>;
  /** Lets a lease's time pass for all that is claimed, and no other clock. */
  passLeases(ms: number): Promise<void>;
  /** Sets the wall clock of the bots' machine off by so much; AWS and Slack have their own. */
  setWallClock(offByMs: number): void;
  /** What the clock showed at a moment of the machine (both in milliseconds). */
  clockAt(machine: number): number;
  /** At which moment of the machine the clock showed this (both in milliseconds). */
  machineAt(clock: number): number;
  readonly databaseUrl: string | undefined;
  /** Starts a bot of these; several at the same time are replicas. */
  start(options?: StartOptions): Promise<BotProcess>;
  /** Puts a deal at AWS: one that can be submitted, but for what is chosen otherwise. */
  deal(id: string, choices?: Partial<OpportunityChoices>): void;
  /** Opens the form of a deal and fills it in, up to Submit. */
  fillForm(id: string, user?: string): Promise<void>;
  /** The submissions, each with AWS's review of its opportunity. */
  records(): Promise<readonly (Selectable<SubmissionTable> & { readonly review_status: string | null })[]>;
  /** The audit trail, oldest first for each record. */
  events(): Promise<readonly Selectable<RecordEventTable>[]>;
  /** Each with the opportunity that it is about, where it is about one. */
  outbox(): Promise<readonly (Selectable<OutboxTable> & { readonly opportunity: string | null })[]>;
  /** Each with when the submission of the same form was recorded, if there is one. */
  edits(): Promise<readonly (Selectable<EditTable> & { readonly submitted_at: string | null })[]>;
  /** What the records, edits and outbox hold, as one text: it changes when anything does. */
  fingerprint(): Promise<string>;
  /**
   * For `ms` of the machine nobody gets at the database: PostgreSQL, as in a restart, ends every connection and takes
   * no new one; SQLite is locked for writing, as by a backup.
   */
  takeDatabaseAway(ms: number): Promise<void>;
  /** For `ms` of the machine PostgreSQL takes no writes from anybody. */
  makeReadOnly(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** One for all tests of this machine: a start takes half as long with it. */
const COMPILE_CACHE = join(tmpdir(), 'submit-opportunity-bot-compile-cache');

/** Short where nothing is to be learnt from waiting, and longer than the stand-ins on a busy machine take to answer. */
const TIMEOUTS = { connectMs: 2000, firstByteMs: 2000, totalMs: 3000 };

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await temporaryFolder();
  const database = options.postgres === undefined ? undefined : await temporaryPostgres(options.postgres);
  const data = options.data ?? join(folder.path, 'data');
  await mkdir(data, { recursive: true });
  const clockFile = join(folder.path, 'clock');
  const clock = sharedClock(clockFile);
  /** The time that was let pass in all, from which moment of the machine on. */
  const passed: { readonly since: number; readonly ms: number }[] = [];
  const passLeasesBy = async (ms: number) => {
    // While the database is away, its time stands still.
    if (database !== undefined) await passLeases(await db(), ms).catch(() => {});
  };
  const slack = await startSlack({ clock });
  // Nobody at AWS joins by himself: what is told of that would come at any moment after a decision.
  const aws = await startPartnerCentral({ clock, observed: { awsTeamFrom: 'assignment' } });
  const queue =
    options.events === true ? await startQueue({ clock, credentials: aws.credentials }) : undefined;
  const bots: BotProcess[] = [];
  let reading: Awaited<ReturnType<typeof connectBeside>> | undefined;

  const db = async (): Promise<Database> => {
    reading ??= await connectBeside(
      database === undefined ? { type: 'sqlite', folder: data } : { type: 'postgres', url: database.url },
      'read',
    );
    return reading.db;
  };
  const records = async () =>
    (await db())
      .selectFrom('submissions')
      .innerJoin('opportunities', (join) =>
        join
          .onRef('opportunities.catalog', '=', 'submissions.catalog')
          .onRef('opportunities.opportunity_id', '=', 'submissions.opportunity_id'),
      )
      .selectAll('submissions')
      .select('review_status')
      .orderBy('submissions.id')
      .execute();
  const events = async () =>
    (await db())
      .selectFrom('submission_events')
      .selectAll()
      .orderBy('record_id')
      .orderBy('sequence')
      .execute();
  const edits = async () =>
    (await db())
      .selectFrom('edits')
      .leftJoin('submissions', 'submissions.form_id', 'edits.form_id')
      .selectAll('edits')
      .select('submissions.requested_at as submitted_at')
      .orderBy('edits.id')
      .execute();
  const outbox = async () =>
    (await db())
      .selectFrom('outbox')
      .leftJoin('opportunities', 'opportunities.id', 'record_id')
      .selectAll('outbox')
      .select('opportunities.opportunity_id as opportunity')
      .orderBy('outbox.id')
      .execute();

  return {
    slack,
    aws,
    queue,
    clock,
    async pass(ms) {
      passed.push({ since: Date.now(), ms: (passed.at(-1)?.ms ?? 0) + ms });
      clock.jump(ms);
      await passLeasesBy(ms);
    },
    passLeases: passLeasesBy,
    setWallClock: clock.setWallClock,
    clockAt: (machine) => machine + (passed.findLast(({ since }) => since < machine)?.ms ?? 0),
    machineAt: (at) => at - (passed.findLast(({ since, ms }) => since + ms <= at)?.ms ?? 0),
    databaseUrl: database?.url,
    async start({ preload } = {}) {
      const bot = await startBotProcess(
        {
          environment: {
            SLACK_BOT_TOKEN: slack.botToken,
            SLACK_APP_TOKEN: slack.appToken,
            SLACK_API_URL: slack.apiUrl,
            AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
            PARTNER_CENTRAL_CATALOG: catalog,
            SUBMITTERS: '*',
            PORT: '0',
            OPS_PORT: '0',
            LOG_LEVEL: options.logLevel ?? 'warn',
            ...(queue === undefined ? {} : { EVENTS_QUEUE_URL: queue.url }),
            ...options.settings,
            ...(database === undefined
              ? { DATA_DIR: data }
              : { DATABASE_URL: options.botsWay?.(database.url) ?? database.url }),
          },
          submitsPerSecond: options.submitsPerSecond ?? 1,
          credentials: aws.credentials,
          timeouts: options.timeouts ?? TIMEOUTS,
          clock: clockFile,
          journal: join(folder.path, `journal-${bots.length}`),
        },
        COMPILE_CACHE,
        ['--expose-gc', ...(preload === undefined ? [] : ['--import', preload.href])],
      );
      bots.push(bot);
      await slack.connected();
      return bot;
    },
    deal: (id, choices) => aws.seed(anOpportunity({ id, catalog, now: clock.now(), ...choices })),
    async fillForm(id, user = ana) {
      await slack.slashCommand({ user, channel: deals, text: id });
      const { view } = await slack.waitForView(user, (shown) => 'submit' in shown.view);
      await slack.fillIn(user, { involvement_type: 'Co-Sell', visibility: 'Full' });
      const lock = view.blocks.find(({ block_id }) => block_id?.startsWith('lock'))?.block_id ?? 'lock';
      await slack.fillIn(user, { [lock]: ['understood'] });
    },
    records,
    events,
    outbox,
    edits,
    fingerprint: async () => JSON.stringify([await records(), await edits(), await outbox()]),
    takeDatabaseAway: (ms) =>
      database === undefined || options.postgres === undefined
        ? lockSqlite(join(data, 'bot.sqlite'), ms)
        : closePostgres(options.postgres, database.url, ms),
    async makeReadOnly(ms) {
      if (database === undefined || options.postgres === undefined)
        throw new Error('SQLite is never read-only.');
      await closeWrites(options.postgres, database.url, ms);
    },
    async close() {
      for (const bot of bots) await bot.end();
      await reading?.close();
      await slack.close();
      await aws.close();
      await queue?.close();
      await database?.drop();
      await folder.remove();
    },
  };
}

async function lockSqlite(file: string, ms: number): Promise<void> {
  const sqlite = new SqliteDatabase(file);
  try {
    sqlite.exec('begin immediate');
    await delay(ms);
    sqlite.exec('rollback');
  } finally {
    sqlite.close();
  }
}

async function closePostgres(server: string, url: string, ms: number): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await asAdministrator(server, async (client) => {
    await client.query('set synchronous_commit = on');
    await client.query(`alter database ${name} allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await delay(ms);
    await client.query(`alter database ${name} allow_connections true`);
  });
}

async function closeWrites(server: string, url: string, ms: number): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const newSessions = `alter database ${name} set default_transaction_read_only`;
  const endSessions = 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1';
  await asAdministrator(server, async (client) => {
    // A crash of a server that commits without waiting would take back what mends it.
    await client.query('set synchronous_commit = on');
    await client.query(`${newSessions} = on`);
    await client.query(endSessions, [name]);
    await delay(ms);
    await client.query(`${newSessions} = off`);
    await client.query(endSessions, [name]);
  });
}

/** Whether the press of Submit was taken: no error was shown, none by Slack and none in the form. */
export const wasTaken = (answer: Acknowledgement): boolean =>
  answer.acknowledged && !JSON.stringify(answer.payload ?? '').includes('"errors"');

/** What the channel shows of a deal. */
export function shown(
  { slack }: World,
  id: string,
): { readonly messages: readonly StandInMessage[]; readonly inThreads: readonly StandInMessage[] } {
  const all = slack.messages(deals, ana).filter((message) => reads(message).includes(id));
  return {
    messages: all.filter(({ threadTs }) => threadTs === undefined),
    inThreads: all.filter(({ threadTs }) => threadTs !== undefined),
  };
}
