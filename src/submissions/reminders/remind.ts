import type { Clock } from '../../clock.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import type { ScheduledJob } from '../jobs.ts';
import type { EachPage } from '../review/each-page.ts';
import { followsAnything } from '../review/follow.ts';
import type { Store } from '../store.ts';
import type { Tellings } from '../telling/tellings.ts';
import { type DigestTime, digestDay } from './digest-time.ts';
import type { ReminderSettings } from './reminder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Milliseconds between two rounds. */
const REMIND_EVERY_MS = 60 * 60 * 1000;
const DIGEST_EVERY_MS = 60_000;
/** Close dates pass once a day; where AWS couldn't be asked it is tried again sooner. */
const CLOSE_DATES_EVERY_MS = DAY_MS;
const CLOSE_DATES_AGAIN_MS = 10 * 60_000;

const UNDECIDED = ['Submitted', 'In review', 'Action Required'] as const;

/**
 * Makes the tellings that remind people. Each is made once: a restart, a second replica or a clock that jumps finds it
 * in the database. A setting that isn't set is off.
 */
export function createRemind(dependencies: {
  readonly store: Store;
  readonly tellings: Tellings;
  readonly eachPage: EachPage;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly reminders: ReminderSettings;
  /** When a digest is posted; undefined: never. */
  readonly digestTime: DigestTime | undefined;
  readonly newId: () => string;
  /** There is something to tell. */
  readonly wake: () => void;
}): readonly ScheduledJob[] {
  const { store, tellings, eachPage, clock, catalog, reminders, digestTime, newId, wake } = dependencies;
  const { waitingDays, actionRequiredDays } = reminders;

  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms);

  /** Of what AWS hasn't decided, and of what nobody has sent back to AWS. */
  const remind: ScheduledJob = {
    name: 'remind',
    run: async ({ at }) => {
      const since = (days: number) => ({ before: new Date(at.getTime() - days * DAY_MS) });
      let made = 0;
      if (waitingDays !== undefined) made += await store.remind(catalog, 'waiting', since(waitingDays), at);
      if (actionRequiredDays !== undefined) {
        made += await store.remind(catalog, 'action-required', since(actionRequiredDays), at);
      }
      if (made > 0) wake();
      return { succeeded: true, againAt: inMs(REMIND_EVERY_MS) };
    },
  };

  /** Of what should be closed by now and isn't decided; asks AWS with a list. */
  const closeDates: ScheduledJob = {
    name: 'close-dates',
    when: () => followsAnything(catalog),
    run: async ({ at, keep }) => {
      const succeeded = await eachPage(
        {
          Sort: { SortBy: 'TargetCloseDate', SortOrder: 'DESCENDING' },
          TargetCloseDate: { BeforeTargetCloseDate: at.toISOString().slice(0, 10) },
          LifeCycleReviewStatus: UNDECIDED,
        },
        async (page) => {
          await keep();
          const opportunityIds = page.map(({ Id }) => Id);
          if ((await store.remind(catalog, 'close-date', { opportunityIds }, at)) > 0) wake();
        },
      );
      return { succeeded, againAt: inMs(succeeded ? CLOSE_DATES_EVERY_MS : CLOSE_DATES_AGAIN_MS) };
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
    ...(waitingDays === undefined && actionRequiredDays === undefined ? [] : [remind]),
    ...(reminders.closeDate ? [closeDates] : []),
    ...(digestTime === undefined ? [] : [digest(digestTime)]),
  ];
}
