import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { postgresUrl } from '../database/databases.ts';
import { reads } from '../e2e/words-on-screen.ts';
import { type BotProcess, whenStopped } from './bot-process.ts';
import { FENCE } from './life-of-a-submission.ts';
import { liveThroughChange, mend, readyToSave } from './life-of-an-edit.ts';
import { ana, catalog, openWorld, shown, type World } from './world.ts';

const DEAL = 'O1001';
/** Milliseconds. */
const LEASE = 61_000;
const SIGNATURE = 16 * 60_000;
/** Of the machine: long enough for a woken process to do what it would do. */
const A_MOMENT = 300;

let open: World | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** A world in which a submission was requested, and the bot that has it in hand is stopped at `point`. */
async function stoppedAt(point: RegExp, postgres?: string): Promise<{ world: World; stopped: BotProcess }> {
  const world = await openWorld({ postgres });
  open = world;
  world.deal(DEAL);
  const stopped = await world.start();
  await world.fillForm(DEAL);
  await stopped.count({ like: point.source, signal: 'SIGSTOP' });
  // Where it stops before it could answer, Slack says so to the person; the request is kept all the same.
  void world.slack.submitView(ana);
  await whenStopped(stopped);
  return { world, stopped };
}

const state = async (world: World) => (await world.records())[0]?.state;
const becomes = (world: World, wanted: string) =>
  vi.waitUntil(async () => (await state(world)) === wanted, { timeout: 10_000, interval: 20 });
const sent = (world: World) => world.aws.requests('SubmitOpportunity').length;

/** Wakes it when AWS's pace would let it send at once, and leaves it a moment to do what it would do. */
async function wake(world: World, stopped: BotProcess): Promise<void> {
  await world.pass(2000);
  stopped.signal('SIGCONT');
  await stopped.points();
  await delay(A_MOMENT);
}

/** Lets time pass until the record is in this state. */
async function becomesInTime(world: World, wanted: string): Promise<void> {
  // What a bot has in hand must not lose its lease to a jump: a send that is under way would become a doubt.
  const patience = wanted === 'submitted' ? 5000 : A_MOMENT;
  for (let jumps = 0; jumps < 30 && (await state(world)) !== wanted; jumps += 1) {
    await vi.waitUntil(async () => (await state(world)) === wanted, { timeout: patience }).catch(() => {});
    if ((await state(world)) !== wanted) await world.pass(LEASE);
  }
  expect(await state(world)).toBe(wanted);
}

const reading = (world: World, words: string) =>
  vi.waitUntil(() => shown(world, DEAL).messages.some((message) => reads(message).includes(words)), {
    timeout: 10_000,
    interval: 20,
  });

describe('stopped for longer than its lease just before sending, then woken', { timeout: 60_000 }, () => {
  test('the only bot, on SQLite, sends nothing under the old lease: it reads again and submits once', async () => {
    const { world, stopped } = await stoppedAt(FENCE);
    await world.pass(LEASE);
    stopped.signal('SIGCONT');
    // It never takes its own attempt for interrupted. It knows that nothing was sent, and the request begins anew.
    await becomesInTime(world, 'submitted');
    await reading(world, 'Approval pending');
    expect(sent(world)).toBe(1);
    expect(world.aws.submissionsExecuted(DEAL)).toBe(1);
    expect(stopped.ended()).toBeUndefined();
  });

  test('the only bot, on SQLite, stopped before it passed the fence: it reads again and submits once', async () => {
    const { world, stopped } = await stoppedAt(/^GetOpportunity answered$/);
    await world.pass(LEASE);
    stopped.signal('SIGCONT');
    await becomesInTime(world, 'submitted');
    expect(sent(world)).toBe(1);
    expect(world.aws.submissionsExecuted(DEAL)).toBe(1);
  });

  test('the only bot, on SQLite, stopped while Slack answered its post: nothing is posted twice', async () => {
    const { world, stopped } = await stoppedAt(/^chat.postMessage sent$/);
    await vi.waitUntil(() => shown(world, DEAL).messages.length === 1);
    await world.pass(LEASE);
    stopped.signal('SIGCONT');
    await becomesInTime(world, 'submitted');
    await reading(world, 'Approval pending');
    expect(shown(world, DEAL).messages).toHaveLength(1);
  });
});

describe.skipIf(postgresUrl === undefined)(
  postgresUrl === undefined
    ? 'two replicas on PostgreSQL: left out, TEST_DATABASE_URL names no server'
    : 'one of two replicas on PostgreSQL is stopped for longer than its lease, then woken',
  () => {
    test('after the fence, before the request: the other says it is in doubt, the woken one that nothing went out', async () => {
      const { world, stopped } = await stoppedAt(FENCE, postgresUrl);
      await world.start();
      await world.pass(LEASE);
      await becomes(world, 'uncertain');
      await reading(world, "it isn't known whether the request went out");
      await wake(world, stopped);
      await becomesInTime(world, 'submitted');
      expect(sent(world)).toBe(1);
      expect(world.aws.submissionsExecuted(DEAL)).toBe(1);
    });

    test('woken only when the other has said that nothing was submitted: it still sends nothing', async () => {
      const { world, stopped } = await stoppedAt(FENCE, postgresUrl);
      await world.start();
      await world.pass(LEASE);
      await becomes(world, 'uncertain');
      await world.pass(SIGNATURE);
      await becomes(world, 'not_seen');
      await wake(world, stopped);
      // It knows that nothing went out, which the other could only guess.
      await becomes(world, 'refused');
      expect(sent(world)).toBe(0);
      expect(stopped.ended()).toBeUndefined();
    });

    test('before the fence: the other submits it, the woken one finds the fence lost', async () => {
      const { world, stopped } = await stoppedAt(/^GetOpportunity answered$/, postgresUrl);
      await world.start();
      await world.pass(LEASE);
      await becomes(world, 'submitted');
      await wake(world, stopped);
      expect(sent(world)).toBe(1);
      expect(world.aws.submissionsExecuted(DEAL)).toBe(1);
      expect(await state(world)).toBe('submitted');
      expect(stopped.ended()).toBeUndefined();
    });

    test('after the request was written: the other finds it at AWS and credits nobody, the woken one knows better', async () => {
      const { world, stopped } = await stoppedAt(/^SubmitOpportunity sent$/, postgresUrl);
      await vi.waitUntil(() => world.aws.submissionsExecuted(DEAL) === 1);
      await world.start();
      await world.pass(LEASE);
      await becomes(world, 'already_submitted');
      await reading(world, "AWS has it; we can't tell whose request did it");
      world.aws.review(catalog, DEAL, 'Approved');
      await world.pass(LEASE);
      await reading(world, "AWS's review says: Approved");
      await wake(world, stopped);
      await becomes(world, 'submitted');
      expect(sent(world)).toBe(1);
      expect((await world.records())[0]).toMatchObject({ state: 'submitted', review_status: 'Approved' });
      await reading(world, 'Approved by AWS');
    });

    test.each([
      [
        'after its fence, before the update: the woken one sends nothing',
        /^after commit of update edits \(state\).*update write_quota \(next_at\)/,
      ],
      ['with the update on its way: nobody sends it again', /^UpdateOpportunity sent$/],
    ])('a change, %s, and it is saved once', async (_, point) => {
      const world = await openWorld({ postgres: postgresUrl, submitsPerSecond: 50 });
      open = world;
      // The first of all names the fence otherwise.
      const stopped = await world.start();
      await readyToSave(world, mend, 'O1002');
      await liveThroughChange(world, stopped, 'O1002');
      await readyToSave(world, mend, DEAL);
      await stopped.count({ like: point.source, signal: 'SIGSTOP' });
      void world.slack.submitView(ana);
      await whenStopped(stopped);
      await world.start();
      await world.pass(LEASE);
      const change = async () =>
        (await world.edits()).find(({ opportunity_id }) => opportunity_id === DEAL)?.state;
      await vi.waitUntil(async () => (await change()) === 'saved', { timeout: 10_000, interval: 20 });
      await wake(world, stopped);
      const updates = world.aws.requests('UpdateOpportunity').filter(({ body }) => body.Identifier === DEAL);
      expect(updates.map(({ executed }) => executed)).toEqual([true]);
      expect(await change()).toBe('saved');
      expect(stopped.ended()).toBeUndefined();
    });
  },
);
