import type { Clock } from '../../clock.ts';
import type { PartnerCentralError } from '../../partner-central/errors.ts';
import type { PartnerCentral } from '../../partner-central/operations.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import { type ReviewStatus, reviewStatus } from '../../partner-central/review-status.ts';
import type { Permissions, Refusal, Who } from '../permissions.ts';
import type { Submission } from '../submission.ts';
import type { Compare } from './compare.ts';
import { type FindDependencies, find } from './found.ts';
import type { Review } from './reviews.ts';

/** What can be asked about: a submission, or an opportunity that was submitted elsewhere. */
export type About = Pick<Submission, 'id' | 'opportunityId' | 'nationalSecurity' | 'problem'>;

/** What AWS said of it, as far as it could be read. */
type Read<Subject extends About> =
  | {
      readonly type: 'read';
      readonly submission: Subject;
      readonly opportunity: Opportunity;
      readonly review: ReviewStatus;
      readonly at: Date;
    }
  | { readonly type: 'unreadable'; readonly submission: Subject; readonly error: PartnerCentralError };

/** What a person gets who asks for a submission's state or its details. */
export type Asked =
  | Read<About>
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' }
  | { readonly type: 'unknown-submission' };

export interface ReviewDependencies extends FindDependencies {
  readonly partnerCentral: PartnerCentral;
  readonly permissions: Permissions;
  readonly clock: Clock;
  readonly wake: () => void;
  readonly compare: Compare['compare'];
}

/**
 * Reads the opportunity at AWS for a person who may see it, and writes down what the review says. A submission in
 * doubt is settled by the worker, at once.
 */
export async function ask(
  input: { readonly submissionId: string; readonly who: Who },
  dependencies: ReviewDependencies,
): Promise<Asked> {
  const found = await find(input.submissionId, dependencies);
  if (found === undefined) return { type: 'unknown-submission' };
  const permission = await dependencies.permissions.ask(input.who, found.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };
  return found.type === 'submission'
    ? readReview(found.submission, input.who, dependencies)
    : readElsewhere(found.review, dependencies);
}

/** An opportunity that this bot didn't submit. */
async function readElsewhere(
  { id, opportunityId }: Review,
  { partnerCentral, clock, catalog, compare }: ReviewDependencies,
): Promise<Read<About>> {
  const at = clock.now();
  // No list says whether it is a National Security deal: who shows the read looks.
  const submission: About = { id, opportunityId, nationalSecurity: false, problem: undefined };
  const read = await partnerCentral.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  if (!read.ok) return { type: 'unreadable', submission, error: read.error };
  await compare([read.value], { at });
  const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  return { type: 'read', submission, opportunity: read.value, review, at };
}

/** The same for a record and a person whose permission was asked already. */
export async function readReview(
  submission: Submission,
  who: Who,
  {
    store,
    partnerCentral,
    clock,
    wake,
  }: Pick<ReviewDependencies, 'store' | 'partnerCentral' | 'clock' | 'wake'>,
): Promise<Read<Submission>> {
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
  if (!followed || newest?.id !== submission.id || read.value.LifeCycle === undefined) {
    // The review isn't this record's: it was never accepted, or a later request is what AWS has; or AWS doesn't say.
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
