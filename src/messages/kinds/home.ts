import type { Catalog } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { DAY_MS, LATE, within } from '../../clock.ts';
import type { PartName } from '../../opportunities/opportunity.ts';
import {
  ACCEPTED_LATELY_MS,
  type Candidate,
  type DealSummary,
  dealOf,
  type PickList,
  type Spend,
  totalOf,
} from '../../opportunities/pick-list.ts';
import type { NotAllowed } from '../../permissions.ts';
import { explain, type NextStep } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import type { OpenTab, Whose } from '../home-tabs.ts';

/** What a person's home tab shows. */
export type HomeTab =
  | NotAllowed
  /** It hasn't been opened for a day: nobody's deals lie about. */
  | { readonly type: 'resting' }
  /** Our own records couldn't be reached, or Slack refused what we made of them. */
  | { readonly type: 'unavailable' }
  | HomeShown;

export interface HomeShown {
  readonly type: 'home';
  readonly at: Date;
  readonly whose: Whose;
  readonly catalog: Catalog;
  readonly parts: Readonly<Record<PartName, PartShown>>;
  readonly ready: ReadyShown;
  /** Where the person asked for a submission last: the channel to offer for the next one's outcome. */
  readonly usualChannel: string | undefined;
  /** Whether AWS has said what customers and amounts the records are about. */
  readonly deals: 'read' | 'reading' | 'unreadable';
}

/** A page of something, from 0. */
export interface Paged<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

export interface PartShown extends Paged<RowShown> {
  /** What the rows' deals are worth together, as far as it was read. */
  readonly spend: readonly Spend[];
}

export interface RowShown {
  readonly entry: Entry;
  readonly headline: string;
  /** The row's button. */
  readonly step: NextStep;
  /** Undefined: not read. */
  readonly deal: DealSummary | undefined;
}

/** What can be submitted, the same for everybody: AWS doesn't know whose a deal is in Slack. */
export type ReadyShown =
  | (Paged<Candidate> & {
      readonly type: 'list';
      /** What they are worth together, on whatever page; `counted`: of how many it is known. */
      readonly spend: readonly Spend[];
      readonly counted: number;
      readonly reach: Extract<PickList, { type: 'list' }>['reach'];
      readonly readAt: Date | undefined;
    })
  | Extract<PickList, { type: 'unavailable' }>;

/** Three parts of records with as many rows each stay within one list of AWS's: 20 IDs. */
const ROWS = 6;
/** What was decided longer ago (milliseconds) is history: `list` and Partner Central have it. */
const DECIDED_LATELY_MS = 30 * DAY_MS;

/** The one button of a row: what helps most where its record stands. */
function rowStep(part: PartName, nextSteps: readonly NextStep[]): NextStep {
  return ROW_STEPS[part].find((step) => nextSteps.includes(step)) ?? 'show-details';
}

const ROW_STEPS: Readonly<Record<PartName, readonly NextStep[]>> = {
  needs: ['fix', 'try-again', 'show-details'],
  waiting: ['let-go', 'check-status', 'cancel'],
  decided: ['show-details'],
};

/** What home tabs are made from. */
export type HomeBot = Pick<
  Bot,
  'store' | 'lists' | 'summaries' | 'permissions' | 'clock' | 'catalog' | 'paused'
>;

/**
 * The tab as far as it is known within `ms`, and whether that is all of it. Permission comes before anything else, as
 * everywhere. `age`: of what is read from AWS.
 */
export async function loadHome(
  bot: HomeBot,
  open: OpenTab,
  { age, ms }: { readonly age: 'new' | 'kept'; readonly ms: number },
): Promise<{ readonly tab: HomeTab; readonly complete: boolean }> {
  const { store, lists, summaries, permissions, clock, catalog } = bot;
  const permission = await permissions.ask(open.who, undefined);
  if (permission.allowed === 'unknown') return { tab: { type: 'permission-unknown' }, complete: false };
  if (!permission.allowed) return { tab: { type: 'not-permitted', why: permission.why }, complete: true };

  const at = clock.now();
  const [usualChannel, needs, waiting, decided] = await Promise.all([
    store.lastChannelOf(catalog, open.who.userId),
    entriesOf(bot, open, 'needs', at),
    entriesOf(bot, open, 'waiting', at),
    entriesOf(bot, open, 'decided', at),
  ]);
  const shown = [needs, waiting, decided].flatMap(({ rows }) => rows);
  const ids = shown.flatMap(({ nationalSecurity, opportunityId }) =>
    nationalSecurity ? [] : [opportunityId],
  );
  const [read, list] = await Promise.all([within(clock, ms, summaries.read(ids, age)), lists.read(ms, age)]);
  const tab: HomeShown = {
    type: 'home',
    at,
    whose: open.whose,
    catalog,
    parts: {
      needs: rowsOf(bot, 'needs', needs),
      waiting: rowsOf(bot, 'waiting', waiting),
      decided: rowsOf(bot, 'decided', decided),
    },
    ready: await readyFor(bot, open, list, at),
    usualChannel,
    deals: read === LATE ? 'reading' : read ? 'read' : 'unreadable',
  };
  return { tab, complete: read === true && list.type === 'list' && list.reach !== 'so-far' };
}

async function entriesOf(
  { store, catalog }: HomeBot,
  { who, whose, pages }: OpenTab,
  part: PartName,
  at: Date,
): Promise<Paged<Entry>> {
  const ask = (page: number) =>
    store.part(catalog, {
      part,
      userId: whose === 'mine' ? who.userId : undefined,
      offset: page * ROWS,
      limit: ROWS,
      ...(part === 'decided' ? { since: new Date(at.getTime() - DECIDED_LATELY_MS) } : {}),
    });
  const asked = await ask(pages[part]);
  // Fewer than when the person turned the page: the last one there is.
  const page = Math.min(pages[part], lastPage(asked.total));
  const { entries, total } = page === pages[part] ? asked : await ask(page);
  return { rows: entries, page, pages: lastPage(total) + 1, total };
}

function rowsOf(
  { summaries, catalog, paused }: HomeBot,
  part: PartName,
  { rows, ...paged }: Paged<Entry>,
): PartShown {
  const known = summaries.known(rows.map(({ opportunityId }) => opportunityId));
  const shown = rows.map((entry): RowShown => {
    const { headline, nextSteps } = explain(entry, { catalog, paused, waitingBefore: 0 });
    return {
      entry,
      headline,
      step: rowStep(part, nextSteps),
      deal: dealFor(entry, known.get(entry.opportunityId)),
    };
  });
  return { ...paged, rows: shown, spend: totalOf(shown.flatMap(({ deal }) => deal ?? [])) };
}

async function readyFor(
  { store, catalog }: HomeBot,
  { pages }: OpenTab,
  list: PickList,
  at: Date,
): Promise<ReadyShown> {
  if (list.type === 'unavailable') return list;
  const taken = new Set(await store.onTheirWay(catalog, new Date(at.getTime() - ACCEPTED_LATELY_MS)));
  const all = list.candidates.filter(({ id }) => !taken.has(id));
  const page = Math.min(pages.ready, lastPage(all.length));
  return {
    type: 'list',
    rows: all.slice(page * ROWS, (page + 1) * ROWS),
    page,
    pages: lastPage(all.length) + 1,
    total: all.length,
    spend: totalOf(all.map(({ deal }) => deal)),
    counted: all.filter(({ deal }) => deal.expectedSpend.length > 0).length,
    reach: list.reach,
    readAt: list.readAt,
  };
}

const lastPage = (total: number): number => Math.max(0, Math.ceil(total / ROWS) - 1);

/** Of a deal that AWS has from here, its record knows whether it is National Security; of any other it may have become so. */
function dealFor(entry: Entry, summary: Parameters<typeof dealOf>[0] | undefined): DealSummary | undefined {
  if (entry.nationalSecurity || summary === undefined) return undefined;
  const { state, userId } = entry;
  const isKnown =
    state === 'submitted' || state === 'already_submitted' || (state === 'elsewhere' && userId !== undefined);
  return dealOf(summary, { isKnown });
}
