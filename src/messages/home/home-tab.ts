import type { Catalog } from '../../aws/terms.ts';
import type { Clock } from '../../clock.ts';
import { LATE, within } from '../../clock.ts';
import type { Candidate } from '../../opportunities/candidates.ts';
import { type DealSummary, dealOf, type Spend, totalOf } from '../../opportunities/candidates.ts';
import type { PartName } from '../../opportunities/opportunity.ts';
import { ACCEPTED_LATELY_MS, type PickList, type PickLists } from '../../opportunities/pick-list.ts';
import type { Summaries } from '../../opportunities/summaries.ts';
import type { NotAllowed, Permissions } from '../../permissions.ts';
import { explain, type NextStep } from '../../submissions/explain.ts';
import type { Store } from '../../submissions/store.ts';
import type { Entry } from '../../submissions/submission.ts';
import type { Home, Whose } from './homes.ts';

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
const DECIDED_LATELY_MS = 30 * 24 * 60 * 60 * 1000;

/** The one button of a row: what helps most where its record stands. */
function rowStep(part: PartName, nextSteps: readonly NextStep[]): NextStep {
  return ROW_STEPS[part].find((step) => nextSteps.includes(step)) ?? 'show-details';
}

const ROW_STEPS: Readonly<Record<PartName, readonly NextStep[]>> = {
  needs: ['fix', 'try-again', 'show-details'],
  waiting: ['let-go', 'check-status', 'cancel'],
  decided: ['show-details'],
};

export type HomeTabs = ReturnType<typeof createHomeTabs>;

/** Composes home tabs. Permission comes before anything else, as at every door. */
export function createHomeTabs(dependencies: {
  readonly store: Store;
  readonly lists: PickLists;
  readonly summaries: Summaries;
  readonly permissions: Permissions;
  readonly clock: Clock;
  readonly catalog: Catalog;
  /** Sending is switched off by the operator. */
  readonly paused: boolean;
}) {
  const { store, lists, summaries, permissions, clock, catalog, paused } = dependencies;

  const entriesOf = async (home: Home, part: PartName, at: Date): Promise<Paged<Entry>> => {
    const ask = (page: number) =>
      store.part(catalog, {
        part,
        userId: home.whose === 'mine' ? home.who.userId : undefined,
        offset: page * ROWS,
        limit: ROWS,
        ...(part === 'decided' ? { since: new Date(at.getTime() - DECIDED_LATELY_MS) } : {}),
      });
    const asked = await ask(home.pages[part]);
    // Fewer than when the person turned the page: the last one there is.
    const page = Math.min(home.pages[part], lastPage(asked.total));
    const { entries, total } = page === home.pages[part] ? asked : await ask(page);
    return { rows: entries, page, pages: lastPage(total) + 1, total };
  };

  const rowsOf = (part: PartName, { rows, ...paged }: Paged<Entry>): PartShown => {
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
  };

  const readyFor = async (home: Home, list: PickList, at: Date): Promise<ReadyShown> => {
    if (list.type === 'unavailable') return list;
    const taken = new Set(await store.onTheirWay(catalog, new Date(at.getTime() - ACCEPTED_LATELY_MS)));
    const all = list.candidates.filter(({ id }) => !taken.has(id));
    const page = Math.min(home.pages.ready, lastPage(all.length));
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
  };

  return {
    /**
     * The tab as far as it is known within `ms`, and whether that is all of it. Where the person doesn't wait for it
     * themselves (`home.asked`), what was read from AWS a while ago is as good.
     */
    async read(home: Home, ms: number): Promise<{ readonly tab: HomeTab; readonly complete: boolean }> {
      const permission = await permissions.ask(home.who, undefined);
      if (permission.allowed === 'unknown') return { tab: { type: 'permission-unknown' }, complete: false };
      if (!permission.allowed) return { tab: { type: 'not-permitted', why: permission.why }, complete: true };

      const at = clock.now();
      const age = home.asked ? 'new' : 'kept';
      const [usualChannel, needs, waiting, decided] = await Promise.all([
        store.lastChannelOf(catalog, home.who.userId),
        entriesOf(home, 'needs', at),
        entriesOf(home, 'waiting', at),
        entriesOf(home, 'decided', at),
      ]);
      const shown = [needs, waiting, decided].flatMap(({ rows }) => rows);
      const ids = shown.flatMap(({ nationalSecurity, opportunityId }) =>
        nationalSecurity ? [] : [opportunityId],
      );
      const [read, list] = await Promise.all([
        within(clock, ms, summaries.read(ids, age)),
        lists.read(ms, age),
      ]);
      const tab: HomeShown = {
        type: 'home',
        at,
        whose: home.whose,
        catalog,
        parts: {
          needs: rowsOf('needs', needs),
          waiting: rowsOf('waiting', waiting),
          decided: rowsOf('decided', decided),
        },
        ready: await readyFor(home, list, at),
        usualChannel,
        deals: read === LATE ? 'reading' : read ? 'read' : 'unreadable',
      };
      return { tab, complete: read === true && list.type === 'list' && list.reach !== 'so-far' };
    },
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
