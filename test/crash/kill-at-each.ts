import type { BotProcess } from './bot-process.ts';
import type { Lived } from './live-until.ts';
import { openWorld, type World } from './world.ts';

/** A point by its name, and which of that name it is (from 1): others may come in between. */
export interface Point {
  readonly at: string;
  readonly nth: number;
}

/** What is done with one deal: everything up to the press is done already. */
export interface Life<P extends Point> {
  /** Presses, and lives until it is over; `killedAt`: where the bot will be killed on the way. */
  live(bot: BotProcess, killedAt: P | undefined): Promise<Lived>;
  /** What isn't as it must be in the end, after a bot died having `passed` these points. */
  problems(passed: readonly string[]): Promise<readonly string[]>;
}

/** Which point the bot really died at, by its name, and what isn't as it must be in the end. */
interface Killed {
  readonly point: string | undefined;
  readonly problems: readonly string[];
}

/** A world in which one deal comes after the other, and the bots that are killed at them. */
export interface Hand<P extends Point> {
  /** What a bot that nothing happens to passes on its way. */
  readonly passed: readonly string[];
  kill(at: P): Promise<Killed>;
  close(): Promise<void>;
}

/**
 * @param begin does everything up to the press for the deal of this ID.
 * @throws Error where something isn't as it must be though nothing happens to the bot.
 */
export async function openHand<P extends Point>(
  begin: (world: World, id: string) => Promise<Life<P>>,
): Promise<Hand<P>> {
  // Where the next deal waited for its turn after the last one, time would be put forward in the middle of sending.
  const world = await openWorld({ submitsPerSecond: 50 });
  let bot = await world.start();
  let last = 1000;
  const next = () => {
    last += 1;
    return begin(world, `O${last}`);
  };
  /** The bot that goes on. The last one can die right after the last thing was told, and orders nothing kept are over. */
  const survivor = async (after: BotProcess): Promise<BotProcess> => {
    const isAlive =
      after.ended() === undefined &&
      (await after.count({}).then(
        () => true,
        () => false,
      ));
    return isAlive ? after : world.start();
  };
  const undisturbed = async (): Promise<readonly string[]> => {
    const life = await next();
    await bot.count({});
    await life.live(bot, undefined);
    const passed = await bot.points();
    const problems = await life.problems([]);
    if (problems.length > 0) throw new Error(`Not killed at all: ${problems.join('; ')}`);
    return passed;
  };
  // The very first passes some points that no later one does.
  await undisturbed();
  return {
    passed: await undisturbed(),
    async kill(at) {
      try {
        const life = await next();
        await bot.count({ at: at.at, nth: at.nth, signal: 'SIGKILL' });
        const killed = bot;
        bot = await survivor((await life.live(killed, at)).bot);
        const passed = killed.struck() ?? [];
        return { point: passed.at(-1), problems: await life.problems(passed) };
      } catch (error) {
        return { point: undefined, problems: [error instanceof Error ? error.message : String(error)] };
      }
    },
    close: () => world.close(),
  };
}

/** The points that a bot passed, each by its name and number. */
export const pointsOf = (passed: readonly string[]): readonly Point[] =>
  passed.map((at, index) => ({ at, nth: passed.slice(0, index + 1).filter((each) => each === at).length }));

/** Kills a bot at each of the points, by all hands at the same time. */
export async function killAtEach<P extends Point>(
  points: readonly P[],
  hands: readonly Hand<P>[],
): Promise<{ readonly diedAt: ReadonlySet<string>; readonly failures: readonly string[] }> {
  const diedAt = new Set<string>();
  const failures: string[] = [];
  const left = [...points];
  const work = async (hand: Hand<P>): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { point, problems } = await hand.kill(next);
      if (point !== undefined) diedAt.add(point);
      const where = `${next.at} (${next.nth}${point === undefined ? ', not reached' : ''})`;
      failures.push(...problems.map((problem) => `${where}: ${problem}`));
    }
  };
  await Promise.all(hands.map(work));
  return { diedAt, failures };
}

/**
 * What Slack had got and wasn't noted as told yet: nobody can know, and each of these posts may be made again. A message
 * that needn't change is noted without a call.
 */
export function postsUnderWay(passed: readonly string[]): number {
  if (!passed.some((point) => /^(chat\.postMessage|response_url) sent$/.test(point))) return 0;
  return passed.reduce((underWay, point) => {
    if (/^(chat\..*|response_url) sent$/.test(point)) return underWay + 1;
    return /^after .*told_revision/.test(point) ? Math.max(0, underWay - 1) : underWay;
  }, 0);
}
