import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../src/app.ts';
import { type Clock, DAY_MS } from '../src/clock.ts';
import { readConfig } from '../src/config/config.ts';
import { createLog } from '../src/observability/log.ts';
import { playHistory } from './history.ts';
import { type JumpClock, jumpClock } from './jump-clock.ts';
import { startPage } from './page/server.ts';
import { demoOpportunities } from './partner-central/demo-opportunities.ts';
import { startPartnerCentral } from './partner-central/server.ts';
import type { PartnerCentralStandIn } from './partner-central/stand-in.ts';
import { demoChannels, demoPeople } from './slack/demo-workspace.ts';
import { startSlack } from './slack/server.ts';
import type { SlackStandIn } from './slack/stand-in.ts';
import { sendUpdates } from './sqs/event-bus.ts';
import { startQueue } from './sqs/server.ts';
import type { QueueStandIn } from './sqs/stand-in.ts';

export interface DemoOptions {
  /** Of the page; any free port where it is taken or 0 (the default). */
  readonly port?: number;
  readonly clock?: JumpClock;
  /** Whether #deals already has an approved and a sent-back deal when the page opens; false where it isn't given. */
  readonly withHistory?: boolean;
  /** Milliseconds that the automatic reviewer leaves an opportunity in each status. */
  readonly reviewPauseMs?: number;
}

export interface Demo {
  /** Of the page. */
  readonly url: string;
  readonly slack: SlackStandIn;
  readonly partnerCentral: PartnerCentralStandIn;
  stop(): Promise<void>;
}

const catalog = 'AWS';

/**
 * Starts the stand-in Slack, the stand-in Partner Central with its queue of events, the bot itself over Socket Mode, and
 * the page. The bot gets settings and credentials made here and nothing of this process's environment; its data lies in
 * a folder that `stop` removes.
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { clock = jumpClock(), port = 0, reviewPauseMs, withHistory = false } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const slack = await startSlack({ clock });
    stops.push(() => slack.close());
    const partnerCentral = await startPartnerCentral({ clock });
    stops.push(() => partnerCentral.close());
    const opportunities = demoOpportunities(clock.now(), catalog);
    for (const { stored } of opportunities) partnerCentral.seed(stored);
    for (const person of [demoPeople.ana, demoPeople.ben, demoPeople.gus]) slack.directMessage(person);
    const folder = await mkdtemp(join(tmpdir(), 'submit-opportunity-bot-demo-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const events = await startQueue({ clock, credentials: partnerCentral.credentials });
    stops.push(() => events.close());
    const endUpdates = sendUpdates(partnerCentral, events, clock);
    stops.push(async () => endUpdates());
    const bot = await startBot({ slack, partnerCentral, events, folder, clock });
    stops.push(() => bot.stop());
    await slack.connected();
    const history = withHistory
      ? await playHistory(slack, partnerCentral, { now: clock.now(), catalog })
      : [];
    const page = await startPage({
      slack,
      partnerCentral,
      clock,
      port,
      purposes: new Map([...opportunities, ...history].map((each) => [each.stored.opportunity.Id, each])),
      ...(reviewPauseMs === undefined ? {} : { reviewPauseMs }),
    });
    stops.push(() => page.close());
    return { url: page.url, slack, partnerCentral, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startBot({
  slack,
  partnerCentral,
  events,
  folder,
  clock,
}: {
  readonly slack: SlackStandIn;
  readonly partnerCentral: PartnerCentralStandIn;
  readonly events: QueueStandIn;
  readonly folder: string;
  readonly clock: Clock;
}) {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: partnerCentral.url,
    EVENTS_QUEUE_URL: events.url,
    PARTNER_CENTRAL_CATALOG: catalog,
    DATA_DIR: folder,
    SUBMITTERS: [demoPeople.ana, demoPeople.ben].join(','),
    CONTACT: demoPeople.ben,
    FOLLOW_CHANNEL: demoChannels.deals,
    REMIND_WAITING_DAYS: '1',
    REMIND_ACTION_REQUIRED_DAYS: '1',
    REMIND_CLOSE_DATE: '1',
    DIGEST_CHANNEL: demoChannels.deals,
    DIGEST_TIME: `${weekdayAfter(clock.now())} 00:00 UTC`,
    HOST: '127.0.0.1',
    PORT: '0',
    OPS_PORT: '0',
    LOG_LEVEL: 'silent',
  });
  if (!read.ok) throw new Error(`The demo's own settings are wrong: ${read.problems.join(' ')}`);
  return startApp({
    config: read.config,
    clock,
    newId: randomUUID,
    log: createLog(read.config.logLevel),
    credentials: async () => partnerCentral.credentials,
    random: Math.random,
    onFatal: (message) => {
      throw new Error(message);
    },
    userAgent: 'submit-opportunity-bot|demo',
  });
}

/** The day on which the weekly digest comes: the first that a visitor skips to. */
const weekdayAfter = (now: Date): string =>
  new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(now.getTime() + DAY_MS);
