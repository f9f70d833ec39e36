import { setTimeout as delay } from 'node:timers/promises';
import type { BotProcess } from './bot-process.ts';
import { ana, TIMEOUTS, type World, wasTaken } from './world.ts';

/** Milliseconds of the machine between two looks, and for how long nothing must have changed until time is put forward. */
const LOOK_EVERY_MS = 25;
const STILL_FOR_MS = 200;
/** The same while a bot that lives says that it is sending: it has heard, or given up, by then. */
const SENDING_STILL_FOR_MS = TIMEOUTS.totalMs + 500;
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
  const { slack, clock } = world;
  let next: BotProcess | undefined;
  let taken = wasTaken(await slack.submitView(ana));
  let before = '';
  let since = performance.now();
  let leftSending: ReadonlySet<string> = new Set();
  for (let jumps = 0; jumps < MOST_JUMPS; ) {
    if (first.ended() !== undefined && next === undefined) {
      meanwhile();
      leftSending = await sendings(world);
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
    const isSending = [...(await sendings(world))].some((sending) => !leftSending.has(sending));
    if (performance.now() - since >= (isSending ? SENDING_STILL_FOR_MS : STILL_FOR_MS)) {
      since = performance.now();
      jumps += 1;
      clock.jump(JUMP_MS);
    }
  }
  throw new Error(`After ${MOST_JUMPS} minutes it isn't over: ${await world.fingerprint()}`);
}

/** What is being sent, by record and attempt. */
const sendings = async ({ records, changes }: World): Promise<ReadonlySet<string>> =>
  new Set(
    [...(await records()), ...(await changes())]
      .filter(({ state }) => state === 'sending')
      .map(({ id, attempt }) => `${id} ${attempt}`),
  );
