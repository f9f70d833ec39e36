import type { Bot } from '../bot.ts';
import type { Edit } from '../edits/edit.ts';
import type { Events } from '../opportunities/events.ts';
import type { Submission } from '../submissions/submission.ts';
import { createLoop, createPoller, type Kind } from './poller.ts';
import type { ScheduledJob } from './scheduled-jobs.ts';

/** A scheduled job may go through everything that waits, page by page, in no hurry (milliseconds). */
const JOB_TAKES_MS = 60 * 60_000;

export interface Worker {
  start(): Promise<void>;
  /** There may be something due now. */
  wake(): void;
  /**
   * Takes nothing new and finishes what is in hand, or gives it back after `deadlineMs`: a request that wasn't
   * sent yet is free at once; one that is being sent is settled by reading when its lease has run out.
   */
  stop(deadlineMs: number): Promise<void>;
  /** The names of what doesn't move any more; empty: all is well. */
  stuck(): readonly string[];
}

/** Claims what is due and advances it one step; tells people what is untold. */
export function createWorker(
  bot: Pick<
    Bot,
    'database' | 'store' | 'outbox' | 'edits' | 'jobs' | 'clock' | 'log' | 'owner' | 'paused' | 'intervalMs'
  >,
  work: {
    readonly advance: (claimed: Submission) => Promise<void>;
    readonly advanceEdit: (claimed: Edit) => Promise<void>;
    /** Tells people what is untold. */
    readonly deliveries: readonly Kind[];
    readonly scheduled: readonly ScheduledJob[];
    /** Undefined: there is no queue of events, and decisions are found by polling alone. */
    readonly events: Events | undefined;
  },
): Worker {
  const { database, store, edits, jobs, clock, log, owner, paused } = bot;
  const { advance, advanceEdit, deliveries, scheduled, events } = work;
  const onError = (error: unknown, inARow: number) => {
    // Once, and then ever more rarely: while the database is away every look fails.
    if (Number.isInteger(Math.log10(inARow))) {
      log.error({ error, inARow }, 'the worker could not finish a step; it tries again');
    }
  };
  const sending = (at: Date) => ({ at, paused, intervalMs: bot.intervalMs });

  const kinds: readonly Kind[] = [
    {
      name: 'submissions',
      atOnce: 2,
      watch: (at) => store.watch(sending(at)),
      take: async (inHand) => {
        const [claimed] = await store.claim({ ...sending(clock.now()), owner, inHand });
        return claimed && { id: claimed.id, work: () => advance(claimed) };
      },
    },
    {
      name: 'edits',
      atOnce: 1,
      watch: (at) => edits.watch(sending(at)),
      take: async (inHand) => {
        const [claimed] = await edits.claim({ ...sending(clock.now()), owner, inHand });
        return claimed && { id: claimed.id, work: () => advanceEdit(claimed) };
      },
    },
    ...deliveries,
    {
      name: 'scheduled jobs',
      atOnce: scheduled.length,
      takesMs: JOB_TAKES_MS,
      watch: (at) => jobs.watch(scheduled, at),
      take: (inHand) => jobs.take(scheduled, { owner, inHand }),
    },
  ];
  const poller = createPoller({ db: database.db, kinds, clock, onError });
  const receiving =
    events && createLoop({ name: 'events', clock, everyMs: events.pauseMs, round: events.receive, onError });

  return {
    start: async () => {
      await jobs.plan(scheduled);
      poller.start();
      receiving?.start();
    },
    wake: poller.wake,
    stuck: () => [...poller.stuck(), ...(receiving?.isAlive() === false ? [receiving.name] : [])],
    stop: async (deadlineMs) => {
      events?.stop();
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(deadlineMs, late.resolve);
      await Promise.race([Promise.all([poller.stop(), receiving?.stop()]), late.promise]);
      cancel();
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
