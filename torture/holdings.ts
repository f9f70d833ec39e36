import type { Holdings } from '../test/crash/bot-messages.ts';
import type { BotProcess } from '../test/crash/bot-process.ts';

/** What one bot held, from look to look. */
export type Held = ReadonlyMap<BotProcess, readonly Holdings[]>;

/** Fewer looks at one bot say nothing about a trend. */
const ENOUGH_LOOKS = 12;
/** From the first third of the looks to the last one, by their medians. Caches fill up in the beginning. */
const MOST_GROWTH = { heap: 12, handles: 12 };

/** Looks at every running bot, none of which may be stopped; one too busy to answer isn't looked at this time. */
export async function weigh(
  running: readonly BotProcess[],
  held: Map<BotProcess, Holdings[]>,
): Promise<void> {
  await Promise.all(
    running.map(async (bot) => {
      const holdings = await bot.holds().catch(() => undefined);
      if (holdings !== undefined) held.set(bot, [...(held.get(bot) ?? []), holdings]);
    }),
  );
}

/** Bots that hold more and more; in words. */
export function growthIn(held: Held): readonly string[] {
  return [...held.values()].flatMap((looks) => {
    if (looks.length < ENOUGH_LOOKS) return [];
    const third = Math.floor(looks.length / 3);
    return (['heap', 'handles'] as const).flatMap((what) => {
      const [before, after] = [looks.slice(0, third), looks.slice(-third)].map((part) => median(part, what));
      return (after ?? 0) - (before ?? 0) > MOST_GROWTH[what]
        ? [`a bot's ${what} grew from ${before} to ${after} over ${looks.length} looks`]
        : [];
    });
  });
}

/** Of the bot that was looked at most: its first and its last looks, in a line. */
export function longestHeld(held: Held): string {
  const looks = [...held.values()].toSorted((one, other) => other.length - one.length)[0] ?? [];
  const [first, last] = [looks.at(0), looks.at(-1)];
  if (first === undefined || last === undefined) return 'no bot was looked at';
  const fromTo = (what: keyof Holdings) => `${Math.round(first[what])} → ${Math.round(last[what])}`;
  return `over ${looks.length} looks at one bot: heap ${fromTo('heap')} MB, resident ${fromTo('resident')} MB, handles ${fromTo('handles')}`;
}

function median(looks: readonly Holdings[], what: 'heap' | 'handles'): number {
  const sorted = looks.map((look) => look[what]).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
