import type { Bot } from '../bot.ts';
import { DAY_MS, fromNow } from '../clock.ts';
import { forgetHomeTabs } from '../messages/home/tabs.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import { expire } from './forget.ts';

const EVERY_MS = 60 * 60 * 1000;
const FORGET_DRAFTS_AFTER_MS = 7 * DAY_MS;
/** Slack gives up delivering an event after about an hour. */
const FORGET_DELIVERIES_AFTER_MS = DAY_MS;
/** What somebody chose to see in their home tab is kept that long after they last opened it. */
const FORGET_TABS_AFTER_MS = 30 * DAY_MS;
/** What was typed and came to nothing is offered again that long, and no longer: it is a deal's details. */
const FORGET_TYPED_AFTER_MS = DAY_MS;

/** Deletes what nobody needs any more, every hour, or at once again where there may be more of it. */
export function housekeeping({
  store,
  edits,
  database,
  clock,
  log,
  config: { retentionDays },
}: Pick<Bot, 'store' | 'edits' | 'database' | 'clock' | 'log' | 'config'>): ScheduledJob {
  return {
    name: 'housekeeping',
    run: async () => {
      await store.forgetForms(fromNow(clock, -FORGET_DRAFTS_AFTER_MS));
      await edits.forgetTyped(fromNow(clock, -FORGET_TYPED_AFTER_MS));
      await forgetHomeTabs(database.db, fromNow(clock, -FORGET_TABS_AFTER_MS));
      await store.forgetDeliveries(fromNow(clock, -FORGET_DELIVERIES_AFTER_MS));
      const count =
        retentionDays === undefined ? 0 : await expire(database, fromNow(clock, -retentionDays * DAY_MS));
      if (count > 0) log.info({ count }, 'records older than RETENTION_DAYS were deleted');
      return { succeeded: true, againAt: fromNow(clock, count > 0 ? 0 : EVERY_MS) };
    },
  };
}
