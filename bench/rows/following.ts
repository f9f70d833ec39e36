import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { type JumpClock, jumpClock } from '../../demo/jump-clock.ts';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../demo/partner-central/stand-in.ts';
import { demoChannels } from '../../demo/slack/demo-workspace.ts';
import { startSlack } from '../../demo/slack/server.ts';
import type { SlackStandIn } from '../../demo/slack/stand-in.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/observability/log.ts';
import { POLL_EVERY_MS, SWEEP_EVERY_MS } from '../../src/opportunities/follow.ts';
import { openSqlite } from '../databases.ts';
import { atMost, type Figure, percentile } from '../figures.ts';
import { type PassingTime, passingTime } from '../passing.ts';
import { catalog } from '../roles/deal.ts';
import { followedId, seedFollowed } from '../seed.ts';
import { ending, type Row } from './row.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Time is put forward in steps. */
const STEP_MS = 1000;

/**
 * What following costs: the whole bot between the stand-ins, in one process, with submissions that wait for AWS and
 * an hour that passes in seconds. Nothing here depends on how fast the machine is.
 */
export const following: Row = {
  name: 'following',
  async measure({ records, followMs, decisions }) {
    const figures: Figure[] = [];
    for (const count of records) {
      const { callsADay, summaries, waits } = await follow(count, followMs, Math.min(decisions, count));
      const targetFor = (limit: number) => (count === records.at(-1) ? { targets: [atMost(limit)] } : {});
      const what = `Following ${count.toLocaleString('en')}`;
      const told = waits.map((ms) => ms / 1000);
      const note = `${waits.length} of ${Math.min(decisions, count)} decisions told`;
      figures.push(
        { what: `${what}: calls to AWS a day`, unit: 'calls', rounds: [callsADay], ...targetFor(3000) },
        {
          what: `${what}: looks for AWS's people on what was approved`,
          unit: 'calls',
          rounds: [summaries],
          note: `${Math.min(decisions, count)} approved in the time watched`,
        },
        { what: `${what}: decision to message, p50`, unit: 's', rounds: [percentile(told, 0.5)], note },
        {
          what: `${what}: decision to message, longest`,
          unit: 's',
          rounds: [percentile(told, 1)],
          note,
          ...targetFor(60),
        },
      );
    }
    return figures;
  },
};

interface World {
  readonly slack: SlackStandIn;
  readonly aws: PartnerCentralStandIn;
  readonly clock: JumpClock;
  readonly time: PassingTime;
}

interface Decision {
  readonly id: string;
  /** From the start of the time that is watched. */
  readonly afterMs: number;
}

/**
 * Follows `count` submissions for so long; answers how often AWS is asked for reviews a day, how often it was asked
 * about what had been approved meanwhile (a day has other decisions: that isn't scaled), and how long each decision
 * took to be told (milliseconds).
 */
function follow(count: number, lastingMs: number, decisions: number) {
  return ending(async (keep) => {
    const clock = jumpClock();
    const slack = await startSlack({ clock });
    await keep(Promise.resolve({ end: slack.close }));
    const aws = await startPartnerCentral({ clock });
    await keep(Promise.resolve({ end: aws.close }));
    const database = await keep(openSqlite());
    const world = { slack, aws, clock, time: passingTime(clock) };

    // Long in review: the bot's first poll looks a day back.
    const longAgo = new Date(clock.now().getTime() - 21 * DAY_MS);
    for (let index = 0; index < count; index += 1) {
      aws.seed(anOpportunity({ id: followedId(index), catalog, now: longAgo, reviewStatus: 'In review' }));
    }
    const decided: readonly Decision[] = Array.from({ length: decisions }, (_, index) => ({
      id: followedId(Math.floor((index * count) / decisions)),
      afterMs: Math.random() * lastingMs,
    })).sort((one, other) => one.afterMs - other.afterMs);
    const connection = await database.open();
    await seedFollowed(connection, count, clock.now(), await postMessages(world, decided));
    await connection.close();

    const app = await startBot(world, database.settings);
    await keep(Promise.resolve({ end: app.stop }));
    const sweepCalls = await firstSweep(world);
    const lists = () => aws.requests('ListOpportunities').length;
    const [asked, listed] = [aws.requests().length, lists()];
    const began = clock.monotonic();
    const waits = await watch(world, decided, lastingMs);
    const lasted = clock.monotonic() - began;
    const polled = lists() - listed;
    return {
      callsADay: (polled * DAY_MS) / lasted + (DAY_MS / SWEEP_EVERY_MS) * sweepCalls,
      summaries: aws.requests().length - asked - polled,
      waits,
    };
  });
}

/** The messages of those submissions that will be decided; the others' aren't touched in the time. */
async function postMessages({ slack }: World, decided: readonly Decision[]) {
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const places = new Map<string, string>();
  for (const { id } of decided) {
    const { ts } = await client.chat.postMessage({
      channel: demoChannels.deals,
      text: `Approval pending: ${id}`,
    });
    places.set(id, ts ?? '');
  }
  return places;
}

function startBot({ slack, aws, clock }: World, settings: Readonly<Record<string, string>>) {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
    PARTNER_CENTRAL_CATALOG: catalog,
    SUBMITTERS: '*',
    PORT: '0',
    OPS_PORT: '0',
    LOG_LEVEL: 'warn',
    ...settings,
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  return startApp({
    config: read.config,
    clock,
    newId: randomUUID,
    log: createLog(read.config.logLevel),
    credentials: async () => aws.credentials,
    random: Math.random,
    onFatal: (message) => {
      throw new Error(message);
    },
    userAgent: 'submit-opportunity-bot|bench',
  });
}

/** Lets the sweep that a new bot begins with come to its end; answers how often it asked. */
async function firstSweep({ aws, time }: World): Promise<number> {
  const isSweep = ({ body }: { readonly body: object }) => !('LastModifiedDate' in body);
  const asked = () => aws.requests('ListOpportunities').filter(isSweep).length;
  while (asked() === 0) await time.pass(STEP_MS);
  let known = 0;
  while (known < asked()) {
    known = asked();
    await time.pass(STEP_MS);
    await delay(100);
  }
  return known;
}

/** So long with its decisions; answers how long each took to be told, in milliseconds of the bot's time. */
async function watch(
  { slack, aws, clock, time }: World,
  decided: readonly Decision[],
  lastingMs: number,
): Promise<readonly number[]> {
  const start = clock.monotonic();
  const left = [...decided];
  const decidedAt = new Map<string, number>();
  const waits: number[] = [];
  const hearing = slack.onChange(() => {
    const newest = slack.messages(demoChannels.deals).at(-1);
    const id = newest?.threadTs === undefined ? undefined : /O\d+/.exec(newest.text)?.[0];
    const at = id === undefined ? undefined : decidedAt.get(id);
    if (id === undefined || at === undefined) return;
    decidedAt.delete(id);
    waits.push(clock.monotonic() - at);
  });
  while (clock.monotonic() - start < lastingMs + POLL_EVERY_MS * 2) {
    const passed = clock.monotonic() - start;
    for (let next = left[0]; next !== undefined && passed >= next.afterMs; next = left[0]) {
      left.shift();
      aws.review(catalog, next.id, 'Approved');
      decidedAt.set(next.id, clock.monotonic());
    }
    await time.pass(STEP_MS);
  }
  hearing();
  return waits;
}
