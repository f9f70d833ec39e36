import type { Clock } from '../clock.ts';
import { LONGEST_HINT_MS, untilWritten } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import type { News, PrepareNews } from './news.ts';
import type { Place, Telling, Tellings } from './tellings.ts';

/** What came of telling it. */
export type Told =
  | {
      readonly type: 'told';
      readonly place: Place;
      readonly responseUrlUses: number;
      /** It stands elsewhere than it was meant to, and doesn't say so yet: it is told once more, there. */
      readonly again?: boolean;
      /** `shownBy` of what it shows there, for a message that is kept up to date. */
      readonly shown?: string;
    }
  /** Only the person is left to tell, and they were forgotten on request. */
  | { readonly type: 'nobody' }
  /** Slack lets nobody be reached, by any way there is: somebody has to change that. Kept, and tried again all the same. */
  | { readonly type: 'unreachable'; readonly error: string; readonly responseUrlUses: number }
  /** Nobody could be reached now. */
  | {
      readonly type: 'later';
      readonly error: string;
      readonly retryAfterMs: number | undefined;
      readonly responseUrlUses: number;
    };

/** What stands there needn't change: nothing went out. */
export interface Unchanged {
  readonly type: 'unchanged';
}

/** Milliseconds until a telling that waits for another one is looked at again: at first, and at the most. */
const WAIT_MS = 1000;
const WAIT_AT_MOST_MS = 30_000;
/** Milliseconds between two edits of a batch's message: Slack takes about 50 edits a minute, for all messages together. */
const BATCH_RESTS_MS = 3000;

/** How submissions reach people. */
export interface People {
  tell(news: News, telling: Telling): Promise<Told | Unchanged>;
}

export interface Teller {
  tell(telling: Telling): Promise<void>;
}

/** Tells a claimed telling, as its news are now, and notes where it went. */
export function createTeller(dependencies: {
  readonly prepare: PrepareNews;
  readonly tellings: Tellings;
  readonly people: People;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  readonly random: () => number;
  readonly onTold: (news: News, told: Told) => void;
}): Teller {
  const { prepare, tellings, people, clock, log, owner, random, onTold } = dependencies;

  const inMs = (ms: number): Date => new Date(clock.now().getTime() + ms);

  /** Channels that Slack has asked us to leave alone for a while, and until when (by the monotonic clock). */
  const busyUntil = new Map<string, number>();

  return {
    async tell(telling) {
      const postpone = (ms: number, error: string, responseUrlUses = telling.responseUrlUses) =>
        tellings.postpone(telling, owner, { dueAt: inMs(ms), error, responseUrlUses });
      const prepared = await prepare(telling);
      if (prepared.type === 'nothing') return tellings.drop(telling, owner);
      if (prepared.type === 'wait') {
        return postpone(Math.min(WAIT_AT_MOST_MS, WAIT_MS * 2 ** telling.tries), prepared.why);
      }
      const { channelId } = prepared;
      const busy = (busyUntil.get(channelId) ?? 0) - clock.monotonic();
      if (busy > 0) return postpone(busy, 'ratelimited');
      busyUntil.delete(channelId);
      const news = await prepared.read();
      const told = await people.tell(news, telling);
      if (told.type === 'unchanged') return tellings.leave(telling, owner);
      onTold(news, told);
      if (told.type === 'nobody') return tellings.drop(telling, owner);
      if (told.type === 'told') {
        const { place, responseUrlUses, again = false, shown } = told;
        const rest = telling.content.kind === 'batch' ? { restUntil: inMs(BATCH_RESTS_MS) } : {};
        // Lost, it would be posted a second time.
        return untilWritten(clock, () =>
          tellings.told(telling, owner, place, responseUrlUses, { ...rest, again, shown }),
        );
      }
      const retryAfterMs = told.type === 'later' ? told.retryAfterMs : undefined;
      const askedMs = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, LONGEST_HINT_MS);
      if (askedMs !== undefined) busyUntil.set(channelId, clock.monotonic() + askedMs);
      const line = { ...telling.content, error: told.error, tries: telling.tries + 1 };
      if (told.type === 'later') log.warn(line, 'a message could not be posted');
      else log.error(line, 'nobody could be told, by any way');
      const waitMs =
        askedMs ?? Math.max(500, random() * Math.min(LONGEST_HINT_MS, 1000 * 2 ** telling.tries));
      await postpone(waitMs, told.error, told.responseUrlUses);
    },
  };
}
