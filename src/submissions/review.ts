import type { Clock } from '../clock.ts';
import type { PartnerCentralError } from '../partner-central/errors.ts';
import type { PartnerCentral } from '../partner-central/operations.ts';
import type { Opportunity } from '../partner-central/opportunity.ts';
import { type ReviewStatus, reviewStatus } from '../partner-central/review-status.ts';
import type { Permissions, Refusal, Who } from './permissions.ts';
import type { Store } from './store.ts';
import type { Submission } from './submission.ts';

/** What a person gets who asks for a submission's state or its details. */
export type Asked =
  | {
      readonly type: 'read';
      readonly submission: Submission;
      readonly opportunity: Opportunity;
      readonly review: ReviewStatus;
      readonly at: Date;
    }
  | { readonly type: 'unreadable'; readonly submission: Submission; readonly error: PartnerCentralError }
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' }
  | { readonly type: 'unknown-submission' };

export interface ReviewDependencies {
  readonly store: Store;
  readonly partnerCentral: PartnerCentral;
  readonly permissions: Permissions;
  readonly clock: Clock;
  readonly wake: () => void;
}

/**
 * Reads the opportunity at AWS for a person who may see it, and writes down what the review says. A submission in
 * doubt is settled by the worker, at once.
 */
export async function ask(
  input: { readonly submissionId: string; readonly who: Who },
  { store, partnerCentral, permissions, clock, wake }: ReviewDependencies,
): Promise<Asked> {
  const submission = await store.find(input.submissionId);
  if (submission === undefined) return { type: 'unknown-submission' };
  // By the channel it was asked for in: the button may stand in a DM.
  const permission = await permissions.ask(input.who, submission.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };
  return readReview(submission, input.who, { store, partnerCentral, clock, wake });
}

/** The same for a record and a person whose permission was asked already. */
export async function readReview(
  submission: Submission,
  who: Who,
  { store, partnerCentral, clock, wake }: Omit<ReviewDependencies, 'permissions'>,
): Promise<Extract<Asked, { readonly type: 'read' | 'unreadable' }>> {
  const at = clock.now();
  const read = await partnerCentral.getOpportunity({
    Catalog: submission.catalog,
    Identifier: submission.opportunityId,
  });
  if (!read.ok) return { type: 'unreadable', submission, error: read.error };
  const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  if (submission.state === 'uncertain' || submission.state === 'not_seen') {
    // What a read means for a doubt is for the worker to conclude, once.
    await store.hurry(submission.id, at);
    wake();
    return { type: 'read', submission, opportunity: read.value, review, at };
  }
  const newest = await store.newestOf(submission.catalog, submission.opportunityId);
  const followed = submission.state === 'submitted' || submission.state === 'already_submitted';
  if (!followed || newest?.id !== submission.id) {
    // The review isn't this record's: it was never accepted, or a later request is what AWS has.
    return { type: 'read', submission, opportunity: read.value, review, at };
  }
  const recorded = await store.recordReview(submission.id, {
    status: review.shown,
    at,
    lastModifiedDate: read.value.LastModifiedDate,
    requestId: read.requestId,
    actor: who.userId,
  });
  wake();
  return {
    type: 'read',
    submission: recorded?.submission ?? submission,
    opportunity: read.value,
    review,
    at,
  };
}
