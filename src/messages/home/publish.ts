import type { OpportunitySummary } from '../../aws/opportunity.ts';
import type { Bot } from '../../bot.ts';
import { fromNow, LATE, within } from '../../clock.ts';
import { totalOf } from '../../opportunities/opportunity.ts';
import { knownOpportunities } from '../../opportunities/rows.ts';
import type { Who } from '../../permissions.ts';
import { webApiFailure } from '../../slack/refusals.ts';
import { OPEN_FOR_MS } from '../outbox.ts';
import type { Outgoing } from '../queue.ts';
import { type Board, boardOf, figuresOf, type HomePartName, ofEachPart, placedDeals } from './board.ts';
import { homeRowOf } from './rows.ts';
import { askForTab, type OpenTab, openTab, type TabAct } from './tabs.ts';
import { type HomeShown, type HomeTab, homeView } from './view.ts';

/** What publishes home tabs. */
export type PublishBot = HomeBot & Pick<Bot, 'database' | 'outbox' | 'slack' | 'dealPage' | 'log' | 'owner'>;

/** What came of showing a tab to its person. */
type Shown =
  /** `hash` names what is shown now. */
  | { readonly type: 'shown'; readonly hash: string }
  /** It has been replaced since. */
  | { readonly type: 'overtaken' }
  /** Slack doesn't show it to this person, or doesn't take it: trying again doesn't help. */
  | { readonly type: 'refused' }
  | { readonly type: 'later'; readonly retryAfterMs: number | undefined };

/** Milliseconds. Whoever opens the tab first sees what we know ourselves, and what AWS answers within this. */
const AT_ONCE_MS = 300;
/** Milliseconds after which the tab says that AWS hasn't answered. */
const AWS_WITHIN_MS = 8000;
/** A tab that changes by itself does so at most this often. */
const REST_MS = 5000;
/** A tab is looked over now and then: time passes in it, and who may see it can change. */
const AGAIN_MS = 30 * 60_000;
/** The same where something was missing from it. */
const AGAIN_INCOMPLETE_MS = 5 * 60_000;
const AGAIN_AFTER_FAILURE_MS = 10_000;

/** Errors of Slack's that say it is Slack's trouble, not the tab's or the person's. */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** A person asks for their home tab: it is published at once, and kept up to date for a day. */
export async function askForHome(
  bot: Pick<Bot, 'database' | 'permissions' | 'newId' | 'clock' | 'slack' | 'dealPage' | 'log' | 'wake'>,
  who: Who,
  act: TabAct,
): Promise<void> {
  try {
    await askForTab(bot, await bot.permissions.asOne(who), act, bot.clock.now());
    bot.wake();
  } catch (error) {
    bot.log.error({ error }, 'a home tab could not be noted');
    await show(bot, who, { type: 'unavailable' });
  }
}

/** Publishes a claimed tab as things are now: who may see it is asked anew. */
export async function publish(bot: PublishBot, message: Outgoing): Promise<void> {
  const { clock, database, outbox, owner } = bot;
  const open = await openTab(database.db, message.subject);
  if (open === undefined) return outbox.drop(message, owner);

  const showIfMine = async (tab: HomeTab, hash?: string): Promise<Shown> => {
    // While AWS was asked the person may have turned to something else, which is being published already.
    if (!(await outbox.holds(message, owner))) return { type: 'overtaken' };
    const shown = await show(bot, open.who, tab, hash);
    if (shown.type !== 'refused' || tab.type !== 'home') return shown;
    // Slack refused what we made of it: a smaller tab is better than one that never changes.
    return show(bot, open.who, { type: 'unavailable' });
  };
  /** `againMs`: in how many milliseconds it is due again, if it is shown; undefined: when something in it changes. */
  const done = (shown: Shown, tab: HomeTab, againMs: number | undefined): Promise<void> => {
    const askedMs = shown.type === 'later' ? shown.retryAfterMs : undefined;
    const inMs =
      shown.type === 'shown'
        ? againMs
        : shown.type === 'later'
          ? (askedMs ?? AGAIN_AFTER_FAILURE_MS)
          : undefined;
    return outbox.published(message, owner, {
      // Nor does anything new in it come before Slack takes it again.
      restUntil: fromNow(clock, Math.max(REST_MS, askedMs ?? 0)),
      againAt: inMs === undefined ? undefined : fromNow(clock, inMs),
      isEmpty: shown.type === 'shown' && tab.type === 'not-permitted',
    });
  };

  if (clock.now().getTime() - open.openedAt.getTime() > OPEN_FOR_MS) {
    const tab = { type: 'resting' } as const;
    return done(await showIfMine(tab), tab, undefined);
  }
  const { isAwaited } = message;
  // Where nobody waits, what was read from AWS a while ago is as good.
  const age = isAwaited ? 'new' : 'kept';
  let { tab, complete } = await loadHome(bot, open, { age, ms: isAwaited ? AT_ONCE_MS : AWS_WITHIN_MS });
  let shown = await showIfMine(tab);
  if (isAwaited && !complete && tab.type === 'home' && shown.type === 'shown') {
    ({ tab, complete } = await loadHome(bot, open, { age, ms: AWS_WITHIN_MS }));
    shown = await showIfMine(tab, shown.hash);
  }
  return done(shown, tab, complete ? AGAIN_MS : AGAIN_INCOMPLETE_MS);
}

/**
 * `views.publish`, with its failures as data. With `hash`, only over the view that has it. It needs no scope ("views.publish",
 * https://docs.slack.dev/reference/methods/views.publish).
 */
async function show(
  { slack, dealPage, log }: Pick<Bot, 'slack' | 'dealPage' | 'log'>,
  who: Who,
  tab: HomeTab,
  hash?: string,
): Promise<Shown> {
  try {
    // With the client that doesn't retry: a tab that failed is due again anyway.
    const { view } = await slack.posting.views.publish({
      user_id: who.userId,
      view: homeView(tab, dealPage),
      // An empty one conflicts with every view (observed: slack-go/slack#1462).
      ...(hash === undefined || hash === '' ? {} : { hash }),
    });
    return { type: 'shown', hash: view?.hash ?? '' };
  } catch (error) {
    const failure = webApiFailure(error);
    if (failure === undefined) throw error;
    if (failure.error === 'hash_conflict') return { type: 'overtaken' };
    log.warn(
      { error: failure.error },
      failure.error === 'not_enabled'
        ? 'the Slack app has no home tab: bring its manifest up to date, from manifest.yml'
        : 'a home tab could not be published',
    );
    if (failure.type === 'later') return failure;
    return PASSING.has(failure.error) ? { type: 'later', retryAfterMs: undefined } : { type: 'refused' };
  }
}

/** Rows of a part: with five parts they are far within a view's hundred blocks. */
export const HOME_ROWS = 10;

/** What home tabs are made from. */
type HomeBot = Pick<
  Bot,
  'store' | 'database' | 'deals' | 'dealChecks' | 'permissions' | 'clock' | 'catalog' | 'paused'
>;

/**
 * The tab as far as it is known within `ms` milliseconds, and whether that is all of it. Permission comes before anything
 * else. `age`: whether AWS is read anew, or what was read a while ago is good enough.
 */
async function loadHome(
  bot: HomeBot,
  open: OpenTab,
  { age, ms }: { readonly age: 'new' | 'kept'; readonly ms: number },
): Promise<{ readonly tab: HomeTab; readonly complete: boolean }> {
  const { store, database, deals, dealChecks, permissions, clock, catalog } = bot;
  const { who, whose, filter } = open;
  const permission = await permissions.ask(who, undefined);
  if (permission.type !== 'allowed') {
    return { tab: permission, complete: permission.type === 'not-permitted' };
  }

  const began = clock.monotonic();
  const [list, usualChannel, records] = await Promise.all([
    deals.read(ms, age),
    store.lastChannelOf(catalog, who.userId),
    knownOpportunities(database, catalog),
  ]);
  const known = list.type === 'list' ? list.deals : new Map<string, OpportunitySummary>();
  const userId = whose === 'mine' ? who.userId : undefined;
  const makeBoard = () => boardOf(placedDeals(records, known, dealChecks.known), { userId, filter });
  let board = makeBoard();
  const unchecked = pageOf(open, board, 'ready').deals.flatMap(({ check, summary }) =>
    check === undefined && summary !== undefined ? [summary] : [],
  );
  const checked =
    unchecked.length === 0 ||
    (await within(clock, ms - (clock.monotonic() - began), dealChecks.read(unchecked))) !== LATE;
  // Only now it is known which of them AWS referred: these are a part of their own.
  if (unchecked.length > 0) board = makeBoard();
  const at = clock.now();
  const tab: HomeShown = {
    type: 'home',
    at,
    whose,
    filter,
    catalog,
    parts: await partsOf(bot, open, board, at),
    figures: figuresOf(board.decided),
    list: list.type === 'list' ? { type: 'list', reach: list.reach, readAt: list.readAt } : list,
    usualChannel,
  };
  return { tab, complete: list.type === 'list' && list.reach === 'all' && checked };
}

function pageOf({ pages }: OpenTab, board: Board, name: HomePartName) {
  const last = Math.max(0, Math.ceil(board[name].length / HOME_ROWS) - 1);
  // There may be fewer than when the person turned to that page.
  const page = Math.min(pages[name], last);
  return { page, pages: last + 1, deals: board[name].slice(page * HOME_ROWS, (page + 1) * HOME_ROWS) };
}

async function partsOf(bot: HomeBot, open: OpenTab, board: Board, at: Date): Promise<HomeShown['parts']> {
  const paged = ofEachPart((name) => pageOf(open, board, name));
  const shown = Object.values(paged).flatMap(({ deals }) => deals);
  const entries = await bot.store.entriesAt(shown.flatMap(({ record }) => record?.recordId ?? []));
  const byId = new Map(entries.map((entry) => [entry.opportunityId, entry]));
  return ofEachPart((name) => {
    const { page, pages: of, deals } = paged[name];
    const worth = board[name].flatMap(({ deal }) =>
      deal === undefined || deal.expectedSpend.length === 0 ? [] : [deal],
    );
    return {
      rows: deals.map((deal) => homeRowOf(bot, deal, byId.get(deal.opportunityId), at)),
      page,
      pages: of,
      total: board[name].length,
      spend: totalOf(worth),
      counted: worth.length,
    };
  });
}
