import type { Clock } from '../../clock.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import type { Store } from '../store.ts';
import type { Tellings } from '../telling/tellings.ts';
import type { InTurn } from '../turns.ts';
import { type DigestTime, digestDay } from './digest-time.ts';
import type { ReminderSettings } from './reminder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Milliseconds between two rounds. */
const REMIND_EVERY_MS = 60 * 60 * 1000;
const DIGEST_EVERY_MS = 60_000;

export interface Remind {
  /**
   * Reminds of what AWS hasn't decided, of what nobody has sent back to AWS, and of what should be closed by now and isn't
   * decided, if it is time.
   */
  remind(): Promise<boolean>;
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
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly reminders: ReminderSettings;
  /** When a digest is posted; undefined: never. */
  readonly digestTime: DigestTime | undefined;
  readonly newId: () => string;
  /** There is something to tell. */
  readonly wake: () => void;
}): Remind {
  const { store, tellings, inTurn, clock, catalog, reminders, digestTime, newId, wake } = dependencies;

  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms);

  return {
    async remind() {
      const { waitingDays, actionRequiredDays, closeDate } = reminders;
      if (waitingDays === undefined && actionRequiredDays === undefined && !closeDate) return false;
      return inTurn('remind', async ({ at }) => {
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
