import type { Clock } from '../../src/clock.ts';
import { textAt } from '../json.ts';
import type { AwsTeamMember, PartnerCentralStandIn, StoredOpportunity } from './stand-in.ts';

/** What AWS writes beside a review status: free text and a reason. */
export interface ReviewText {
  readonly comments: string | undefined;
  readonly reason: string | undefined;
}

/** What a reviewer plausibly writes: made up, since no recording has a comment or a reason in it. */
export function plausibleReviewText(status: string): ReviewText {
  switch (status) {
    case 'Action Required':
      return {
        comments:
          "Thank you for your submission. Please describe the customer's business problem in more detail: which workload moves to AWS, why now, and what your solution does for it. Please also confirm the customer's website.",
        reason: 'Project details need clarification',
      };
    case 'Rejected':
      return {
        comments:
          'We were unable to validate this opportunity: the customer is already working on this project with AWS directly, under an existing opportunity.',
        reason: 'Duplicate opportunity',
      };
    default:
      return { comments: undefined, reason: undefined };
  }
}

/** Whom AWS puts on a deal: one PDM in all recordings (2024-11 to 2026-02). */
export const plausibleTeam: readonly AwsTeamMember[] = [
  { FirstName: 'Imani', LastName: 'Fischer', Email: 'imani.fischer@aws.example', BusinessTitle: 'PDM' },
];

export interface ReviewTimes {
  /** From Submitted to In review, in milliseconds. */
  readonly inReviewAfterMs: number;
  /** From In review to a decision, in milliseconds. */
  readonly decideAfterMs: number;
  /** The decision; `plausibleDecision` where it isn't given. */
  readonly decide?: (stored: StoredOpportunity) => string;
}

/** Asks for more where the business problem is thin, approves the rest. */
function plausibleDecision(stored: StoredOpportunity): string {
  const problem = textAt(stored.opportunity, 'Project.CustomerBusinessProblem');
  return problem.length < 50 ? 'Action Required' : 'Approved';
}

/**
 * A reviewer who works by the clock: takes up what is Submitted, later decides what is In review. Steps that
 * somebody else has taken meanwhile are left alone. The answer sends the reviewer home.
 */
export function reviewByTimer(standIn: PartnerCentralStandIn, clock: Clock, times: ReviewTimes): () => void {
  const decide = times.decide ?? plausibleDecision;
  const planned = new Map<string, { readonly status: string; readonly cancel: () => void }>();

  const plan = (stored: StoredOpportunity) => {
    const key = `${stored.catalog}/${stored.opportunity.Id}`;
    const status = statusOf(stored);
    const before = planned.get(key);
    if (before?.status === status) return;
    before?.cancel();
    planned.delete(key);
    const waits = status === 'Submitted' ? times.inReviewAfterMs : times.decideAfterMs;
    if (status !== 'Submitted' && status !== 'In review') return;
    const cancel = clock.after(waits, () => {
      planned.delete(key);
      const current = standIn.opportunity(stored.catalog, stored.opportunity.Id);
      if (current === undefined || statusOf(current) !== status) return;
      standIn.review(
        stored.catalog,
        stored.opportunity.Id,
        status === 'Submitted' ? 'In review' : decide(current),
      );
    });
    planned.set(key, { status, cancel });
  };
  const planAll = () => {
    for (const stored of standIn.opportunities()) plan(stored);
  };

  planAll();
  const unsubscribe = standIn.onChange(planAll);
  return () => {
    unsubscribe();
    for (const { cancel } of planned.values()) cancel();
    planned.clear();
  };
}

function statusOf(stored: StoredOpportunity): string {
  return textAt(stored.opportunity, 'LifeCycle.ReviewStatus');
}
