import { setTimeout as delay } from 'node:timers/promises';
import type { PartnerCentralFault } from '../../demo/partner-central/stand-in.ts';
import type { SlackFault } from '../../demo/slack/stand-in.ts';
import type { BotProcess } from '../crash/bot-process.ts';
import type { World } from '../crash/world.ts';
import type { Random } from './random.ts';

/** What AWS and the way there can do to a call, with and without executing it. */
export const AWS_FAULTS: readonly [PartnerCentralFault['kind'], ...PartnerCentralFault['kind'][]] = [
  { type: 'reset', execute: false },
  { type: 'reset', execute: true },
  { type: 'error', name: 'InternalServerException', execute: false },
  { type: 'error', name: 'InternalServerException', execute: true },
  { type: 'html-503', execute: false },
  { type: 'html-503', execute: true },
  { type: 'truncated-body', execute: true },
  { type: 'empty-body', execute: true },
  { type: 'hang', execute: false },
  { type: 'hang', execute: true },
  { type: 'latency', ms: 300 },
  { type: 'throttle', retryAfterMs: 200 },
];

export const SLACK_FAULTS: readonly [SlackFault['kind'], ...SlackFault['kind'][]] = [
  { type: 'rate-limit', retryAfterSeconds: 1 },
  { type: 'http-500' },
  { type: 'reset', execute: false },
  { type: 'reset', execute: true },
  { type: 'error', error: 'internal_error' },
];
export const SLACK_METHODS = [
  'chat.postMessage',
  'chat.postMessage',
  'chat.update',
  'chat.update',
  'users.info',
  'views.update',
] as const;

/** Over longer than any database is taken away. */
const MOST_STARTS = 20;

/** What was done to the bots and the services. */
export interface Counts {
  kills: number;
  aws: number;
  slack: number;
  disconnects: number;
}

/** Bots on one database, of which the dead are replaced. */
export interface Replicas {
  readonly all: readonly BotProcess[];
  /** Those that run, one a place. */
  readonly running: readonly BotProcess[];
  /** Kills one and starts another in its place a while later. */
  killOne(random: Random): Promise<void>;
  /** The same as an operator does it: SIGTERM, and it finishes what it has in hand. */
  restartOne(random: Random): Promise<void>;
}

/** @param spared so many, the first ones, are never ended. */
export async function startReplicas(world: World, count = 3, spared = 0): Promise<Replicas> {
  const running = await Promise.all(Array.from({ length: count }, () => world.start()));
  const all: BotProcess[] = [...running];
  const replaceOne = async (random: Random, end: (bot: BotProcess) => Promise<void>) => {
    const place = random.between(spared, running.length - 1);
    const bot = running[place];
    if (bot !== undefined) await end(bot);
    await delay(random.between(0, 800));
    const next = await startSupervised(world);
    running[place] = next;
    all.push(next);
  };
  return {
    all,
    running,
    killOne: (random) => replaceOne(random, (bot) => bot.end()),
    restartOne: (random) => replaceOne(random, (bot) => bot.stop()),
  };
}

/** As whatever runs the bot does: one that can't start because the database is away is started again a while later. */
async function startSupervised(world: World): Promise<BotProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await world.start();
    } catch (error) {
      if (tries === MOST_STARTS) throw error;
      await delay(500);
    }
  }
}

/** Kills, breaks and disconnects at random until `until` resolves; then everything is as it should be again. */
export async function makeTrouble(
  world: World,
  replicas: Replicas,
  random: Random,
  until: Promise<void>,
): Promise<Counts> {
  const counts: Counts = { kills: 0, aws: 0, slack: 0, disconnects: 0 };
  let over = false;
  const again = async (leastMs: number, mostMs: number, act: () => void | Promise<void>) => {
    for (;;) {
      await delay(random.between(leastMs, mostMs));
      if (over) return;
      await act();
    }
  };
  const ended = until.finally(() => {
    over = true;
  });
  // Of each service's faults one is waiting at a time: where little happens they don't pile up.
  await Promise.all([
    ended,
    again(500, 2000, async () => {
      counts.kills += 1;
      await replicas.killOne(random);
    }),
    again(20, 120, () => {
      counts.aws += 1;
      const operation = random.pick(['SubmitOpportunity', 'SubmitOpportunity', 'GetOpportunity']);
      world.aws.clearFaults();
      world.aws.injectFault({ operation, times: 1, kind: random.pick(AWS_FAULTS) });
    }),
    again(40, 160, () => {
      counts.slack += 1;
      const method = random.pick(SLACK_METHODS);
      world.slack.clearFaults();
      world.slack.injectFault({ method, times: 1, kind: random.pick(SLACK_FAULTS) });
    }),
    again(3000, 6000, () => {
      counts.disconnects += 1;
      world.slack.disconnect(random.pick([undefined, 'refresh_requested']));
    }),
    // A minute passes for everybody, whatever they are at: the leases of the dead run out, and some of the living.
    again(4000, 7000, () => world.pass(61_000)),
  ]);
  world.aws.clearFaults();
  world.slack.clearFaults();
  return counts;
}
