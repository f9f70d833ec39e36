import { numbered } from '../words/changes.ts';
import { wholeOpportunity } from '../words/outcomes.ts';

/**
 * AWS's paths by the names a seller knows from Partner Central. List indexes are left out
 * (`Project.ExpectedCustomerSpend[0].Amount` is looked up as `Project.ExpectedCustomerSpend.Amount`).
 */
const FIELD_NAMES = new Map(
  Object.entries({
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
    'LifeCycle.ClosedLostReason': 'Closed lost reason',
    'LifeCycle.NextSteps': 'Next steps',
    'LifeCycle.ReviewStatus': 'Review status',
    'LifeCycle.Stage': 'Stage',
    'LifeCycle.TargetCloseDate': 'Target close date',
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
    'Project.ExpectedCustomerSpend': 'Expected monthly AWS revenue',
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

/** `Project.ExpectedCustomerSpend[0].Amount` and `….0.Amount` as `….Amount`. */
export const withoutIndexes = (path: string): string => path.replaceAll(/\[\d*\]|\.\d+(?=\.|$)/g, '');

/** AWS's top-level fields: a word that is none of them isn't a path, and may be anything. */
const ROOTS = new Set(
  [...FIELD_NAMES.keys()].map((path) => path.split('.')[0] ?? path).concat('SoftwareRevenue'),
);

/** Longest path AWS may sensibly send; what is longer isn't a path. */
const PATH_LENGTH = 120;

/**
 * The name a seller knows for a path of AWS's `ErrorList`. A path nobody knows is shown as AWS wrote it if it
 * looks like a path, so that nothing else (a rejected value, say) gets into a channel by this way.
 */
export function fieldName(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const plain = withoutIndexes(path);
  const known = FIELD_NAMES.get(plain) ?? FIELD_NAMES.get(plain.replace(/^Opportunity\./, ''));
  if (known !== undefined) return known;
  const [root = ''] = plain.split('.');
  if (!ROOTS.has(root)) return undefined;
  return plain.length <= PATH_LENGTH && /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/.test(plain)
    ? plain
    : undefined;
}

/** The same for a field of a change; of several entries in a list, with its number. */
export function changedFieldName(path: string | undefined): string {
  const name = fieldName(path) ?? wholeOpportunity;
  const index = Number(/\[(\d+)\]/.exec(path ?? '')?.[1] ?? 0);
  return index === 0 ? name : numbered(name, index + 1);
}
