import { isObject, type JsonObject, listAt, withField } from '../json.ts';

/**
 * The members an answer has whether or not there is anything in them: null where there is nothing, a list in brackets
 * is empty then. As recorded from 2024-11 to 2026-02; AwsPartition and AwsMarketplaceOfferSets since 2025-12.
 */
type Shape = null | readonly [Shape] | Members;
interface Members {
  readonly [name: string]: Shape;
}

const spend = { Amount: null, CurrencyCode: null, EstimationUrl: null, Frequency: null, TargetCompany: null };
const person = { BusinessTitle: null, Email: null, FirstName: null, LastName: null };
const contact = { ...person, Phone: null };

const lifeCycle = {
  ClosedLostReason: null,
  NextSteps: null,
  ReviewComments: null,
  ReviewStatus: null,
  ReviewStatusReason: null,
  Stage: null,
  TargetCloseDate: null,
};

const opportunity = {
  Arn: null,
  Catalog: null,
  CreatedDate: null,
  Customer: {
    Account: {
      Address: { City: null, CountryCode: null, PostalCode: null, StateOrRegion: null, StreetAddress: null },
      AwsAccountId: null,
      CompanyName: null,
      Duns: null,
      Industry: null,
      OtherIndustry: null,
      WebsiteUrl: null,
    },
    Contacts: [contact],
  },
  Id: null,
  LastModifiedDate: null,
  LifeCycle: { ...lifeCycle, NextStepsHistory: null },
  Marketing: { AwsFundingUsed: null, CampaignName: null, Channels: null, Source: null, UseCases: null },
  NationalSecurity: null,
  OpportunityTeam: [contact],
  OpportunityType: null,
  PartnerOpportunityIdentifier: null,
  PrimaryNeedsFromAws: null,
  Project: {
    AdditionalComments: null,
    ApnPrograms: null,
    AwsPartition: null,
    CompetitorName: null,
    CustomerBusinessProblem: null,
    CustomerUseCase: null,
    DeliveryModels: null,
    ExpectedCustomerSpend: [spend],
    OtherCompetitorNames: null,
    OtherSolutionDescription: null,
    RelatedOpportunityIdentifier: null,
    SalesActivities: null,
    Title: null,
  },
  RelatedEntityIdentifiers: {
    AwsMarketplaceOfferSets: [null],
    AwsMarketplaceOffers: [null],
    AwsProducts: [null],
    Solutions: [null],
  },
  SoftwareRevenue: null,
} satisfies Members;

const listed = {
  Arn: null,
  Catalog: null,
  CreatedDate: null,
  Customer: {
    Account: {
      Address: { City: null, CountryCode: null, PostalCode: null, StateOrRegion: null },
      CompanyName: null,
      Industry: null,
      OtherIndustry: null,
      WebsiteUrl: null,
    },
  },
  Id: null,
  LastModifiedDate: null,
  LifeCycle: lifeCycle,
  OpportunityType: null,
  PartnerOpportunityIdentifier: null,
  Project: { DeliveryModels: null, ExpectedCustomerSpend: [spend] },
} satisfies Members;

const summary = {
  Catalog: null,
  Customer: { Contacts: [contact] },
  Insights: null,
  InvolvementType: null,
  InvolvementTypeChangeReason: null,
  LifeCycle: null,
  OpportunityTeam: [person],
  Origin: null,
  Project: { AwsPartition: null, ExpectedCustomerSpend: [spend] },
  RelatedEntityIds: { AwsProducts: [null], Solutions: [null] },
  RelatedOpportunityId: null,
  Visibility: null,
} satisfies Members;

/** As GetOpportunity answers it; members that the stand-in has never heard of are kept. */
export const asGotten = (stored: JsonObject): JsonObject => filled(opportunity, withoutEmptyTypes(stored));

/** As ListOpportunities answers it: no title, street, origin, needs or associations, and `531.0` where Get has `531`. */
export function asListed(stored: JsonObject): JsonObject {
  const only = filled(listed, stored, 'nothing else');
  const spends = listAt(only, 'Project.ExpectedCustomerSpend').map((entry) =>
    isObject(entry) && typeof entry.Amount === 'string' && !entry.Amount.includes('.')
      ? { ...entry, Amount: `${entry.Amount}.0` }
      : entry,
  );
  return withField(only, 'Project.ExpectedCustomerSpend', spends);
}

/** As GetAwsOpportunitySummary answers it. */
export const asSummary = (fields: JsonObject): JsonObject => filled(summary, fields);

/** Amounts as they come back (`10000` for `10000.00`), a CreatedDate in whole seconds (recorded 2024-11 to 2025-12). */
export function asKept(given: JsonObject): JsonObject {
  const { CreatedDate } = given;
  const spends = listAt(given, 'Project.ExpectedCustomerSpend').map((entry) =>
    isObject(entry) && typeof entry.Amount === 'string'
      ? { ...entry, Amount: entry.Amount.replace(/\.0*$|(\.\d*[1-9])0+$/, '$1') }
      : entry,
  );
  return {
    ...(spends.length > 0 ? withField(given, 'Project.ExpectedCustomerSpend', spends) : given),
    ...(typeof CreatedDate === 'string' && { CreatedDate: CreatedDate.replace(/\.\d+Z$/, 'Z') }),
  };
}

/** Marketplace solutions and products are in no recording: they are there where one is associated. */
function withoutEmptyTypes(stored: JsonObject): JsonObject {
  return ['AwsMarketplaceSolutions', 'AwsMarketplaceProducts']
    .map((type) => `RelatedEntityIdentifiers.${type}`)
    .filter((path) => listAt(stored, path).length === 0)
    .reduce((rest, path) => withField(rest, path, undefined), stored);
}

function filled(shape: Members, value: unknown, beyond?: 'nothing else'): JsonObject {
  const given = isObject(value) ? value : {};
  const members = Object.entries(shape).map(([name, member]) => [
    name,
    filledMember(member, given[name], beyond),
  ]);
  const others = Object.entries(beyond === undefined ? given : {}).filter(([name]) => !(name in shape));
  return Object.fromEntries([...members, ...others]);
}

function filledMember(shape: Shape, value: unknown, beyond?: 'nothing else'): unknown {
  if (shape === null) return value ?? null;
  if (!isListOf(shape)) return filled(shape, value, beyond);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) => filledMember(shape[0], item, beyond));
}

const isListOf = (shape: NonNullable<Shape>): shape is readonly [Shape] => Array.isArray(shape);
