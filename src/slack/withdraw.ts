import { LRUCache } from 'lru-cache';
import type { Bot } from '../bot.ts';
import { DAY_MS, fromNow } from '../clock.ts';
import { lookOverTabs } from '../messages/home/tabs.ts';
import type { Refusal } from '../permissions.ts';
import { refusalText } from './blocks/elements.ts';
import { noticeTitles, noticeView } from './forms/modal.ts';
import { sentForm } from './forms/requested.ts';

type WithdrawBot = Pick<Bot, 'database' | 'store' | 'views' | 'clock' | 'log' | 'wake'>;

/** Milliseconds for which somebody isn't emptied again: the tab that is published meanwhile asks for their right itself. */
const REMEMBERED_MS = 60_000;
/** People remembered. */
const REMEMBERED = 2000;

/**
 * Takes deals from the screen of somebody who may not see them any more: each form of theirs that is still open says why
 * instead, and their home tab is published anew, which asks for their right itself. A view that was closed is not found;
 * one that Slack keeps open on a machine without a connection changes once that is back.
 */
export function createWithdraw({ clock }: Pick<Bot, 'clock'>) {
  const lately = new LRUCache<string, true>({
    max: REMEMBERED,
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: { now: () => clock.monotonic() },
  });
  return async (bot: WithdrawBot, userId: string, why: Refusal): Promise<void> => {
    const { database, store, views, log, wake } = bot;
    if (lately.has(userId)) return;
    lately.set(userId, true);
    try {
      await lookOverTabs(database.db, clock.now(), userId);
      wake();
      const since = fromNow(clock, -DAY_MS);
      const forms = await store.formsOf(userId, since);
      for (const id of forms) {
        const instead = noticeView(id, refusalText(why), { title: noticeTitles.notPermitted });
        if (!(await views.replace(id, instead))) await views.replace(sentForm(id), instead);
      }
    } catch (error) {
      log.error({ error }, 'what somebody who may no longer see deals has open could not be emptied');
    }
  };
}

/** The same for everybody who has had a form or the home tab open within the last day, when the bot starts. */
export async function withdrawAtStart(bot: WithdrawBot & Pick<Bot, 'permissions'>): Promise<void> {
  const { database, store, permissions, clock, log, wake } = bot;
  try {
    await lookOverTabs(database.db, clock.now());
    wake();
    const since = fromNow(clock, -DAY_MS);
    const people = await store.formsSince(since);
    const each = new Map(people.map((who) => [who.userId, who]));
    // One after the other: Slack takes 100 questions a minute. Whoever may not is dealt with by the question itself.
    for (const who of each.values()) await permissions.ask(who, undefined);
  } catch (error) {
    log.error({ error }, 'what people who may no longer see deals have open could not be looked over');
  }
}
