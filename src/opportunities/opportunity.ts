import type { Selectable } from 'kysely';
import type { Opportunity, OpportunitySummary } from '../aws/opportunity.ts';
import {
  type Catalog,
  isDecision,
  isNationalSecurity,
  isWithAws,
  type ReviewStatusName,
  reviewStatus,
} from '../aws/terms.ts';
import type { OpportunityTable } from '../database/schema.ts';

/** AWS's review of an opportunity, as last read. */
export interface Review {
  /** One that isn't known is in AWS's own spelling. Undefined: nothing was read that still holds. */
  readonly reviewStatus: string | undefined;
  readonly reviewReadAt: Date | undefined;
  /** When it became this one; undefined: before this bot looked. */
  readonly reviewChangedAt: Date | undefined;
}

/** Who works on an opportunity here, and where. */
export interface Owner {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  /** The thread there; undefined: in the channel itself. */
  readonly threadTs: string | undefined;
}

/** An opportunity that no request of ours stands for: it was submitted elsewhere, nobody here knows by whom. */
export interface Elsewhere extends Review, Partial<Owner> {
  readonly state: 'elsewhere';
  /** Its row's. */
  readonly id: string;
  readonly catalog: Catalog;
  readonly opportunityId: string;
  /** As far as is known: no list says it. */
  readonly nationalSecurity: boolean;
  /** When somebody took it on here, else when it was first seen. */
  readonly requestedAt: Date;
}

/** The same with somebody who works on it here. */
export type TakenOn = Elsewhere & Owner;

export const isTakenOn = (entry: Elsewhere): entry is TakenOn => entry.userId !== undefined;

/** The parts of the home tab and of `status`, by what they ask of a person. What is `settled` is in none. */
export type PartName = 'needs' | 'waiting' | 'decided';
export const PARTS = ['needs', 'waiting', 'decided', 'settled'] as const;
export type Part = (typeof PARTS)[number];

/**
 * What a request of ours means for its opportunity: AWS may get it, hasn't shown it, may have it though nobody waits for
 * that any more, has it, or won't get it.
 */
export type Standing = 'open' | 'not-seen' | 'let-go' | 'at-aws' | 'failed' | 'cancelled';

/** A request of ours, as far as it matters for its opportunity. Moments are ISO 8601 texts. */
export interface RequestOf {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  readonly standing: Standing;
  readonly requestedAt: string;
  readonly changedAt: string;
}

type Row = Selectable<OpportunityTable>;

/** What is known of an opportunity besides the requests. */
type Known = Pick<Row, 'seen_at' | 'review_status' | 'review_changed_at' | 'owner_user_id' | 'owned_at'>;

/** Where an opportunity is shown, whose it is, and since when. */
type Place = Pick<Row, 'submission_id' | 'user_id' | 'since' | 'decided_at'> & { readonly part: Part };

/** Where an opportunity belongs, by its requests (newest first) and what is known of it. */
export function placeOf(requests: readonly RequestOf[], known: Known): Place {
  const request = requestThatCounts(requests, known);
  const part = partOf(request, known);
  return {
    submission_id: request?.id ?? null,
    user_id: request?.userId ?? known.owner_user_id,
    part,
    since: request?.requestedAt ?? known.owned_at ?? known.seen_at,
    decided_at: part === 'decided' ? (known.review_changed_at ?? request?.changedAt ?? known.owned_at) : null,
  };
}

/**
 * Which request stands for an opportunity: the newest; where that came to nothing, the one that AWS has, since the review is
 * of that one. Of a deal that AWS has moved back to *Pending Submission* it is the newest in any case. Undefined: it was
 * submitted elsewhere, as where AWS has had it only since the newest came to nothing.
 */
function requestThatCounts(requests: readonly RequestOf[], known: Known): RequestOf | undefined {
  const [newest] = requests;
  if (newest === undefined || !cameToNothing(newest)) return newest;
  if (statusOf(known) === 'Pending Submission') return newest;
  const since = isReviewed(known.review_status) && (known.review_changed_at ?? '') > newest.changedAt;
  return requestAtAws(requests) ?? (since || known.owner_user_id !== null ? undefined : newest);
}

/** AWS won't get it from this request any more. */
export const cameToNothing = ({ standing }: RequestOf): boolean =>
  standing === 'failed' || standing === 'cancelled';

/** The newest request that AWS has, as far as is known. */
export const requestAtAws = (requests: readonly RequestOf[]): RequestOf | undefined =>
  requests.find(({ standing }) => standing === 'at-aws');

function partOf(request: RequestOf | undefined, known: Known): Part {
  switch (request?.standing) {
    case 'open':
      return 'waiting';
    case 'not-seen':
    case 'failed':
      return 'needs';
    case 'cancelled':
    case 'let-go':
      return 'settled';
    case 'at-aws':
    case undefined:
      return partAtAws(known, request !== undefined || known.owner_user_id !== null);
  }
}

function partAtAws(known: Known, isSomebodys: boolean): Part {
  const status = statusOf(known);
  if (status === 'Approved' || status === 'Rejected') return 'decided';
  if (status !== undefined && isDecision(status)) return 'needs';
  // Not submitted, as far as AWS says.
  return isSomebodys || isReviewed(known.review_status) ? 'waiting' : 'settled';
}

const statusOf = ({ review_status }: Known): ReviewStatusName | undefined =>
  review_status === null ? undefined : reviewStatus(review_status).status;

/** Whether AWS's status shows that an opportunity was submitted, by whomever. One that is null shows nothing. */
export function isReviewed(shown: string | null | undefined): boolean {
  const { status } = reviewStatus(shown ?? undefined);
  return status !== 'Pending Submission' && status !== 'none';
}

/** The same, for certain: an unknown status proves nothing. */
export function hasBeenWithAws(shown: string | undefined): boolean {
  const { status } = reviewStatus(shown);
  return isWithAws(status) || status === 'Action Required';
}

/** What a read said of an opportunity, as far as it is kept. */
export interface ReviewRead {
  readonly opportunityId: string;
  /** Undefined: there was no `LifeCycle`, which AWS always answers, and nothing is known from it. */
  readonly status: string | undefined;
  /** AWS's, of what was read. */
  readonly lastModifiedDate: string | undefined;
  readonly stage: string | undefined;
  readonly targetCloseDate: string | undefined;
  /** Undefined: a list, which doesn't say. */
  readonly nationalSecurity: boolean | undefined;
}

/** How AWS's review was read, and for whom it is news. */
export interface Reading {
  /** When the read began. */
  readonly at: Date;
  /** What it shows may be as old as that; undefined: as `at`. */
  readonly asOf?: Date | undefined;
  /** AWS's, where it was a read of one opportunity. */
  readonly requestId?: string | undefined;
  /** A Slack user ID, or `bot`, or `aws`. */
  readonly actor: string;
  /**
   * Of what nobody here asked for or works on: `leave` writes down only what is known already, `note` all, and `tell`
   * makes decisions news besides.
   */
  readonly elsewhere: 'leave' | 'note' | 'tell';
}

/** What the opportunity itself says. */
export const reviewIn = (deal: Opportunity): ReviewRead => ({
  ...reviewListed(deal),
  nationalSecurity: isNationalSecurity(deal),
});

/** What its entry in a list says. */
export const reviewListed = ({
  Id,
  LastModifiedDate,
  LifeCycle,
}: Pick<OpportunitySummary | Opportunity, 'Id' | 'LastModifiedDate' | 'LifeCycle'>): ReviewRead => ({
  opportunityId: Id,
  status: LifeCycle && reviewStatus(LifeCycle.ReviewStatus).shown,
  lastModifiedDate: LastModifiedDate,
  stage: LifeCycle?.Stage,
  targetCloseDate: LifeCycle?.TargetCloseDate,
  nationalSecurity: undefined,
});

/** Whether a read shows an older state of the opportunity than the one that is known. `readAt`: as of when. */
export function isOlder(
  read: { readonly modifiedAt: string | undefined; readonly readAt: string },
  known: Pick<Row, 'review_modified_at' | 'review_read_at'>,
): boolean {
  if (read.modifiedAt !== undefined && known.review_modified_at !== null) {
    if (read.modifiedAt !== known.review_modified_at) return read.modifiedAt < known.review_modified_at;
  }
  // A review may leave LastModifiedDate alone: then it counts which read began later.
  return known.review_read_at !== null && read.readAt < known.review_read_at;
}

/** A moment of AWS's in the form in which text order is time order; undefined where it isn't one. */
export function momentText(moment: string | undefined): string | undefined {
  const at = Date.parse(moment ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** AWS takes no submission of such a deal. */
export const isLost = (stage: string | undefined): boolean => stage?.trim().toLowerCase() === 'closed lost';

/** What of a deal a person may read in a line, as AWS wrote it. */
export interface DealSummary {
  readonly companyName: string | undefined;
  readonly expectedSpend: readonly Spend[];
}

/** `amount` is a decimal number as text. */
export interface Spend {
  readonly amount: string;
  readonly currency: string | undefined;
  /** Such as `Monthly`. */
  readonly frequency: string | undefined;
}

/**
 * The list doesn't say which deals are National Security, and AWS takes such deals from the industry Government only:
 * where nobody knows better, a deal of that industry shows nothing but its ID.
 */
export const mayBeSecret = ({ Customer }: OpportunitySummary): boolean =>
  Customer?.Account?.Industry?.trim().toLowerCase() === 'government';

/** Of an entry of AWS's list, of a deal that isn't National Security. */
export const dealIn = ({ Customer, Project }: OpportunitySummary): DealSummary => ({
  companyName: Customer?.Account?.CompanyName,
  expectedSpend: (Project?.ExpectedCustomerSpend ?? []).flatMap(({ Amount, CurrencyCode, Frequency }) =>
    Amount === undefined ? [] : [{ amount: Amount, currency: CurrencyCode, frequency: Frequency }],
  ),
});

/** Amounts of several deals added up, one for each currency and frequency, in the order in which they turn up. */
export function totalOf(deals: readonly DealSummary[]): readonly Spend[] {
  const totals = new Map<string, { readonly spend: Spend; readonly sum: number }>();
  for (const spend of deals.flatMap(({ expectedSpend }) => expectedSpend)) {
    const amount = Number(spend.amount);
    if (spend.amount.trim() === '' || !Number.isFinite(amount)) continue;
    const key = JSON.stringify([spend.currency, spend.frequency?.toLowerCase()]);
    totals.set(key, { spend, sum: (totals.get(key)?.sum ?? 0) + amount });
  }
  return [...totals.values()].map(({ spend, sum }) => ({ ...spend, amount: sum.toFixed(2) }));
}
