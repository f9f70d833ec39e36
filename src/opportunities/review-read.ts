import type { Opportunity, OpportunitySummary } from '../aws/opportunity.ts';
import { isNationalSecurity } from '../aws/readable.ts';
import { reviewStatus } from '../aws/terms.ts';

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

/** Of the opportunity itself. */
export const reviewIn = (deal: Opportunity): ReviewRead => ({
  ...reviewListed(deal),
  nationalSecurity: isNationalSecurity(deal),
});

/** Of its entry in a list. */
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

/** AWS's lists may lag behind GetOpportunity by so much (milliseconds). */
export const LISTS_LAG_MS = 5 * 60_000;

/** A read of AWS: when it began, and how it is known there. */
export interface ReadAt {
  readonly at: Date;
  /** What it shows may be as old as that; as `at` where it isn't given. */
  readonly asOf?: Date | undefined;
  /** AWS's, where it was a read of one opportunity. */
  readonly requestId?: string | undefined;
}

/** A list's page that was asked for at this moment. */
export const listed = (at: Date): ReadAt => ({ at, asOf: new Date(at.getTime() - LISTS_LAG_MS) });

/** Whether a read shows an older state of the opportunity than the one that is known. `readAt`: as of when. */
export function isOlder(
  read: { readonly modifiedAt: string | undefined; readonly readAt: string },
  known: { readonly review_modified_at: string | null; readonly review_read_at: string | null },
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

/** A read of AWS's review, and for whom it is news. */
export interface Reading extends ReadAt {
  /** A Slack user ID, or `bot`, or `aws`. */
  readonly actor: string;
  /** Of what nobody here asked for or works on: `leave` writes down only what is known, `tell` makes decisions news. */
  readonly elsewhere: 'leave' | 'note' | 'tell';
}
