import type { Bot } from '../bot.ts';
import { within } from '../clock.ts';
import { advanceEdit } from '../edits/advance.ts';
import { deliveries } from '../messages/deliver.ts';
import { digestJob } from '../messages/kinds/digest.ts';
import { reminderJob } from '../messages/kinds/reminder.ts';
import { createEvents } from '../opportunities/events.ts';
import { followJobs } from '../opportunities/follow.ts';
import { teamWatch } from '../opportunities/team.ts';
import { housekeeping } from '../retention/forget.ts';
import { followsAnything } from '../submissions/entries.ts';
import { advance } from '../submissions/sending/submit.ts';
import { createLoop, createPoller, type WorkKind } from './poller.ts';
import type { ScheduledJob } from './scheduled-jobs.ts';

/** A scheduled job may go through everything that waits, page by page, in no hurry (milliseconds). */
const JOB_TAKES_MS = 60 * 60_000;

/**
 * What goes on in the background: claims what is due (submissions, edits, messages, home tabs, scheduled jobs) and
 * advances it one step, and receives AWS's events where there is a queue of them.
 */
export function createWorker(bot: Bot) {
  const { database, store, edits, jobs, clock, log, owner, paused } = bot;
  const scheduled: readonly ScheduledJob[] = [
    ...followJobs(bot, followsAnything(bot.catalog)),
    teamWatch(bot),
    ...reminderJob(bot),
    ...digestJob(bot),
    housekeeping(bot),
  ];
  const sending = (at: Date) => ({ at, paused, intervalMs: bot.intervalMs });
  const kinds: readonly WorkKind[] = [
    {
      name: 'submissions',
      atOnce: 2,
      watch: (at) => store.watch(sending(at)),
      take: async (inHand) => {
        const claimed = await store.claim({ ...sending(clock.now()), owner, inHand });
        return claimed && { id: claimed.id, work: () => advance(bot, claimed) };
      },
    },
    {
      name: 'edits',
      atOnce: 1,
      watch: (at) => edits.watch(sending(at)),
      take: async (inHand) => {
        const claimed = await edits.claim({ ...sending(clock.now()), owner, inHand });
        return claimed && { id: claimed.id, work: () => advanceEdit(bot, claimed) };
      },
    },
    ...deliveries(bot),
    {
      name: 'scheduled jobs',
      atOnce: scheduled.length,
      takesMs: JOB_TAKES_MS,
      watch: (at) => jobs.watch(scheduled, at),
      take: (inHand) => jobs.take(scheduled, { owner, inHand }),
    },
  ];

  const onError = (error: unknown, inARow: number) => {
    // Once, and then ever more rarely: while the database is away every look fails.
    if (Number.isInteger(Math.log10(inARow))) {
      log.error({ error, inARow }, 'the worker could not finish a step; it tries again');
    }
  };
  const poller = createPoller({ db: database.db, kinds, clock, onError });
  const events = bot.queue && createEvents(bot, bot.queue);
  const receiving = events && createLoop({ clock, waitMs: events.pauseMs, round: events.receive, onError });

  return {
    start: async (): Promise<void> => {
      await jobs.plan(scheduled);
      poller.start();
      receiving?.start();
    },

    /** There may be something due now. */
    wake: poller.wake,

    /** The names of what doesn't move any more; empty: all is well. */
    stuck: (): readonly string[] => [
      ...poller.stuck(),
      ...(receiving?.isAlive() === false ? ['events'] : []),
    ],

    /**
     * Takes nothing new and finishes what is in hand, or gives it back after `deadlineMs`: a request that wasn't sent yet
     * is free at once; one that is being sent is settled by reading when its lease has run out.
     */
    stop: async (deadlineMs: number): Promise<void> => {
      events?.stop();
      await within(clock, deadlineMs, Promise.all([poller.stop(), receiving?.stop()]));
      for (const [name, unwritten] of [
        ['submission', store.unwritten()],
        ['edit', edits.unwritten()],
      ] as const) {
        for (const { sending, step } of unwritten) {
          const { to, requestId } = step;
          log.error(
            { [name]: sending.id, opportunity: sending.opportunityId, to, requestId },
            "the bot ends with an answer of AWS's that no database has taken: the next one finds a doubt",
          );
        }
      }
      // Stopping goes on without: the leases end by time.
      await Promise.all([store.release(owner), edits.release(owner), jobs.release(owner)]).catch(
        (error: unknown) => {
          log.warn(
            { error },
            'what was in hand could not be given back; it is free when its lease has run out',
          );
        },
      );
    },
  };
}
