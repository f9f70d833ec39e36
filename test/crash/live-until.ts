import { setTimeout as delay } from 'node:timers/promises';
import type { BotProcess } from './bot-process.ts';
import { ana, type World, wasTaken } from './world.ts';

/** Milliseconds of the machine between two looks, and for how long nothing must have changed until time is put forward. */
const LOOK_EVERY_MS = 25;
const STILL_FOR_MS = 200;
/** Longer than a lease, and than the time between two polls. */
export const JUMP_MS = 61_000;
const MOST_JUMPS = 60;

/** How it went, and the bot that runs now. */
export interface Lived {
  readonly died: boolean;
  readonly bot: BotProcess;
}

/**
 * Sends the form that stands open, and lets time pass until it is over: time is put forward only while nothing
 * happens, because a request that is under way would be late. A bot that dies on the way is started again, once, after
 * whatever happens `meanwhile`; a person whose press wasn't answered presses again.
 *
 * @throws Error where it isn't over after an hour.
 */
export async function liveUntil(
  world: World,
  first: BotProcess,
  isOver: () => Promise<boolean>,
  meanwhile: () => void = () => {},
): Promise<Lived> {
  const { slack } = world;
  let next: BotProcess | undefined;
  let taken = wasTaken(await slack.submitView(ana));
  let before = '';
  let since = performance.now();
  for (let jumps = 0; jumps < MOST_JUMPS; ) {
    if (first.ended() !== undefined && next === undefined) {
      meanwhile();
      next = await world.start();
    }
    if (!taken && (next !== undefined || first.ended() === undefined)) {
      taken = wasTaken(await slack.submitView(ana));
    }
    if (await isOver()) return { died: next !== undefined, bot: next ?? first };
    await delay(LOOK_EVERY_MS);
    const now = await world.fingerprint();
    if (now !== before) since = performance.now();
    before = now;
    if (performance.now() - since < STILL_FOR_MS) continue;
    since = performance.now();
    // A bot that is short of time answers late, and isn't hurried.
    if (await (next ?? first).isBusy()) continue;
    jumps += 1;
    await world.pass(JUMP_MS);
  }
  throw new Error(`After ${MOST_JUMPS} minutes it isn't over: ${await world.fingerprint()}`);
}
