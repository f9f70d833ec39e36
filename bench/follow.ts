import { randomUUID } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { anOpportunity } from '../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../demo/partner-central/server.ts';
import { demoChannels, demoPeople } from '../demo/slack/demo-workspace.ts';
import { startSlack } from '../demo/slack/server.ts';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { type Connection, connect } from '../src/database/connect.ts';
import { createLog } from '../src/log.ts';
import { POLL_EVERY_MS, SWEEP_EVERY_MS } from '../src/submissions/follow.ts';
import { createStore } from '../src/submissions/store.ts';
import { createTellings } from '../src/submissions/tellings.ts';
import { jumpClock } from '../test/e2e/jump-clock.ts';
import { memory, milliseconds, percentile, seconds, table } from './figures.ts';

/**
 * What following costs: the whole bot over the stand-ins, on SQLite, with ten thousand submissions that wait for
 * AWS and an hour that passes in seconds. `npm run bench:follow` prints the figures.
 */
const RECORDS = 10_000;
/** Decisions that AWS makes in the hour, at random moments. */
const DECISIONS = 120;
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Time is put forward in steps. */
const STEP_MS = 1000;
const QUERY_RUNS = 500;
const PAGE = 100;
const catalog = 'AWS';

const idOf = (index: number): string => `O${100_000 + index}`;

const calls = watchCalls();
const clock = jumpClock();
const slack = await startSlack({ clock });
const aws = await startPartnerCentral({ clock });
const folder = await mkdtemp(join(tmpdir(), 'submit-opportunity-bot-bench-'));
try {
  // Long in review: the bot's first poll looks a day back.
  const longAgo = new Date(clock.now().getTime() - 21 * DAY_MS);
  for (let index = 0; index < RECORDS; index += 1) {
    aws.seed(anOpportunity({ id: idOf(index), catalog, now: longAgo, reviewStatus: 'In review' }));
  }
  const decided = Array.from({ length: DECISIONS }, (_, index) => ({
    id: idOf(Math.floor((index * RECORDS) / DECISIONS)),
    afterMs: Math.random() * HOUR_MS,
  })).sort((one, other) => one.afterMs - other.afterMs);
  const places = await postMessages(decided.map(({ id }) => id));
  const seeding = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
  await seed(seeding, places);
  await seeding.close();

  const before = memory();
  const app = await startBot();
  await until(async () => aws.requests('ListOpportunities').length > 0);
  const sweepCalls = await firstSweep();
  const asked = aws.requests().length;
  const waits = await anHour(decided);
  const hourCalls = aws.requests().length - asked;
  await app.stop();
  const after = memory();

  const reading = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
  const queries = await queryTimes(reading);
  await reading.close();

  const sweeps = DAY_MS / SWEEP_EVERY_MS;
  const hourly = hourCalls * 24;
  console.log(
    `Following ${RECORDS.toLocaleString('en')} submissions, SQLite, Node ${process.versions.node}\n`,
  );
  table([
    [
      'Calls to AWS in an hour of polling',
      String(hourCalls),
      `${DECISIONS} decisions in it; a poll every ${POLL_EVERY_MS / 1000} s`,
    ],
    ['Calls of one full sweep', String(sweepCalls), `every ${SWEEP_EVERY_MS / HOUR_MS} h, ${PAGE} a page`],
    [
      'Calls to AWS a day',
      String(hourly + sweeps * sweepCalls),
      `of 100,000 that AWS's quota for reads allows`,
    ],
    [
      'From decision to message, median',
      seconds(percentile(waits, 0.5)),
      "decision in the thread, the bot's time",
    ],
    [
      'From decision to message, longest',
      seconds(percentile(waits, 1)),
      `${waits.length} of ${DECISIONS} told`,
    ],
    ...queries.map(({ name, times }) => [
      `Query: ${name}`,
      `${milliseconds(percentile(times, 0.5))} / ${milliseconds(percentile(times, 0.99))}`,
      `median / 99th percentile of ${times.length}`,
    ]),
    [
      'Heap before and after the hour',
      `${before.heap} / ${after.heap} MB`,
      'stand-ins and their logs included',
    ],
    [
      'Resident before and after',
      `${before.resident} / ${after.resident} MB`,
      'stand-ins and their logs included',
    ],
  ]);
} finally {
  await slack.close();
  await aws.close();
  await rm(folder, { recursive: true, force: true });
}

/** The messages of those submissions that will change; the others' aren't touched in the hour. */
async function postMessages(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const places = new Map<string, string>();
  for (const id of ids) {
    const { ts } = await client.chat.postMessage({
      channel: demoChannels.deals,
      text: `Approval pending: ${id}`,
    });
    places.set(id, ts ?? '');
  }
  return places;
}

/** Writes the rows that submitting them one by one would have left. */
async function seed({ db }: Connection, places: ReadonlyMap<string, string>): Promise<void> {
  const at = clock.now().toISOString();
  await db.transaction().execute(async (tx) => {
    for (let index = 0; index < RECORDS; index += 1) {
      const id = randomUUID();
      const opportunityId = idOf(index);
      await tx
        .insertInto('submissions')
        .values({
          id,
          draft_id: id,
          team_id: slack.team.id,
          user_id: demoPeople.ana,
          channel_id: demoChannels.deals,
          catalog,
          opportunity_id: opportunityId,
          last_modified_date: at,
          national_security: 0,
          involvement_type: 'Co-Sell',
          visibility: 'Full',
          state: 'submitted',
          requested_at: at,
          changed_at: at,
          review_status: 'In review',
          review_read_at: at,
          tries: 0,
          attempt: 0,
        })
        .execute();
      await tx
        .insertInto('tellings')
        .values({
          id,
          submission_id: id,
          kind: 'message',
          created_at: at,
          revision: 1,
          told_revision: 1,
          due_at: at,
          tries: 0,
          attempt: 0,
          response_url_uses: 0,
          told_via: 'channel',
          channel_id: demoChannels.deals,
          message_ts: places.get(opportunityId) ?? '1.000000',
        })
        .execute();
    }
  });
}

function startBot() {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
    PARTNER_CENTRAL_CATALOG: catalog,
    SUBMITTERS: '*',
    DATA_DIR: folder,
    PORT: '0',
    LOG_LEVEL: 'warn',
  });
  if (!read.ok) throw new Error(read.problems.join(' '));
  return startApp({
    config: read.config,
    clock,
    newId: randomUUID,
    log: createLog(read.config.logLevel),
    credentials: async () => aws.credentials,
    random: Math.random,
    userAgent: 'submit-opportunity-bot|bench',
  });
}

/** Lets the sweep that a new bot begins with come to its end; answers how often it asked. */
async function firstSweep(): Promise<number> {
  const isSweep = ({ body }: { readonly body: object }) => !('LastModifiedDate' in body);
  const asked = () => aws.requests('ListOpportunities').filter(isSweep).length;
  let known = -1;
  while (known < asked()) {
    known = asked();
    await pass(STEP_MS);
    await delay(100);
  }
  return known;
}

/** An hour with its decisions; answers how long each took to be told, in milliseconds of the bot's time. */
async function anHour(decided: readonly { readonly id: string; readonly afterMs: number }[]) {
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
  while (clock.monotonic() - start < HOUR_MS + POLL_EVERY_MS * 2) {
    for (
      let next = left[0];
      next !== undefined && clock.monotonic() - start >= next.afterMs;
      next = left[0]
    ) {
      left.shift();
      aws.review(catalog, next.id, 'Approved');
      decidedAt.set(next.id, clock.monotonic());
    }
    await pass(STEP_MS);
  }
  hearing();
  return waits;
}

/** A step of time, in which no call takes any: what the stand-ins need is no figure of the bot's. */
async function pass(ms: number): Promise<void> {
  clock.jump(ms);
  do await delay(2);
  while (calls.underWay > 0);
}

/** Counts what is asked and not answered yet, of AWS and of Slack. "Diagnostics Channel Support", https://undici.nodejs.org */
function watchCalls() {
  const watched = { underWay: 0 };
  const count = (channel: string, by: number) =>
    diagnostics.subscribe(channel, () => {
      watched.underWay += by;
    });
  count('undici:request:create', 1);
  count('undici:request:trailers', -1);
  count('undici:request:error', -1);
  return watched;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pass(STEP_MS);
}

/** The queries that a poll and the loops make, over all the records. */
async function queryTimes(connection: Connection) {
  const store = createStore({ ...connection, newId: randomUUID });
  const tellings = createTellings(connection);
  const claim = { owner: 'bench', at: clock.now(), leaseUntil: clock.now(), limit: 1 };
  const page = (run: number) =>
    Array.from({ length: PAGE }, (_, index) => idOf((run * 37 + index * 91) % RECORDS));
  const queries: readonly (readonly [string, (run: number) => Promise<unknown>])[] = [
    ['the records of a page of 100', (run) => store.followed(catalog, page(run))],
    ['is a submission due', () => store.claim({ ...claim, sendable: true, expiredBefore: claim.at })],
    ['is something untold', () => tellings.claim(claim)],
    ['everything undecided (once a sweep)', () => store.undecided(catalog)],
  ];
  const measured: { readonly name: string; readonly times: readonly number[] }[] = [];
  for (const [name, query] of queries) {
    const times: number[] = [];
    const runs = name.startsWith('everything') ? QUERY_RUNS / 10 : QUERY_RUNS;
    for (let run = 0; run < runs; run += 1) {
      const started = performance.now();
      await query(run);
      times.push(performance.now() - started);
    }
    measured.push({ name, times });
  }
  return measured;
}
