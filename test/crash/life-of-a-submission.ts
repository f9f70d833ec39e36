import { setTimeout as delay } from 'node:timers/promises';
import type { BotProcess } from './bot-process.ts';
import { ana, catalog, TIMEOUTS, type World, wasTaken } from './world.ts';

export const DEAL = 'O1001';
/** The fence before sending, as its commit is named: from here on the request may go out. */
export const FENCE = /^after commit of .*update submissions \(state\).*update duties \(value\)/;

/** Milliseconds of the machine between two looks, and for how long nothing must have changed until time is put forward. */
const LOOK_EVERY_MS = 25;
const STILL_FOR_MS = 200;
/** The same while a record says that it is being sent: a bot that lives has heard, or given up, by then. */
const SENDING_STILL_FOR_MS = TIMEOUTS.totalMs + 500;
/** Longer than a lease, and than the time between two polls. */
const JUMP_MS = 61_000;
const MOST_JUMPS = 60;

/**
 * Presses Submit in the form that stands open, lets AWS approve what it got, and lets time pass until the decision
 * (or that nothing was submitted) has been told; as `liveUntil` does.
 */
export async function liveThrough(world: World, first: BotProcess): Promise<{ readonly died: boolean }> {
  const { aws, clock } = world;
  let approved = false;
  return liveUntil(world, first, async () => {
    const settled = await settlement(world);
    if (settled === 'waits for AWS' && !approved) {
      aws.review(catalog, DEAL, 'Approved');
      approved = true;
      clock.jump(JUMP_MS);
    }
    return settled === 'decided' || settled === 'not seen';
  });
}

/**
 * Presses Submit in the form that stands open, and lets time pass until it is over: time is put forward only while
 * nothing happens, because a request that is under way would be late. A bot that dies on the way is started again,
 * once, and a person whose press wasn't answered presses again.
 *
 * @throws Error where it isn't over after an hour.
 */
export async function liveUntil(
  world: World,
  first: BotProcess,
  isOver: () => Promise<boolean>,
): Promise<{ readonly died: boolean }> {
  const { slack, clock } = world;
  let died = false;
  let taken = wasTaken(await slack.submitView(ana));
  let before = '';
  let since = performance.now();
  for (let jumps = 0; jumps < MOST_JUMPS; ) {
    if (first.ended() !== undefined && !died) {
      died = true;
      await world.start();
    }
    if (!taken && (died || first.ended() === undefined)) taken = wasTaken(await slack.submitView(ana));
    if (await isOver()) return { died };
    await delay(LOOK_EVERY_MS);
    const now = await world.fingerprint();
    if (now !== before) since = performance.now();
    before = now;
    const isSending = (await world.records()).some(({ state }) => state === 'sending');
    if (performance.now() - since >= (isSending ? SENDING_STILL_FOR_MS : STILL_FOR_MS)) {
      since = performance.now();
      jumps += 1;
      clock.jump(JUMP_MS);
    }
  }
  throw new Error(`After ${MOST_JUMPS} minutes it isn't over: ${await world.fingerprint()}`);
}

type Settlement = 'under way' | 'waits for AWS' | 'decided' | 'not seen';

/** How far it is, by the record alone; whatever is untold isn't over. */
async function settlement(world: World): Promise<Settlement> {
  const [record] = await world.records();
  const tellings = await world.tellings();
  if (record === undefined || tellings.some((telling) => telling.told_revision < telling.revision)) {
    return 'under way';
  }
  if (record.state === 'not_seen') return 'not seen';
  if (record.state !== 'submitted' && record.state !== 'already_submitted') return 'under way';
  return record.review_status === 'Approved' ? 'decided' : 'waits for AWS';
}
