import type { Clock } from '../../clock.ts';
import type { PartnerCentralError } from '../../partner-central/errors.ts';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Catalog, PartnerCentral } from '../../partner-central/operations.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import { type ReviewStatus, reviewStatus } from '../../partner-central/review-status.ts';
import type { Permissions, Refusal, Who } from '../permissions.ts';
import { readinessOf } from '../readiness.ts';
import type { Store } from '../store.ts';
import { type Choices, type Draft, type Entry, isOpen, type Submission } from '../submission.ts';

/** Where a look begins: the door and the person, before anything is known of the deal. */
export interface LookRequest {
  readonly draftId: string;
  readonly who: Who;
  readonly channelId: string;
  readonly threadTs: string | undefined;
  readonly responseUrl: string | undefined;
  readonly opportunityId: string;
  readonly choices?: Choices | undefined;
  /** The batch that a submission would belong to. */
  readonly batchId?: string | undefined;
}

/** What a person who asked for an opportunity is shown: the form, or what is true instead of it. */
export type Look =
  | { readonly type: 'form'; readonly draft: Draft; readonly opportunity: Opportunity }
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' }
  | { readonly type: 'not-found' }
  | { readonly type: 'not-visible'; readonly requestId: string | undefined }
  | { readonly type: 'aws-referral' }
  /** On its way by this bot. */
  | { readonly type: 'open'; readonly submission: Submission }
  /** AWS has it already. `entry` is what stands for it here, if anything is known. */
  | {
      readonly type: 'not-pending';
      readonly review: ReviewStatus;
      readonly opportunity: Opportunity;
      readonly entry: Entry | undefined;
    }
  | { readonly type: 'operator'; readonly requestId: string | undefined }
  /** AWS is slow or failing, or our own records are: worth another try. */
  | { readonly type: 'unavailable'; readonly throttled: boolean; readonly requestId: string | undefined };

/** Why an opportunity couldn't be read. */
export type NotRead = Extract<
  Look,
  { readonly type: 'not-found' | 'not-visible' | 'operator' | 'unavailable' }
>;

export interface LookDependencies {
  readonly store: Store;
  readonly partnerCentral: PartnerCentral;
  readonly permissions: Permissions;
  readonly clock: Clock;
  readonly catalog: Catalog;
}

/** What there is to find of an opportunity, by whoever may see it. */
export type Found = Exclude<Look, { readonly type: 'not-permitted' | 'permission-unknown' }>;

/**
 * Looks an opportunity up for a person and, where it can be submitted, writes the draft that their form stands
 * on. Permission comes before any detail.
 */
export async function look(request: LookRequest, dependencies: LookDependencies): Promise<Look> {
  const { store, permissions } = dependencies;
  const permission = await permissions.ask(request.who, request.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };
  const found = await find(request, dependencies);
  if (found.type === 'form') await store.saveDraft(found.draft);
  return found;
}

/** Reads an opportunity for somebody who may see it: two reads of AWS at most. The draft isn't saved yet. */
export async function find(
  request: LookRequest,
  { store, partnerCentral, clock, catalog }: Omit<LookDependencies, 'permissions'>,
): Promise<Found> {
  const [answer, newest] = await Promise.all([
    partnerCentral.getOpportunity({ Catalog: catalog, Identifier: request.opportunityId }),
    store.entryOf(catalog, request.opportunityId),
  ]);
  if (!answer.ok) return notRead(answer.error);
  const opportunity = answer.value;
  const review = reviewStatus(opportunity.LifeCycle?.ReviewStatus);
  if (review.status !== 'Pending Submission') {
    return { type: 'not-pending', review, opportunity, entry: newest };
  }
  if (newest !== undefined && isOpen(newest)) {
    return { type: 'open', submission: newest };
  }
  // Only the summary tells who began the deal. Before a submission it may not be there, and a failure here is no
  // reason to keep the form back: AWS refuses a referral itself.
  const summary = await partnerCentral.getAwsOpportunitySummary({
    Catalog: catalog,
    RelatedOpportunityIdentifier: request.opportunityId,
  });
  if (summary.ok && summary.value.Origin === 'AWS Referral') return { type: 'aws-referral' };

  const draft: Draft = {
    id: request.draftId,
    createdAt: clock.now(),
    teamId: request.who.teamId,
    userId: request.who.userId,
    channelId: request.channelId,
    threadTs: request.threadTs,
    responseUrl: request.responseUrl,
    catalog,
    opportunityId: request.opportunityId,
    lastModifiedDate: opportunity.LastModifiedDate,
    readiness: readinessOf(opportunity, catalog, clock.now()),
    choices: request.choices,
    batchId: request.batchId,
    nationalSecurity: isNationalSecurity(opportunity),
  };
  return { type: 'form', draft, opportunity };
}

/** What a failed read means for the person who wanted to see the opportunity. */
export function notRead(error: PartnerCentralError): NotRead {
  switch (error.kind) {
    case 'refused':
      if (error.code === 'ResourceNotFoundException') return { type: 'not-found' };
      if (error.code === 'AccessDeniedException') return { type: 'not-visible', requestId: error.requestId };
      return { type: 'unavailable', throttled: false, requestId: error.requestId };
    case 'operator':
      return { type: 'operator', requestId: error.requestId };
    case 'retryable':
      return { type: 'unavailable', throttled: error.throttled, requestId: error.requestId };
    case 'unknown':
      return { type: 'unavailable', throttled: false, requestId: error.requestId };
  }
}
