import type { OpportunitySummary } from '../../aws/opportunity.ts';
import type { Catalog } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { LATE, within } from '../../clock.ts';
import type { DealList } from '../../opportunities/deals.ts';
import { type Spend, totalOf } from '../../opportunities/opportunity.ts';
import { knownOpportunities } from '../../opportunities/rows.ts';
import type { NotAllowed } from '../../permissions.ts';
import { explain, type NextStep } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import {
  type Board,
  boardOf,
  type Figures,
  figuresOf,
  type HomeFilter,
  type HomePartName,
  ofEachPart,
  type Placed,
  placedDeals,
} from './board.ts';
import type { OpenTab, Whose } from './tabs.ts';

/** What a person's home tab shows. */
export type HomeTab =
  | NotAllowed
  /** It hasn't been opened for a day: deals are not left lying about. */
  | { readonly type: 'resting' }
  /** Our own records couldn't be reached, or Slack refused what we made of them. */
  | { readonly type: 'unavailable' }
  | HomeShown;

export interface HomeShown {
  readonly type: 'home';
  readonly at: Date;
  readonly whose: Whose;
  readonly filter: HomeFilter;
  readonly catalog: Catalog;
  readonly parts: Readonly<Record<HomePartName, PartShown>>;
  readonly figures: Figures;
  /** How far AWS's list of all deals is known, and as of when; or why it isn't. */
  readonly list: Omit<Extract<DealList, { type: 'list' }>, 'deals'> | Exclude<DealList, { type: 'list' }>;
  /** Where the person asked for a submission last: the channel to offer for the next one's outcome. */
  readonly usualChannel: string | undefined;
}

/** A page of a part, from 0. */
export interface PartShown {
  readonly rows: readonly RowShown[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** What all its deals are worth together, and of how many that is known. */
  readonly spend: readonly Spend[];
  readonly counted: number;
}

export interface RowShown extends Placed {
  /** What stands for it. */
  readonly entry: Entry;
  readonly headline: string;
  /** The row's button. */
  readonly step: NextStep | 'submit';
}

/** Rows of a part: with five parts they are far within a view's hundred blocks. */
export const HOME_ROWS = 10;

/** What helps most in each part, the best first. */
const ROW_STEPS: Readonly<Record<Exclude<HomePartName, 'ready' | 'referred'>, readonly NextStep[]>> = {
  needs: ['fix', 'fix-and-submit', 'try-again', 'show-details'],
  waiting: ['let-go', 'check-status', 'cancel'],
  decided: ['show-details'],
};

/** The one button of a row. */
function rowStep({ part, record, review }: Placed, nextSteps: readonly NextStep[]): NextStep | 'submit' {
  if (part === 'referred') return 'partner-central';
  if (part === 'ready') return review.status === 'none' ? 'partner-central' : 'submit';
  const known = ROW_STEPS[part].find((step) => nextSteps.includes(step)) ?? 'show-details';
  // Where this bot has no record, only AWS's page can tell more.
  return record !== undefined || known === 'fix' ? known : 'partner-central';
}

/** What home tabs are made from. */
export type HomeBot = Pick<
  Bot,
  'store' | 'database' | 'deals' | 'dealChecks' | 'permissions' | 'clock' | 'catalog' | 'paused'
>;

/**
 * The tab as far as it is known within `ms` milliseconds, and whether that is all of it. Permission comes before anything
 * else. `age`: whether AWS is read anew, or what was read a while ago is good enough.
 */
export async function loadHome(
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
      rows: deals.map((deal) => rowOf(bot, deal, byId.get(deal.opportunityId), at)),
      page,
      pages: of,
      total: board[name].length,
      spend: totalOf(worth),
      counted: worth.length,
    };
  });
}

function rowOf(
  { catalog, paused }: Pick<HomeBot, 'catalog' | 'paused'>,
  deal: Placed,
  known: Entry | undefined,
  at: Date,
): RowShown {
  const entry: Entry = known ?? {
    state: 'elsewhere',
    // Without a record here, the button names the opportunity itself.
    id: deal.opportunityId,
    catalog,
    opportunityId: deal.opportunityId,
    nationalSecurity: false,
    requestedAt: at,
    reviewStatus: deal.review.shown,
    reviewReadAt: at,
    reviewChangedAt: undefined,
  };
  const { headline, nextSteps } = explain(entry, { catalog, paused, waitingBefore: 0 });
  return { ...deal, entry, headline, step: rowStep(deal, nextSteps) };
}
