import { type JsonObject, listAt, textAt } from '../json.ts';
import { DO_NOT_NEED_SUPPORT } from './codes.ts';
import { customerErrors } from './customer-rules.ts';
import type { SubmitOpportunityInput } from './model.ts';
import type { Observed } from './observed.ts';
import { projectErrors } from './project-rules.ts';
import type { StoredOpportunity } from './stand-in.ts';
import { entry, missing, required } from './validation-errors.ts';
import { businessInvalid, type ListedError, type ValidationCode, type WireError } from './wire.ts';

export interface Asked {
  readonly now: Date;
  readonly observed: Observed;
}

export type Submission = Pick<SubmitOpportunityInput, 'InvolvementType' | 'Visibility'>;

/** Why AWS would refuse to take this opportunity for review, or undefined where it would take it. */
export function submissionRefusal(
  stored: StoredOpportunity,
  submission: Submission,
  asked: Asked,
): WireError | undefined {
  const { opportunity } = stored;
  // AWS's guide only ("previously created by partner"): nobody recorded what an AWS referral is answered.
  if (stored.origin === 'AWS Referral') return businessInvalid([notPerformed()]);
  const wrongStatus = statusError(textAt(opportunity, 'LifeCycle.ReviewStatus'), asked.observed);
  if (wrongStatus !== undefined) return businessInvalid([wrongStatus]);
  if (submission.InvolvementType === 'Co-Sell' && submission.Visibility === 'Limited') {
    const limited = limitedErrors(asked.observed);
    if (limited.length > 0) return businessInvalid(limited);
  }
  const errors = [
    ...lifeCycleErrors(opportunity, asked),
    ...projectErrors(opportunity, submission.InvolvementType, asked.observed),
    ...customerErrors(opportunity, asked.observed),
    ...needErrors(opportunity, submission.InvolvementType),
  ];
  return errors.length > 0 ? businessInvalid(errors) : undefined;
}

/** One report, Sandbox 2026-05: no field is named. */
const notPerformed = (Code: ValidationCode = 'ACTION_NOT_PERMITTED'): ListedError => ({
  Message: 'Submit action cannot be performed',
  Code,
});

/** No status at all: one report with a way to see it again, Sandbox 2026-05. Any other but a draft's: AWS's guide. */
function statusError(status: string, observed: Observed): ListedError | undefined {
  if (status === 'Pending Submission') return undefined;
  if (status === 'Action Required' && observed.submitActionRequired === 'accepted') return undefined;
  if (status === '' || observed.wrongStatusCode === 'ACTION_NOT_PERMITTED') return notPerformed();
  return { ...notPerformed('INVALID_RESOURCE_STATE'), FieldName: 'LifeCycle.ReviewStatus' };
}

/** One report with an opportunity's ID, Sandbox 2026-05. */
function limitedErrors(observed: Observed): readonly ListedError[] {
  if (observed.limitedCoSell === 'accepted') return [];
  return [
    entry(
      'PrimaryNeedsFromAws',
      'BUSINESS_VALIDATION_EXCEPTION',
      'Visibility cannot be limited on a Co-Sell opportunity',
    ),
    notPerformed(),
  ];
}

/** Any stage of an open deal (recorded at Prospect, 2025-02, 2025-11 and 2025-12). Closed Lost: AWS's guide only. */
function lifeCycleErrors(opportunity: JsonObject, asked: Asked): readonly ListedError[] {
  const lost = textAt(opportunity, 'LifeCycle.Stage') === 'Closed Lost';
  return [
    ...required(opportunity, 'LifeCycle.Stage'),
    ...(lost ? [entry('LifeCycle.Stage', 'INVALID_VALUE', 'Stage must not be Closed Lost')] : []),
    ...closeDateErrors(textAt(opportunity, 'LifeCycle.TargetCloseDate'), asked),
  ];
}

/** Empty unless the date (`YYYY-MM-DD`) is missing or not after today, in UTC (one report, Sandbox 2026-05). */
export function closeDateErrors(closeDate: string, { now, observed }: Asked): readonly ListedError[] {
  const path = 'LifeCycle.TargetCloseDate';
  if (closeDate === '') return [missing(path)];
  const today = now.toISOString().slice(0, 10);
  if (closeDate > today || (closeDate === today && observed.closeDateToday === 'accepted')) return [];
  return [entry(path, 'INVALID_VALUE', 'Target close date must be a future date')];
}

/**
 * Co-Sell needs one (AWS's guide, and every recorded Co-Sell has one); visibility only needs none (recorded 2025-12).
 * National Security only as Co-Sell, and the two kinds of needs apart: AWS's S3 field list v14.3.
 */
function needErrors(opportunity: JsonObject, involvementType: string): readonly ListedError[] {
  const coSell = coSellNeeds(opportunity);
  if (involvementType === 'Co-Sell') {
    return coSell.length === 0 ? [missing('PrimaryNeedsFromAws')] : mixedNeedErrors(opportunity);
  }
  return opportunity.NationalSecurity === 'Yes'
    ? [entry('InvolvementType', 'INVALID_VALUE', 'A National Security opportunity must be Co-Sell')]
    : [];
}

export const coSellNeeds = (opportunity: JsonObject): readonly unknown[] =>
  listAt(opportunity, 'PrimaryNeedsFromAws').filter((need) => need !== DO_NOT_NEED_SUPPORT);

/** AWS's S3 field list v14.3. */
export function mixedNeedErrors(opportunity: JsonObject): readonly ListedError[] {
  const needs = listAt(opportunity, 'PrimaryNeedsFromAws');
  return needs.includes(DO_NOT_NEED_SUPPORT) && needs.length > 1
    ? [entry('PrimaryNeedsFromAws', 'INVALID_VALUE', `${DO_NOT_NEED_SUPPORT} excludes Co-Sell needs`)]
    : [];
}
