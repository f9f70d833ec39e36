import type { Clock } from '../../clock.ts';
import type { Logger } from '../../observability/log.ts';
import type { Who } from '../../permissions.ts';
import type { Taken } from '../../worker/poller.ts';
import { OPEN_FOR_MS } from '../outbox.ts';
import type { HomeTab, HomeTabs } from './home-tab.ts';
import type { Home, Homes, Turn } from './homes.ts';

/** What came of showing a tab to its person. */
export type Shown =
  /** `hash` names what is shown now. */
  | { readonly type: 'shown'; readonly hash: string }
  /** It has been replaced since. */
  | { readonly type: 'overtaken' }
  /** Not to this person, or not this: trying again doesn't help. */
  | { readonly type: 'refused'; readonly error: string }
  | { readonly type: 'later'; readonly error: string; readonly retryAfterMs: number | undefined };

/** How a home tab reaches its person. Answers failures as data. */
export interface HomeDisplay {
  /** With `hash`, only in the place of what has it. */
  show(who: Who, tab: HomeTab, hash?: string): Promise<Shown>;
}

/** Milliseconds. Whoever opens the tab sees what we know ourselves, and what AWS answers within this. */
const AT_ONCE_MS = 300;
/** What AWS hasn't answered by then is shown as not answered. */
const AWS_WITHIN_MS = 8000;
/** A tab that changes by itself does so at most this often. */
const REST_MS = 3000;
/** A tab is looked over now and then: time passes in it, and who may see it can change. */
const AGAIN_MS = 30 * 60_000;
/** The same where something was missing from it. */
const AGAIN_INCOMPLETE_MS = 5 * 60_000;
const AGAIN_AFTER_FAILURE_MS = 10_000;
/** Whose records somebody chose to see is kept for as long. */
const FORGET_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/** People's home tabs: published when they are opened and when something in them changes, by one replica at a time. */
export function createHome(dependencies: {
  readonly homes: Homes;
  readonly tabs: HomeTabs;
  readonly display: HomeDisplay;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  /** Tells the worker that there is something to do. */
  readonly wake: () => void;
}) {
  const { homes, tabs, display, clock, log, owner, wake } = dependencies;
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

  const noteAnd = async (who: Who, note: Promise<void>): Promise<void> => {
    try {
      await note;
      wake();
    } catch (error) {
      log.error({ error }, 'a home tab could not be noted');
      await display.show(who, { type: 'unavailable' });
    }
  };

  const show = async (home: Home, tab: HomeTab, hash?: string): Promise<Shown> => {
    // The person may have turned to something else while AWS was asked, and another one is at that already.
    if (!(await homes.holds(home, owner))) return { type: 'overtaken' };
    const shown = await display.show(home.who, tab, hash);
    if (shown.type !== 'refused' || tab.type !== 'home') return shown;
    // Slack refused what we made of it: a smaller tab is better than one that never changes.
    return display.show(home.who, { type: 'unavailable' });
  };

  /** Shows a tab as it is now; answers how often it is to be looked over from now on, undefined: no more. */
  const publish = async (
    home: Home,
  ): Promise<{ readonly shown: Shown; readonly againMs: number | undefined }> => {
    if (clock.now().getTime() - home.openedAt.getTime() > OPEN_FOR_MS) {
      return { shown: await show(home, { type: 'resting' }), againMs: undefined };
    }
    let { tab, complete } = await tabs.read(home, home.asked ? AT_ONCE_MS : AWS_WITHIN_MS);
    let shown = await show(home, tab);
    if (home.asked && !complete && tab.type === 'home' && shown.type === 'shown') {
      ({ tab, complete } = await tabs.read(home, AWS_WITHIN_MS));
      shown = await show(home, tab, shown.hash);
    }
    return { shown, againMs: complete ? AGAIN_MS : AGAIN_INCOMPLETE_MS };
  };

  /** In how many milliseconds a tab is due again; undefined: when it is opened, or something in it changes. */
  const nextAfter = ({ shown, againMs }: Awaited<ReturnType<typeof publish>>): number | undefined => {
    switch (shown.type) {
      case 'shown':
        return againMs;
      case 'refused':
      case 'overtaken':
        return undefined;
      case 'later':
        return shown.retryAfterMs ?? AGAIN_AFTER_FAILURE_MS;
    }
  };

  return {
    opened: (who: Who): Promise<void> => noteAnd(who, homes.opened(who, clock.now())),
    turned: (who: Who, turn: Turn): Promise<void> => noteAnd(who, homes.turned(who, turn, clock.now())),

    /** The tab of a person, or everybody's, is published anew where it was opened lately: who may see it can have changed. */
    async lookOver(userId?: string): Promise<void> {
      await homes.lookOver(inMs(-OPEN_FOR_MS), clock.now(), userId);
      wake();
    },

    watch: homes.watch,

    /** Takes a tab that is due, to be published. */
    async take(): Promise<Taken | undefined> {
      const home = await homes.claim({ owner, at: clock.now() });
      if (home === undefined) return undefined;
      return {
        id: home.who.userId,
        work: async () => {
          const againMs = nextAfter(await publish(home));
          await homes.done(home, owner, {
            restUntil: inMs(REST_MS),
            againAt: againMs === undefined ? undefined : inMs(againMs),
          });
        },
      };
    },

    forget: (): Promise<void> => homes.forgetHomes(new Date(clock.now().getTime() - FORGET_AFTER_MS)),
  };
}
