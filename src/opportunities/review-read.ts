import { isNationalSecurity } from '../aws/national-security.ts';
import type { Opportunity, OpportunitySummary } from '../aws/opportunity.ts';
import { reviewStatus } from '../aws/review-status.ts';

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
