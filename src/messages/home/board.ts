import type { OpportunitySummary } from '../../aws/opportunity.ts';
import {
  type REVIEW_STATUSES,
  type ReviewStatus,
  type ReviewStatusName,
  reviewStatus,
} from '../../aws/terms.ts';
import { DAY_MS } from '../../clock.ts';
import type { DealCheck } from '../../opportunities/deals.ts';
import { type DealSummary, dealIn, isLost, mayBeSecret } from '../../opportunities/opportunity.ts';
import type { KnownOpportunity } from '../../opportunities/rows.ts';

/** The parts of the home tab, in the order in which they are shown. */
export const HOME_PARTS = ['needs', 'waiting', 'ready', 'referred', 'decided'] as const;
export type HomePartName = (typeof HOME_PARTS)[number];

/** Something of each part. */
export const ofEachPart = <T>(of: (part: HomePartName) => T): Readonly<Record<HomePartName, T>> => ({
  needs: of('needs'),
  waiting: of('waiting'),
  ready: of('ready'),
  referred: of('referred'),
  decided: of('decided'),
});

/** What the tab can be sorted by. By itself, what waits the longest comes first, and of the rest the latest. */
export const HOME_SORTS = ['spend', 'close-date'] as const;

/** Which deals a tab shows, and in what order. It holds IDs and AWS's own words, nothing of a deal. */
export interface HomeFilter {
  /** This one alone. */
  readonly opportunityId?: string | undefined;
  /** Who asked for it or took it on. */
  readonly owner?: string | undefined;
  readonly status?: (typeof REVIEW_STATUSES)[number] | undefined;
  readonly stage?: string | undefined;
  readonly sort?: (typeof HOME_SORTS)[number] | undefined;
}

/** A deal of the partner, where the home tab shows it. */
export interface Placed {
  readonly opportunityId: string;
  readonly part: HomePartName;
  /** Undefined: this bot has no record of it. */
  readonly record: KnownOpportunity | undefined;
  readonly review: ReviewStatus;
  readonly stage: string | undefined;
  readonly targetCloseDate: string | undefined;
  /** Undefined: AWS's list hasn't told of it, or nothing but its ID may be said of it. */
  readonly deal: DealSummary | undefined;
  /** What was looked up of a deal that isn't submitted; undefined: nothing yet. */
  readonly check: DealCheck | undefined;
  /** AWS's list's entry; undefined: the list hasn't told of it. */
  readonly summary: OpportunitySummary | undefined;
}

/** The parts of the tab, each whole, in the order that is asked for. */
export type Board = Readonly<Record<HomePartName, readonly Placed[]>>;

/**
 * Puts every known deal into its one part of the tab: by our record where that says it, else by AWS's status. What was lost
 * before anybody submitted it is in none.
 */
export function placedDeals(
  records: readonly KnownOpportunity[],
  deals: ReadonlyMap<string, OpportunitySummary>,
  checkOf: (summary: OpportunitySummary) => DealCheck | undefined,
): readonly Placed[] {
  const recorded = new Set(records.map(({ opportunityId }) => opportunityId));
  // Ten thousand deals have a handful of statuses: each is read once.
  const known = new Map<string | undefined, ReviewStatus>();
  const reviewOf = (shown: string | undefined): ReviewStatus => {
    const review = known.get(shown) ?? reviewStatus(shown);
    known.set(shown, review);
    return review;
  };
  return [
    ...records.flatMap((record) => {
      const summary = deals.get(record.opportunityId);
      return placed(record.opportunityId, { record, summary, check: summary && checkOf(summary) }, reviewOf);
    }),
    ...[...deals.values()].flatMap((summary) =>
      recorded.has(summary.Id)
        ? []
        : placed(summary.Id, { record: undefined, summary, check: checkOf(summary) }, reviewOf),
    ),
  ];
}

function placed(
  opportunityId: string,
  { record, summary, check }: Pick<Placed, 'record' | 'summary' | 'check'>,
  reviewOf: (shown: string | undefined) => ReviewStatus,
): readonly Placed[] {
  const listed = reviewOf(summary?.LifeCycle?.ReviewStatus);
  const kept = record?.reviewStatus === undefined ? undefined : reviewOf(record.reviewStatus);
  const stage = summary?.LifeCycle?.Stage ?? record?.stage;
  const isKept = record !== undefined && record.part !== 'settled';
  const listedIn = isKept ? record.part : summary === undefined ? undefined : partAtAws(listed, stage);
  if (listedIn === undefined) return [];
  const part = listedIn === 'ready' && check?.isReferral === true ? 'referred' : listedIn;
  const deal = dealFor({ record, summary, check }, kept);
  const isSecret = summary !== undefined && deal === undefined;
  return [
    {
      opportunityId,
      part,
      record,
      review: isKept ? (kept ?? listed) : listed,
      stage: isSecret ? undefined : stage,
      targetCloseDate: isSecret
        ? undefined
        : (summary?.LifeCycle?.TargetCloseDate ?? record?.targetCloseDate),
      deal,
      check,
      summary,
    },
  ];
}

const PART_AT_AWS: Readonly<Record<ReviewStatusName, HomePartName>> = {
  'Action Required': 'needs',
  Approved: 'decided',
  Rejected: 'decided',
  Submitted: 'waiting',
  'In review': 'waiting',
  unknown: 'waiting',
  'Pending Submission': 'ready',
  none: 'ready',
};

/** By AWS's status; undefined: it was lost before anybody submitted it. */
function partAtAws({ status }: ReviewStatus, stage: string | undefined): HomePartName | undefined {
  const part = PART_AT_AWS[status];
  return part === 'ready' && isLost(stage) ? undefined : part;
}

/**
 * What may be said of a deal: nothing where it is, or may be, a National Security deal. Of a deal that AWS has from here the
 * record knows that; any other may be one, or have become one.
 */
function dealFor(
  { record, summary, check }: Pick<Placed, 'record' | 'summary' | 'check'>,
  kept: ReviewStatus | undefined,
): DealSummary | undefined {
  if (summary === undefined || record?.nationalSecurity === true || check?.nationalSecurity === true)
    return undefined;
  const isAtAws = kept !== undefined && kept.status !== 'Pending Submission' && kept.status !== 'none';
  const isKnown = check !== undefined || (record?.userId !== undefined && isAtAws);
  return isKnown || !mayBeSecret(summary) ? dealIn(summary) : undefined;
}

/**
 * The parts, filtered and sorted. `userId`: only that person's, and what needs somebody and is nobody's; undefined:
 * everybody's. What isn't submitted is the same for everybody: AWS doesn't say whose it is.
 */
export function boardOf(
  placed: readonly Placed[],
  { userId, filter }: { readonly userId: string | undefined; readonly filter: HomeFilter },
): Board {
  const { opportunityId, owner, status, stage } = filter;
  const isShown = (each: Placed): boolean => {
    const whose = each.record?.userId;
    if (opportunityId !== undefined) return each.opportunityId === opportunityId;
    if (owner !== undefined && whose !== owner) return false;
    if (status !== undefined && each.review.status !== status) return false;
    if (stage !== undefined && each.stage !== stage) return false;
    return (
      owner !== undefined ||
      userId === undefined ||
      whose === userId ||
      each.part === 'ready' ||
      each.part === 'referred' ||
      (each.part === 'needs' && whose === undefined)
    );
  };
  const shown = placed.filter(isShown);
  return ofEachPart((part) =>
    sorted(
      shown.filter((each) => each.part === part),
      filter.sort,
    ),
  );
}

/** The keys are made once: ten thousand deals are compared a hundred thousand times. */
function sorted(deals: readonly Placed[], by: HomeFilter['sort']): readonly Placed[] {
  return deals
    .map((deal) => ({ deal, key: keyOf(deal, by), id: deal.opportunityId }))
    .sort((one, other) => compare(one.key, other.key) || compare(one.id, other.id))
    .map(({ deal }) => deal);
}

const compare = <Key extends string | number>(one: Key, other: Key): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** Last of all, whatever the others are. */
const LAST = '￿';

/** Texts or numbers that sort upwards; of one part all are of one kind. */
function keyOf(deal: Placed, by: HomeFilter['sort']): string | number {
  switch (by) {
    case 'spend':
      return -spendOf(deal);
    case 'close-date':
      return deal.targetCloseDate ?? LAST;
    case undefined: {
      const { record, part } = deal;
      // What waits: the longest first. The rest: the latest first.
      if (part === 'waiting') return record?.since ?? '';
      if (part === 'ready' || part === 'referred') return -Date.parse(deal.summary?.LastModifiedDate ?? '');
      const at = part === 'decided' ? record?.decidedAt : (record?.reviewChangedAt ?? record?.since);
      return -(at === undefined ? 0 : Date.parse(at));
    }
  }
}

/** As numbers, whatever the currency: only AWS knows its rates. */
const spendOf = ({ deal }: Placed): number =>
  (deal?.expectedSpend ?? []).reduce((sum, { amount }) => sum + (Number(amount) || 0), 0);

/** How AWS decided. */
export interface Figures {
  readonly approved: number;
  readonly rejected: number;
  /** Of what was submitted from here. */
  readonly ours: { readonly approved: number; readonly decided: number };
  /** Days from such a submission to AWS's decision: the median, and of how many; undefined: of none. */
  readonly days: { readonly median: number; readonly of: number } | undefined;
}

export function figuresOf(decided: readonly Placed[]): Figures {
  const ours = decided.filter(({ record }) => record?.isOurs);
  const days = ours
    .flatMap(({ record }) =>
      record?.reviewChangedAt === undefined
        ? []
        : [(Date.parse(record.reviewChangedAt) - Date.parse(record.since)) / DAY_MS],
    )
    // What was decided before it was asked for here was somebody else's.
    .filter((each) => each >= 0)
    .sort((one, other) => one - other);
  const [low, high] = [days[Math.floor((days.length - 1) / 2)], days[Math.floor(days.length / 2)]];
  return {
    approved: countOf(decided, 'Approved'),
    rejected: countOf(decided, 'Rejected'),
    ours: { approved: countOf(ours, 'Approved'), decided: ours.length },
    days: low === undefined || high === undefined ? undefined : { median: (low + high) / 2, of: days.length },
  };
}

const countOf = (deals: readonly Placed[], name: ReviewStatus['status']): number =>
  deals.filter(({ review }) => review.status === name).length;
