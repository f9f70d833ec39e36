import type { Clock } from '../../clock.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import type { EachPage } from '../review/each-page.ts';
import type { Store } from '../store.ts';
import type { Tellings } from '../telling/tellings.ts';
import type { InTurn } from '../turns.ts';
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

export interface Remind {
  /** Reminds of what AWS hasn't decided, and of what nobody has sent back to AWS, if it is time. */
  remind(): Promise<boolean>;
  /** Reminds of what should be closed by now and isn't decided, if it is time; asks AWS with a list. */
  closeDates(): Promise<boolean>;
  /** Posts the weekly digest, if it is time. */
  digest(): Promise<boolean>;
}

/**
 * Makes the tellings that remind people. Each is made once: a restart, a second replica or a clock that jumps finds it
 * in the database. A setting that isn't set is off.
 */
export function createRemind(dependencies: {
  readonly store: Store;
  readonly tellings: Tellings;
  readonly inTurn: InTurn;
  readonly eachPage: EachPage;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly reminders: ReminderSettings;
  /** When a digest is posted; undefined: never. */
  readonly digestTime: DigestTime | undefined;
  readonly newId: () => string;
  /** There is something to tell. */
  readonly wake: () => void;
}): Remind {
  const { store, tellings, inTurn, eachPage, clock, catalog, reminders, digestTime, newId, wake } =
    dependencies;

  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms);

  return {
    async remind() {
      const { waitingDays, actionRequiredDays } = reminders;
      if (waitingDays === undefined && actionRequiredDays === undefined) return false;
      return inTurn('remind', async ({ at }) => {
        const since = (days: number) => ({ before: new Date(at.getTime() - days * DAY_MS) });
        let made = 0;
        if (waitingDays !== undefined) made += await store.remind(catalog, 'waiting', since(waitingDays), at);
        if (actionRequiredDays !== undefined) {
          made += await store.remind(catalog, 'action-required', since(actionRequiredDays), at);
        }
        if (made > 0) wake();
        return { succeeded: true, againAt: inMs(REMIND_EVERY_MS) };
      });
    },

    async closeDates() {
      if (!reminders.closeDate || !(await store.followsAnything(catalog))) return false;
      return inTurn('close-dates', async ({ at, keep }) => {
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
      });
    },

    async digest() {
      if (digestTime === undefined) return false;
      return inTurn('digest', async ({ at }) => {
        const day = digestDay(at, digestTime);
        if (day !== undefined && (await tellings.tellOnce(newId(), { kind: 'digest', day }, at))) wake();
        return { succeeded: true, againAt: inMs(DIGEST_EVERY_MS) };
      });
    },
  };
}
