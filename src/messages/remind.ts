import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import { type DigestTime, digestDay } from '../config/digest-time.ts';
import type { Store } from '../submissions/store.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import type { ReminderSettings } from './outbox.ts';
import type { Tellings } from './tellings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Milliseconds between two rounds. */
const REMIND_EVERY_MS = 60 * 60 * 1000;
const DIGEST_EVERY_MS = 60_000;

/**
 * Makes the tellings that remind people. Each is made once: a restart, a second replica or a clock that jumps finds it
 * in the database. A setting that isn't set is off.
 */
export function createRemind(dependencies: {
  readonly store: Store;
  readonly tellings: Tellings;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly reminders: ReminderSettings;
  /** When a digest is posted; undefined: never. */
  readonly digestTime: DigestTime | undefined;
  readonly newId: () => string;
  /** There is something to tell. */
  readonly wake: () => void;
}): readonly ScheduledJob[] {
  const { store, tellings, clock, catalog, reminders, digestTime, newId, wake } = dependencies;
  const { waitingDays, actionRequiredDays, closeDate } = reminders;

  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms);

  /** Of what AWS hasn't decided, what nobody has sent back to AWS, and what should be closed by now and isn't decided. */
  const remind: ScheduledJob = {
    name: 'remind',
    run: async ({ at }) => {
      const since = (days: number) => ({ before: new Date(at.getTime() - days * DAY_MS) });
      let made = 0;
      if (waitingDays !== undefined) made += await store.remind(catalog, 'waiting', since(waitingDays), at);
      if (actionRequiredDays !== undefined) {
        made += await store.remind(catalog, 'action-required', since(actionRequiredDays), at);
      }
      if (closeDate) {
        const today = at.toISOString().slice(0, 10);
        made += await store.remind(catalog, 'close-date', { closesBefore: today }, at);
      }
      if (made > 0) wake();
      return { succeeded: true, againAt: inMs(REMIND_EVERY_MS) };
    },
  };

  const digest = (time: DigestTime): ScheduledJob => ({
    name: 'digest',
    run: async ({ at }) => {
      const day = digestDay(at, time);
      if (day !== undefined && (await tellings.tellOnce(newId(), { kind: 'digest', day }, at))) wake();
      return { succeeded: true, againAt: inMs(DIGEST_EVERY_MS) };
    },
  });

  return [
    ...(waitingDays === undefined && actionRequiredDays === undefined && !closeDate ? [] : [remind]),
    ...(digestTime === undefined ? [] : [digest(digestTime)]),
  ];
}
