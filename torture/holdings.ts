import type { Holdings } from '../test/crash/bot-messages.ts';
import type { BotProcess } from '../test/crash/bot-process.ts';

/** What one bot held at one look, and when that was (milliseconds of the machine). */
type Look = Holdings & { readonly at: number };

type Figure = Exclude<keyof Holdings, 'kinds'>;

/** What each bot held, from look to look. */
export type Held = Map<BotProcess, Look[]>;

/** Fewer looks at one bot say nothing about a trend. */
const ENOUGH_LOOKS = 12;
/** From the first third of the looks to the last one, by their medians. Caches fill up in the beginning. */
const MOST_GROWTH = { heap: 12, handles: 40 };

const MINUTE_MS = 60_000;
/** After a start, until caches are full and the code is compiled; from then on little may grow (megabytes). */
const SETTLED_AFTER_MS = 10 * MINUTE_MS;
const LONG_ENOUGH_MS = 20 * MINUTE_MS;
const MOST_GROWTH_SETTLED = 5;
/** Lines at the end of a run. */
const LINES = 12;

/** Looks at every running bot, none of which may be stopped; one too busy to answer isn't looked at this time. */
export async function weigh(running: readonly BotProcess[], held: Held): Promise<void> {
  await Promise.all(
    running.map(async (bot) => {
      const holdings = await bot.holds().catch(() => undefined);
      if (holdings === undefined) return;
      held.set(bot, [...(held.get(bot) ?? []), { ...holdings, at: Date.now() }]);
    }),
  );
}

/** Bots that hold more and more; in words. */
export function growthIn(held: Held): readonly string[] {
  return [...held.values()].flatMap((looks) => {
    if (looks.length < ENOUGH_LOOKS) return [];
    const third = Math.floor(looks.length / 3);
    const overAll = (['heap', 'handles'] as const).flatMap((what) =>
      grewBy(looks.slice(0, third), looks.slice(-third), what, MOST_GROWTH[what]),
    );
    const settled = looks.filter(({ at }) => at - (looks[0]?.at ?? 0) >= SETTLED_AFTER_MS);
    const [first, last] = [settled.at(0), settled.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < LONG_ENOUGH_MS) return overAll;
    const early = settled.filter(({ at }) => at - first.at < LONG_ENOUGH_MS / 4);
    const late = settled.filter(({ at }) => last.at - at < LONG_ENOUGH_MS / 4);
    return [
      ...overAll,
      ...(['heap', 'resident'] as const).flatMap((what) => grewBy(early, late, what, MOST_GROWTH_SETTLED)),
    ];
  });
}

function grewBy(
  early: readonly Look[],
  late: readonly Look[],
  what: Figure,
  most: number,
): readonly string[] {
  const [before, after] = [median(early, what), median(late, what)];
  return after - before > most
    ? [
        `a bot's ${what} grew from ${Math.round(before)} to ${Math.round(after)} between its earlier and its later looks`,
      ]
    : [];
}

/** Of the bot that was looked at most: what it held in each part of its life, in a line each. */
export function heldLongest(held: Held): readonly string[] {
  const looks = [...held.values()].toSorted((one, other) => other.length - one.length)[0] ?? [];
  const [first, last] = [looks.at(0), looks.at(-1)];
  if (first === undefined || last === undefined) return ['no bot was looked at'];
  const part = Math.max(MINUTE_MS / 2, (last.at - first.at + 1) / LINES);
  const parts = [...Map.groupBy(looks, ({ at }) => Math.floor((at - first.at) / part))];
  return [
    `One bot, by ${looks.length} looks, each after a collection of garbage (medians, megabytes):`,
    ...parts.map(([index, some]) => {
      const figures = (['heap', 'external', 'resident', 'handles'] as const).map(
        (what) => `${what} ${Math.round(median(some, what))}`,
      );
      const kinds = Object.entries(some.at(-1)?.kinds ?? {}).map(([kind, count]) => `${count} ${kind}`);
      return `  from minute ${((index * part) / MINUTE_MS).toFixed(1)}: ${figures.join(', ')} (${kinds.join(', ')})`;
    }),
  ];
}

function median(looks: readonly Look[], what: Figure): number {
  const sorted = looks.map((look) => look[what]).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
