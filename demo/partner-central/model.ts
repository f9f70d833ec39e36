import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import * as codes from './codes.ts';
import { frontError, type ListedError, requestInvalid, type ValidationCode, type WireError } from './wire.ts';

// Only the operations' own members are closed: what they carry keeps members that this table doesn't know.

const catalog = z.string().regex(codes.catalogPattern);
const opportunityId = z.string().regex(codes.opportunityIdPattern);
const date = z.string().regex(codes.datePattern);
const dateTime = z.iso.datetime({ offset: true });
const text = (max: number, min = 0) => z.string().min(min).max(max);
const website = text(255, 4).regex(/^(https?:\/\/)?[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/i);
const email = text(80).regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/);
const phone = z.string().regex(/^\+[1-9]\d{1,14}$/);

const maxResults = z.int().min(1).max(100).default(20);
const nextToken = z.string().min(1).max(2048).optional();

export const submitOpportunityInput = z.object({
  Catalog: catalog,
  Identifier: opportunityId,
  InvolvementType: z.enum(codes.involvementTypes),
  Visibility: z.enum(codes.visibilities).default('Full'),
});

export type SubmitOpportunityInput = z.infer<typeof submitOpportunityInput>;

export const getOpportunityInput = z.object({ Catalog: catalog, Identifier: opportunityId });

export const getAwsOpportunitySummaryInput = z.object({
  Catalog: catalog,
  RelatedOpportunityIdentifier: opportunityId,
});

export const listOpportunitiesInput = z.object({
  Catalog: catalog,
  MaxResults: maxResults,
  NextToken: nextToken,
  Sort: z
    .object({ SortBy: z.enum(codes.opportunitySortNames), SortOrder: z.enum(codes.sortOrders) })
    .optional(),
  LastModifiedDate: z
    .object({ AfterLastModifiedDate: dateTime.optional(), BeforeLastModifiedDate: dateTime.optional() })
    .optional(),
  CreatedDate: z
    .object({ AfterCreatedDate: dateTime.optional(), BeforeCreatedDate: dateTime.optional() })
    .optional(),
  TargetCloseDate: z
    .object({ AfterTargetCloseDate: date.optional(), BeforeTargetCloseDate: date.optional() })
    .optional(),
  Identifier: z.array(opportunityId).max(20).optional(),
  LifeCycleStage: z.array(z.enum(codes.stages)).max(10).optional(),
  LifeCycleReviewStatus: z.array(z.enum(codes.reviewStatuses)).max(10).optional(),
  CustomerCompanyName: z.array(z.string()).max(10).optional(),
});

export type ListOpportunitiesInput = z.infer<typeof listOpportunitiesInput>;

export const listSolutionsInput = z.object({
  Catalog: catalog,
  MaxResults: maxResults,
  NextToken: nextToken,
  Sort: z.object({ SortBy: z.enum(codes.solutionSortNames), SortOrder: z.enum(codes.sortOrders) }).optional(),
  Status: z.array(z.enum(codes.solutionStatuses)).max(10).optional(),
  Identifier: z.array(z.string().regex(codes.solutionIdPattern)).max(20).optional(),
  Category: z.array(z.string()).max(10).optional(),
});

export type ListSolutionsInput = z.infer<typeof listSolutionsInput>;

export const associateOpportunityInput = z.object({
  Catalog: catalog,
  OpportunityIdentifier: opportunityId,
  RelatedEntityType: z.enum(codes.relatedEntityTypes),
  RelatedEntityIdentifier: text(255, 1),
});

export type AssociateOpportunityInput = z.infer<typeof associateOpportunityInput>;

const customer = z.looseObject({
  Account: z
    .looseObject({
      CompanyName: text(120),
      Industry: z.enum(codes.industries).optional(),
      OtherIndustry: text(255).optional(),
      WebsiteUrl: website.optional(),
      AwsAccountId: z
        .string()
        .regex(/^([0-9]{12}|\w{1,12})$/)
        .optional(),
      Duns: z
        .string()
        .regex(/^[0-9]{9}$/)
        .optional(),
      Address: z
        .looseObject({
          City: text(255).optional(),
          PostalCode: text(20).optional(),
          StateOrRegion: text(255).optional(),
          CountryCode: z.enum(codes.countryCodes).optional(),
          StreetAddress: text(255).optional(),
        })
        .optional(),
    })
    .optional(),
  Contacts: z
    .array(
      z.looseObject({
        Email: email.optional(),
        FirstName: text(80).optional(),
        LastName: text(80).optional(),
        BusinessTitle: text(80).optional(),
        Phone: phone.optional(),
      }),
    )
    .optional(),
});

const project = z.looseObject({
  Title: text(255).optional(),
  CustomerBusinessProblem: text(2000, 20).optional(),
  CustomerUseCase: z.enum(codes.customerUseCases).optional(),
  DeliveryModels: z.array(z.enum(codes.deliveryModels)).optional(),
  ExpectedCustomerSpend: z
    .array(
      z.looseObject({
        Amount: z.string().regex(codes.amountPattern).optional(),
        CurrencyCode: z.enum(codes.currencyCodes),
        Frequency: z.enum(codes.paymentFrequencies),
        TargetCompany: text(80, 1),
        EstimationUrl: text(255).optional(),
      }),
    )
    .max(10)
    .optional(),
  SalesActivities: z.array(z.enum(codes.salesActivities)).optional(),
  CompetitorName: z.enum(codes.competitors).optional(),
  OtherCompetitorNames: text(255).optional(),
  OtherSolutionDescription: text(255).optional(),
  AdditionalComments: text(255, 1).optional(),
  RelatedOpportunityIdentifier: opportunityId.optional(),
});

/** What a partner says of an opportunity, when it is made and in every update. */
const partnersSide = {
  PartnerOpportunityIdentifier: text(64).optional(),
  NationalSecurity: z.enum(codes.yesNo).optional(),
  OpportunityType: z.enum(codes.opportunityTypes).optional(),
  PrimaryNeedsFromAws: z.array(z.enum([...codes.primaryNeeds, codes.DO_NOT_NEED_SUPPORT])).optional(),
  Customer: customer.optional(),
  Project: project.optional(),
  Marketing: z
    .looseObject({
      Source: z.enum(codes.marketingSources).optional(),
      CampaignName: z.string().optional(),
      UseCases: z.array(z.string()).optional(),
      Channels: z.array(z.enum(codes.marketingChannels)).optional(),
      AwsFundingUsed: z.enum(codes.yesNo).optional(),
    })
    .optional(),
  SoftwareRevenue: z
    .looseObject({
      DeliveryModel: z.enum(codes.revenueModels).optional(),
      Value: z
        .object({ Amount: z.string().regex(codes.amountPattern), CurrencyCode: z.enum(codes.currencyCodes) })
        .optional(),
      EffectiveDate: date.optional(),
      ExpirationDate: date.optional(),
    })
    .optional(),
  LifeCycle: z
    .looseObject({
      Stage: z.enum(codes.stages).optional(),
      ClosedLostReason: z.enum(codes.closedLostReasons).optional(),
      NextSteps: text(255).optional(),
      TargetCloseDate: date.optional(),
      ReviewStatus: z.enum(codes.reviewStatuses).optional(),
      ReviewComments: z.string().optional(),
      ReviewStatusReason: z.string().optional(),
    })
    .optional(),
};

export const updateOpportunityInput = z.looseObject({
  Catalog: catalog,
  Identifier: opportunityId,
  LastModifiedDate: dateTime,
  ...partnersSide,
});

export type UpdateOpportunityInput = z.infer<typeof updateOpportunityInput>;

export const createOpportunityInput = z.looseObject({
  Catalog: catalog,
  ClientToken: text(255, 1),
  Origin: z.enum(codes.origins).default('Partner Referral'),
  ...partnersSide,
});

export type CreateOpportunityInput = z.infer<typeof createOpportunityInput>;

export const listEngagementResourceAssociationsInput = z.object({
  Catalog: catalog,
  ResourceType: z.literal('Opportunity'),
  ResourceIdentifier: opportunityId,
});

export type Parsed<T> =
  | { readonly ok: true; readonly input: T }
  | { readonly ok: false; readonly error: WireError };

/**
 * Checks an operation's input against the model. A value of the wrong JSON type is a SerializationException,
 * as in every AWS JSON service; all else is one ValidationException that lists every fault.
 */
export function parseInput<T>(schema: z.ZodType<T>, body: JsonObject): Parsed<T> {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return { ok: true, input: parsed.data };
  const { issues } = parsed.error;
  if (issues.some(isWrongType)) return { ok: false, error: frontError('SerializationException') };
  return { ok: false, error: requestInvalid(issues.map(listedError)) };
}

function isWrongType(issue: z.core.$ZodIssue): boolean {
  if (issue.input === undefined) return false;
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof issue.input !== 'string');
}

function listedError(issue: z.core.$ZodIssue): ListedError {
  const FieldName = fieldName(issue.path);
  const { Code, wrong } = explainIssue(issue);
  return { FieldName, Message: `Value at '${FieldName}' ${wrong}`, Code };
}

/** By the API's members; a list's by its index: `Project.ExpectedCustomerSpend[0].Amount`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((step, depth) => (typeof step === 'number' ? `[${step}]` : `${depth > 0 ? '.' : ''}${String(step)}`))
    .join('');
}

function explainIssue(issue: z.core.$ZodIssue): { readonly Code: ValidationCode; readonly wrong: string } {
  if (issue.input === undefined) {
    return {
      Code: 'REQUIRED_FIELD_MISSING',
      wrong: 'failed to satisfy constraint: Member must not be null',
    };
  }
  switch (issue.code) {
    case 'invalid_value':
      return {
        Code: 'INVALID_ENUM_VALUE',
        wrong: `failed to satisfy constraint: Member must satisfy enum value set: [${issue.values.join(', ')}]`,
      };
    case 'invalid_format':
      return {
        Code: 'INVALID_STRING_FORMAT',
        wrong: `failed to satisfy constraint: Member must satisfy regular expression pattern: ${issue.pattern ?? issue.format}`,
      };
    case 'too_small':
      return tooFew(issue.origin, `greater than or equal to ${issue.minimum}`);
    case 'too_big':
      return tooMany(issue.origin, `less than or equal to ${issue.maximum}`);
    default:
      return { Code: 'INVALID_VALUE', wrong: `is not valid: ${issue.message}` };
  }
}

function tooFew(origin: string, bound: string) {
  const Code = origin === 'array' ? 'NOT_ENOUGH_VALUES' : lengthOrRange(origin);
  return { Code, wrong: `failed to satisfy constraint: Member must have a size ${bound}` } as const;
}

function tooMany(origin: string, bound: string) {
  const Code = origin === 'array' ? 'TOO_MANY_VALUES' : lengthOrRange(origin);
  return { Code, wrong: `failed to satisfy constraint: Member must have a size ${bound}` } as const;
}

function lengthOrRange(origin: string): ValidationCode {
  return origin === 'string' ? 'INVALID_STRING_FORMAT' : 'VALUE_OUT_OF_RANGE';
}
