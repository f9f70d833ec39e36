import type { FieldError } from '../aws/errors.ts';
import { withoutIndexes } from '../aws/values.ts';

/** What is wrong with a field, from AWS's code. The text reads after the field's name and a colon. */
export const fieldProblems: ReadonlyMap<string, string> = new Map(
  Object.entries({
    REQUIRED_FIELD_MISSING: 'is missing',
    INVALID_ENUM_VALUE: "isn't a value AWS knows",
    INVALID_STRING_FORMAT: "isn't written as AWS expects",
    INVALID_VALUE: "isn't a value AWS accepts",
    NOT_ENOUGH_VALUES: 'add at least one',
    TOO_MANY_VALUES: 'has too many entries',
    INVALID_RESOURCE_STATE: "can't be changed as the opportunity stands",
    DUPLICATE_KEY_VALUE: 'is used by another opportunity',
    VALUE_OUT_OF_RANGE: 'is too small, large, short or long',
    ACTION_NOT_PERMITTED: "isn't permitted as the opportunity stands",
    OPPORTUNITY_VALIDATION_FAILED: "is missing, or isn't as AWS asks",
    BUSINESS_VALIDATION_EXCEPTION: "doesn't go with the rest, or with what was chosen",
  }),
);
/** What AWS asks of a field, where its code alone says too little. By AWS's path, without indexes. */
const fieldHints: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Customer.Account.WebsiteUrl': 'a public web address',
    'LifeCycle.TargetCloseDate': 'a date after today',
    'Project.CustomerBusinessProblem': '20 to 2,000 characters',
    'Project.ExpectedCustomerSpend.Amount': 'an amount above 0',
    'Project.ExpectedCustomerSpend.CurrencyCode': 'USD (EUR in its European Sovereign Cloud)',
    'Project.SalesActivities': 'at least one',
    'Project.Title': 'at most 255 characters',
  }),
);
/** Where AWS says no more than that it can't be done. */
const stepNotPermitted = {
  name: 'This step',
  problem: "isn't permitted as the opportunity stands: check its review status and the choices",
};

/**
 * AWS's paths by the names a seller knows from Partner Central. List indexes are left out
 * (`Project.ExpectedCustomerSpend[0].Amount` is looked up as `Project.ExpectedCustomerSpend.Amount`).
 */
const fieldNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Customer.Account.Address': 'Customer address',
    'Customer.Account.Address.City': 'Customer city',
    'Customer.Account.Address.CountryCode': 'Customer country',
    'Customer.Account.Address.PostalCode': 'Customer postal code',
    'Customer.Account.Address.StateOrRegion': 'Customer state or region',
    'Customer.Account.Address.StreetAddress': 'Customer street address',
    'Customer.Account.AwsAccountId': 'Customer AWS account ID',
    'Customer.Account.CompanyName': 'Customer company name',
    'Customer.Account.Duns': 'Customer DUNS number',
    'Customer.Account.Industry': 'Industry',
    'Customer.Account.OtherIndustry': 'Other industry',
    'Customer.Account.WebsiteUrl': 'Customer website',
    'Customer.Contacts': 'Customer contacts',
    'Customer.Contacts.BusinessTitle': 'Customer contact: title',
    'Customer.Contacts.Email': 'Customer contact: email',
    'Customer.Contacts.FirstName': 'Customer contact: first name',
    'Customer.Contacts.LastName': 'Customer contact: last name',
    'Customer.Contacts.Phone': 'Customer contact: phone',
    'LifeCycle.ClosedLostReason': 'Closed lost reason',
    'LifeCycle.NextSteps': 'Next steps',
    'LifeCycle.ReviewStatus': 'Review status',
    'LifeCycle.Stage': 'Stage',
    'LifeCycle.TargetCloseDate': 'Target close date',
    Marketing: 'Marketing details',
    'Marketing.AwsFundingUsed': 'Marketing development funds used',
    'Marketing.CampaignName': 'Campaign name',
    'Marketing.Channels': 'Marketing channels',
    'Marketing.Source': 'Marketing source',
    'Marketing.UseCases': 'Marketing use cases',
    'Project.AdditionalComments': 'Additional comments',
    'Project.ApnPrograms': 'APN programs',
    'Project.CompetitorName': 'Competitor',
    'Project.CustomerBusinessProblem': 'Customer business problem',
    'Project.CustomerUseCase': 'Use case',
    'Project.DeliveryModels': 'Delivery model',
    'Project.ExpectedCustomerSpend': 'Expected spend',
    'Project.ExpectedCustomerSpend.Amount': 'Expected spend: amount',
    'Project.ExpectedCustomerSpend.CurrencyCode': 'Expected spend: currency',
    'Project.ExpectedCustomerSpend.EstimationUrl': 'Expected spend: link to the estimate',
    'Project.ExpectedCustomerSpend.Frequency': 'Expected spend: frequency',
    'Project.ExpectedCustomerSpend.TargetCompany': 'Expected spend: target company',
    'Project.OtherCompetitorNames': 'Other competitors',
    'Project.OtherSolutionDescription': 'Other solution description',
    'Project.RelatedOpportunityIdentifier': 'Related opportunity',
    'Project.SalesActivities': 'Sales activities',
    'Project.Title': 'Project title',
    'RelatedEntityIdentifiers.AwsMarketplaceOffers': 'AWS Marketplace offers',
    'RelatedEntityIdentifiers.AwsMarketplaceProducts': 'AWS Marketplace products',
    'RelatedEntityIdentifiers.AwsMarketplaceSolutions': 'AWS Marketplace solutions',
    'RelatedEntityIdentifiers.AwsProducts': 'AWS products',
    'RelatedEntityIdentifiers.Solutions': 'Partner solution',
    RelatedEntityIdentifiers: 'Partner solution or AWS Marketplace product',
    SoftwareRevenue: 'Software revenue',
    'SoftwareRevenue.DeliveryModel': 'Software revenue: procurement type',
    'SoftwareRevenue.EffectiveDate': 'Software revenue: contract start',
    'SoftwareRevenue.ExpirationDate': 'Software revenue: contract end',
    'SoftwareRevenue.Value': 'Software revenue: value',
    Catalog: 'Catalog',
    Identifier: 'Opportunity ID',
    InvolvementType: 'Involvement',
    NationalSecurity: 'National security',
    OpportunityType: 'Opportunity type',
    PartnerOpportunityIdentifier: 'Your own reference',
    PrimaryNeedsFromAws: 'Primary needs from AWS',
    Visibility: 'Visibility',
  }),
);

/** The API's own spelling of each path, by the path in lower case. */
const PATHS: ReadonlyMap<string, string> = new Map(
  [...fieldNames.keys()].map((path) => [path.toLowerCase(), path]),
);

/** AWS's top-level fields: a word that is none of them isn't a path, and may be anything. */
const ROOTS: ReadonlySet<string> = new Set([...PATHS.keys()].map((path) => path.split('.')[0] ?? path));

/** Longest path AWS may sensibly send; what is longer isn't a path. */
const PATH_LENGTH = 120;

/**
 * The path of a field whose name we know, from any spelling of AWS's: it was seen to write `project.salesActivities`
 * and, without its root, `ExpectedCustomerSpend.CurrencyCode` (two reports, Sandbox, 2026-04 and 2026-05). A part
 * that has no name stands for the field it belongs to. Undefined: it could be several, or is none.
 */
export function knownPath(path: string | undefined): string | undefined {
  const written = withoutIndexes(path ?? '').toLowerCase();
  if (written.length === 0 || written.length > PATH_LENGTH) return undefined;
  const steps = written.replace(/^opportunity\./, '').split('.');
  for (let length = steps.length; length > 0; length -= 1) {
    const part = steps.slice(0, length).join('.');
    const whole = PATHS.get(part);
    if (whole !== undefined) return whole;
    const ending = [...PATHS].filter(([known]) => known.endsWith(`.${part}`));
    const [only] = ending;
    if (ending.length === 1 && only !== undefined) return only[1];
  }
  return undefined;
}

/**
 * The name a seller knows for a path of AWS's `ErrorList`. A path nobody knows is shown as AWS wrote it if it
 * looks like a path, so that nothing else (a rejected value, say) gets into a channel by this way.
 */
export function fieldName(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const known = knownPath(path);
  if (known !== undefined) return fieldNames.get(known);
  const plain = withoutIndexes(path);
  const [root = ''] = plain.split('.');
  if (!ROOTS.has(root.toLowerCase())) return undefined;
  return plain.length <= PATH_LENGTH && /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/.test(plain)
    ? plain
    : undefined;
}

/** The same, with words for a field that has no name; an entry of a list, from the second on, has its number. */
export function editedFieldName(path: string | undefined): string {
  const name = fieldName(path) ?? "A field AWS doesn't name";
  const index = Number(/\[(\d+)\]/.exec(path ?? '')?.[1] ?? 0);
  return index === 0 ? name : `${name} (${index + 1})`;
}

/** An entry of AWS's `ErrorList`, as it is kept. */
type Refused = Pick<FieldError, 'code'> & { readonly fieldName?: string | undefined };

/** A field AWS objected to, by the name a seller knows, in our words: no value is repeated. */
export interface RefusedField {
  readonly name: string;
  /** Reads after the name and a colon. */
  readonly problem: string;
}

/** Codes that say nothing of the value: what AWS asks of it would mislead. */
const NOT_ABOUT_THE_VALUE: ReadonlySet<string> = new Set([
  'REQUIRED_FIELD_MISSING',
  'ACTION_NOT_PERMITTED',
  'INVALID_RESOURCE_STATE',
  'DUPLICATE_KEY_VALUE',
]);

/** The entries of a refusal, each once, in AWS's order. */
export function refusedFields(errors: readonly Refused[]): readonly RefusedField[] {
  const fields = errors.map(refusedField);
  return fields.filter(
    ({ name, problem }, at) =>
      fields.findIndex((other) => other.name === name && other.problem === problem) === at,
  );
}

/** Whether AWS named a field: a form for what has no name would have nothing to show. */
export const namesField = (errors: readonly Refused[]): boolean =>
  errors.some(({ fieldName: path }) => fieldName(path) !== undefined);

function refusedField({ fieldName: path, code }: Refused): RefusedField {
  // Seen for a status that can't be submitted and for choices that don't go together: it says only that it can't be done.
  if (code === 'ACTION_NOT_PERMITTED' && fieldName(path) === undefined) return stepNotPermitted;
  const known = knownPath(path);
  const hint = known === undefined ? undefined : fieldHints.get(known);
  return {
    name: editedFieldName(path),
    problem:
      hint === undefined || NOT_ABOUT_THE_VALUE.has(code)
        ? (fieldProblems.get(code) ?? "isn't accepted by AWS")
        : `needs ${hint}`,
  };
}
