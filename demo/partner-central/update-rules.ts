import { type JsonObject, textAt } from './json.ts';
import { businessInvalid, type WireError } from './wire.ts';

/**
 * What may be edited in which review status ("LifeCycle: ReviewStatus", AWS Partner Central API reference;
 * "Updating opportunities", developer guide).
 */
const readOnlyStatuses = ['Submitted', 'In review', 'Rejected'];

const editableWhenActionRequired = [
  'Customer.Account.Address.',
  'Customer.Account.WebsiteUrl',
  'LifeCycle.TargetCloseDate',
  'Project.ExpectedCustomerSpend',
  'Project.CustomerBusinessProblem',
  'PartnerOpportunityIdentifier',
];

const fixedOnceApproved = [
  'Customer.Account.Address.CountryCode',
  'Customer.Account.Address.PostalCode',
  'Customer.Account.Industry',
  'Customer.Account.WebsiteUrl',
  'Project.CustomerBusinessProblem',
  'Project.Title',
  'PartnerOpportunityIdentifier',
];

/** The refusal of any edit while AWS holds the opportunity, or undefined where it may be edited. */
export function lockedRefusal(opportunity: JsonObject): WireError | undefined {
  const status = textAt(opportunity, 'LifeCycle.ReviewStatus');
  if (!readOnlyStatuses.includes(status)) return undefined;
  return businessInvalid([
    {
      FieldName: 'LifeCycle.ReviewStatus',
      Code: 'INVALID_RESOURCE_STATE',
      Message: `Opportunity can't be edited while its review status is ${status}.`,
    },
  ]);
}

/** The refusal of an edit of fields that this review status fixes; `changed` holds dotted paths. */
export function fixedFieldsRefusal(status: string, changed: readonly string[]): WireError | undefined {
  const fixed = changed.filter((path) => isFixed(status, path));
  if (fixed.length === 0) return undefined;
  return businessInvalid(
    fixed.map((path) => ({
      FieldName: path,
      Code: 'ACTION_NOT_PERMITTED',
      Message: `${path} can't be edited while the review status is ${status}.`,
    })),
  );
}

function isFixed(status: string, path: string): boolean {
  const under = (fields: readonly string[]) => fields.some((field) => path.startsWith(field));
  if (status === 'Action Required') return !under(editableWhenActionRequired);
  return status === 'Approved' && under(fixedOnceApproved);
}
