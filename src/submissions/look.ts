import type { PartnerCentralError } from '../aws/errors.ts';
import type { AwsOpportunitySummary, Opportunity } from '../aws/opportunity.ts';
import { isNationalSecurity, type ReviewStatus, reviewStatus } from '../aws/terms.ts';
import type { Bot } from '../bot.ts';
import { sleep } from '../clock.ts';
import { type Form, type FormRequest, newForm } from '../forms/form.ts';
import { readinessOf } from '../opportunities/readiness.ts';
import type { NotAllowed } from '../permissions.ts';
import { type Entry, isOpen, type StandingRefusal, type Submission, standingRefusal } from './submission.ts';

/** Which opportunity a person wants to submit, and where the outcome belongs. */
export interface LookRequest extends FormRequest {
  readonly opportunityId: string;
}

/** What a person who asked for an opportunity is shown: the form, or what is true instead of it. */
export type Look =
  | {
      readonly type: 'form';
      readonly form: Form;
      readonly opportunity: Opportunity;
      /** An earlier request of which nobody knows whether AWS has executed it, or will. */
      readonly doubt: Submission | undefined;
      readonly refusal: StandingRefusal | undefined;
      /** What AWS makes of it, where it says so; of a National Security deal nothing. */
      readonly insights?: AwsOpportunitySummary['Insights'];
    }
  | NotAllowed
  /** AWS doesn't find it. `doubt`: an earlier request of which nobody knows whether AWS has executed it, or will. */
  | { readonly type: 'not-found'; readonly doubt: Submission | undefined }
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

/** What there is to find of an opportunity, by whoever may see it. */
export type Found = Exclude<Look, NotAllowed>;

type FindBot = Pick<Bot, 'store' | 'aws' | 'permissions' | 'clock' | 'catalog'>;

/**
 * Looks an opportunity up for a person and, where it can be submitted, keeps the form that they are shown. Permission
 * comes before any detail.
 */
export async function look(bot: FindBot, request: LookRequest): Promise<Look> {
  const { store, permissions } = bot;
  const permission = await permissions.ask(request.who, request.channelId);
  if (permission.type !== 'allowed') return permission;
  const found = await find(bot, request);
  if (found.type === 'form') await store.saveForm(found.form);
  return found;
}

/** Reads an opportunity for somebody who may see it: two reads of AWS, side by side. The form isn't saved yet. */
async function find(
  { store, aws, permissions, clock, catalog }: FindBot,
  request: LookRequest,
): Promise<Found> {
  const [answer, summary, newest, doubt] = await Promise.all([
    aws.getOpportunity({ Catalog: catalog, Identifier: request.opportunityId }),
    // Only the summary tells who began the deal. Before a submission it may not be there; without it the form is shown
    // all the same, because AWS refuses a referral itself.
    aws.getAwsOpportunitySummary({ Catalog: catalog, RelatedOpportunityIdentifier: request.opportunityId }),
    store.entryOf(catalog, request.opportunityId),
    store.doubtOf(catalog, request.opportunityId),
  ]);
  if (!answer.ok) return notRead(answer.error, doubt);
  const opportunity = answer.value;
  const review = reviewStatus(opportunity.LifeCycle?.ReviewStatus);
  if (review.status !== 'Pending Submission') {
    return { type: 'not-pending', review, opportunity, entry: newest };
  }
  if (newest !== undefined && isOpen(newest)) return { type: 'open', submission: newest };
  if (summary.ok && summary.value.Origin === 'AWS Referral') return { type: 'aws-referral' };

  const userId = await permissions.idOf(request.who.userId);
  const form: Form = {
    ...newForm(request, { catalog, createdAt: clock.now(), userId }),
    lastModifiedDate: opportunity.LastModifiedDate,
    nationalSecurity: isNationalSecurity(opportunity),
    readiness: readinessOf(opportunity, catalog, clock.now()),
  };
  const refusal = standingRefusal(newest, opportunity.LastModifiedDate);
  const insights = summary.ok && !form.nationalSecurity ? summary.value.Insights : undefined;
  return { type: 'form', form, opportunity, doubt, refusal, insights };
}

/** What a failed read means for the person who wanted to see the opportunity. */
export function notRead(error: PartnerCentralError, doubt: Submission | undefined): NotRead {
  const { kind, code, requestId } = error;
  if (kind === 'operator') return { type: 'operator', requestId };
  if (kind === 'refused' && code === 'ResourceNotFoundException') return { type: 'not-found', doubt };
  if (kind === 'refused' && code === 'AccessDeniedException') return { type: 'not-visible', requestId };
  return { type: 'unavailable', throttled: kind === 'retryable' && error.throttled, requestId };
}

/** Which opportunities a person wants to submit. `formId` becomes the batch's ID when it is sent. */
export interface SeveralRequest extends Omit<LookRequest, 'opportunityId' | 'choices' | 'batchId'> {
  /** In the person's order, each once; few enough for one form. */
  readonly opportunityIds: readonly string[];
}

/** What was found of one of several. */
export interface FoundOne {
  readonly opportunityId: string;
  readonly found: Found;
}

export type LookAtSeveral = NotAllowed | { readonly type: 'looked'; readonly found: readonly FoundOne[] };

/** Milliseconds from one opportunity to the next: with two reads each, below AWS's 10 reads a second for all. */
const BETWEEN_MS = 250;
/** Milliseconds until one that AWS didn't answer is asked for again, once. */
const AGAIN_AFTER_MS = 1000;

/**
 * Looks several opportunities up for a person, a few at a time, and keeps a form for each that can be submitted.
 * `onProgress` hears how many were looked up so far.
 */
export async function lookAtSeveral(
  bot: FindBot & Pick<Bot, 'newId'>,
  request: SeveralRequest,
  onProgress: (count: number) => void,
): Promise<LookAtSeveral> {
  const { store, permissions, clock, newId } = bot;
  const permission = await permissions.ask(request.who, request.channelId);
  if (permission.type !== 'allowed') return permission;

  let count = 0;
  const lookAt = async (opportunityId: string, index: number): Promise<FoundOne> => {
    // The command's response_url belongs to the batch: its uses are few.
    const one = {
      ...request,
      formId: newId(),
      opportunityId,
      batchId: request.formId,
      responseUrl: undefined,
    };
    if (index > 0) await sleep(clock, index * BETWEEN_MS);
    let found = await find(bot, one);
    if (found.type === 'unavailable') {
      await sleep(clock, AGAIN_AFTER_MS);
      found = await find(bot, one);
    }
    count += 1;
    onProgress(count);
    return { opportunityId, found };
  };
  const found = await Promise.all(request.opportunityIds.map(lookAt));
  await store.saveBatchForms(
    request.formId,
    found.flatMap((one) => (one.found.type === 'form' ? [one.found.form] : [])),
  );
  return { type: 'looked', found };
}
