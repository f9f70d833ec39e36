import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { ana, catalog, deals, openWorld, type World } from '../crash/world.ts';
import { postgresUrl } from '../database/databases.ts';
import { storeOn } from '../submissions/records.ts';
import { people, submitAll } from './people.ts';
import { seededRandom } from './random.ts';
import { theEnd } from './the-end.ts';
import { makeTrouble, startReplicas } from './trouble.ts';

/** Of these, every fourth goes through Slack from the command on; the others are recorded as a listener does it. */
const SUBMISSIONS = Number(process.env.REPLICA_TEST_SUBMISSIONS ?? 1000);
const SEED = Number(process.env.REPLICA_TEST_SEED ?? Date.now() % 1_000_000);
const PEOPLE = 16;
/** A test of the machinery, not of AWS's quota. */
const SUBMITS_PER_SECOND = 200;
const DATABASE_AWAY_MS = 3000;

describe.skipIf(postgresUrl === undefined)(
  postgresUrl === undefined
    ? 'three replicas on PostgreSQL: left out, TEST_DATABASE_URL names no server'
    : 'three replicas on one PostgreSQL',
  () => {
    test('killed and started at random, with faults at AWS and Slack: each submission is executed once or told as not executed, none is lost', {
      timeout: 300_000,
    }, async () => {
      const random = seededRandom(SEED);
      const world = await openWorld({ postgres: postgresUrl, submitsPerSecond: SUBMITS_PER_SECOND });
      try {
        const replicas = await startReplicas(world);
        const counts = await makeTrouble(world, replicas, random, submitDeals(world, SUBMISSIONS));
        const { outcomes, problems } = await theEnd(world);
        console.log(
          `Seed ${SEED}: ${SUBMISSIONS} submissions, ${JSON.stringify(counts)}: ${JSON.stringify(outcomes)}`,
        );
        expect(problems).toEqual([]);
        expect(replicas.all.flatMap((bot) => (endedByItself(bot) ? [bot.output()] : []))).toEqual([]);
        expect(counts.kills).toBeGreaterThan(0);
      } finally {
        await world.close();
      }
    });

    test('the database is restarted in the middle: nothing is lost, nothing is sent twice, the bots go on by themselves', {
      timeout: 120_000,
    }, async () => {
      const world = await openWorld({ postgres: postgresUrl, submitsPerSecond: SUBMITS_PER_SECOND });
      try {
        const replicas = await startReplicas(world);
        const count = Math.ceil(SUBMISSIONS / 2);
        const submitting = submitDeals(world, count);
        const sent = () => world.aws.requests('SubmitOpportunity').length;
        await vi.waitUntil(() => sent() > count / 4, { timeout: 60_000 });
        expect(sent()).toBeLessThan(count);
        await world.takeDatabaseAway(DATABASE_AWAY_MS);
        await submitting;
        const { outcomes, problems } = await theEnd(world);
        console.log(`Database restarted under load: ${JSON.stringify(outcomes)}`);
        expect(problems).toEqual([]);
        expect(replicas.all.flatMap((bot) => (bot.ended() === undefined ? [] : [bot.output()]))).toEqual([]);
      } finally {
        await world.close();
      }
    });
  },
);

const endedByItself = (bot: { ended(): { readonly signal: string | null } | undefined }): boolean =>
  bot.ended() !== undefined && bot.ended()?.signal !== 'SIGKILL';

/** Has so many deals submitted, by people in Slack and by the store; resolves when each is safe with the bot. */
async function submitDeals(world: World, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `O${100_000 + index}`);
  for (const id of ids) world.deal(id);
  const bySlack = ids.filter((_, index) => index % 4 === 0);
  const byStore = ids.filter((_, index) => index % 4 !== 0);
  await Promise.all([
    ...people(world, PEOPLE).map((user) => submitAll(world, user, () => bySlack.shift())),
    recordAll(world, byStore),
  ]);
}

/** Records requests as a listener does once the form has come back, a few at a time; what fails is done again. */
async function recordAll(world: World, ids: readonly string[]): Promise<void> {
  const connection = await connect(
    { type: 'postgres', url: world.databaseUrl ?? '' },
    { onLostConnection: () => {} },
  );
  const store = storeOn(connection);
  try {
    for (const id of ids) {
      const at = world.clock.now();
      const form = {
        id: randomUUID(),
        createdAt: at,
        teamId: world.slack.team.id,
        userId: ana,
        channelId: deals,
        threadTs: undefined,
        responseUrl: undefined,
        catalog,
        opportunityId: id,
        lastModifiedDate: world.aws.opportunity(catalog, id)?.opportunity.LastModifiedDate ?? '',
        choices: undefined,
        readiness: undefined,
        nationalSecurity: false,
        batchId: undefined,
        editing: undefined,
      } as const;
      for (let recorded = false; !recorded; ) {
        try {
          await store.record(form, { involvementType: 'Co-Sell', visibility: 'Full' }, at);
          recorded = true;
        } catch {
          await delay(200);
        }
      }
      await delay(20);
    }
  } finally {
    await connection.close();
  }
}
