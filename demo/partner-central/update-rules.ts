import { type JsonObject, textAt } from '../json.ts';
import type { Observed } from './observed.ts';
import { businessInvalid, type WireError } from './wire.ts';

/** What an update may change: everything but these, these alone, or nothing. Prefixes of dotted paths. */
export type Editable =
  | { readonly type: 'but'; readonly locked: readonly string[] }
  | { readonly type: 'only'; readonly open: readonly string[]; readonly others: 'refused' | 'ignored' }
  | { readonly type: 'nothing' };

const account = 'Customer.Account';

/** Also of a deal whose status an update has emptied: nobody says what can be edited then. */
const draft: Editable = {
  type: 'but',
  // Two reports (Sandbox 2026-05, production) and AWS's S3 field list v14.3; AWS's guide says a draft is fully editable.
  locked: ['LifeCycle.Stage'],
};

/** AWS's guide and its S3 field list v14.3 agree. Of the spend, a switch narrows it: `update-demands.ts`. */
const whenActionRequired: Editable = {
  type: 'only',
  others: 'refused',
  open: [
    `${account}.Address.`,
    `${account}.WebsiteUrl`,
    'LifeCycle.TargetCloseDate',
    'Project.CustomerBusinessProblem',
    'Project.ExpectedCustomerSpend',
    'PartnerOpportunityIdentifier',
  ],
};

/**
 * AWS's guide, its S3 field list v14.3 and one report (Sandbox 2026-05) for the company and the industry; the S3 list
 * alone for the other industry and National Security.
 */
const onceApproved = (observed: Observed): Editable => ({
  type: 'but',
  locked: [
    `${account}.CompanyName`,
    `${account}.Industry`,
    `${account}.OtherIndustry`,
    `${account}.WebsiteUrl`,
    `${account}.Address.CountryCode`,
    `${account}.Address.PostalCode`,
    'NationalSecurity',
    'Project.CustomerBusinessProblem',
    'Project.Title',
    ...(observed.stateOnceApproved === 'locked' ? [`${account}.Address.StateOrRegion`] : []),
    ...(observed.partnerIdentifierOnceApproved === 'locked' ? ['PartnerOpportunityIdentifier'] : []),
    ...(observed.softwareRevenueOnceApproved === 'locked' ? ['SoftwareRevenue'] : []),
  ],
});

/** AWS's S3 field list v14.3, for ISV partners and special programs. */
const onceLaunched = (observed: Observed): Editable => ({
  type: 'only',
  open: ['Project.DeliveryModels', 'Project.AdditionalComments', 'SoftwareRevenue'],
  others: observed.editOfLaunched,
});

/** What may be edited of a deal as it stands. */
export function editableOf(opportunity: JsonObject, observed: Observed): Editable {
  const stage = textAt(opportunity, 'LifeCycle.Stage');
  switch (textAt(opportunity, 'LifeCycle.ReviewStatus')) {
    // AWS's guide and its S3 field list v14.3: nothing while AWS holds it, nothing once it is rejected.
    case 'Submitted':
    case 'In review':
    case 'Rejected':
      return { type: 'nothing' };
    case 'Action Required':
      return whenActionRequired;
    case 'Approved':
      // AWS's S3 field list v14.3.
      if (stage === 'Closed Lost') return { type: 'nothing' };
      return stage === 'Launched' ? onceLaunched(observed) : onceApproved(observed);
    default:
      return draft;
  }
}

/** The refusal of any edit while nothing may be edited. */
export function heldRefusal(opportunity: JsonObject, observed: Observed): WireError | undefined {
  return editableOf(opportunity, observed).type === 'nothing' ? updateNotPerformed(observed) : undefined;
}

/** Code and missing path: as one report has them of a submission in a wrong status, Sandbox 2026-05. */
export function updateNotPerformed({ wrongStatusCode }: Observed): WireError {
  const Message = 'Update action cannot be performed';
  return businessInvalid([
    wrongStatusCode === 'ACTION_NOT_PERMITTED'
      ? { Code: 'ACTION_NOT_PERMITTED', Message }
      : { Code: 'INVALID_RESOURCE_STATE', FieldName: 'LifeCycle.ReviewStatus', Message },
  ]);
}

/**
 * The paths among `changed` that are locked. What is left out of an update is a change too: an attempt to empty it, one
 * entry a member (one report, Sandbox 2026-05).
 */
export function lockedAmong(editable: Editable, changed: readonly string[]): readonly string[] {
  const under = (prefixes: readonly string[], path: string) =>
    prefixes.some((prefix) => path.startsWith(prefix));
  switch (editable.type) {
    case 'nothing':
      return changed;
    case 'but':
      return changed.filter((path) => under(editable.locked, path));
    case 'only':
      return changed.filter((path) => !under(editable.open, path));
  }
}

export function lockedRefusal(locked: readonly string[]): WireError {
  return businessInvalid(
    locked.map((path) => ({
      FieldName: path,
      Code: 'ACTION_NOT_PERMITTED',
      Message: `${path} is not editable in the current status`,
    })),
  );
}
