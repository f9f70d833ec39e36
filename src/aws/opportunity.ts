import { z } from 'zod';

/**
 * What Partner Central answers, read with tolerance: values AWS may extend are open strings, a field that
 * is missing or of a wrong type is `undefined`, a list's unreadable entries are left out. Only what
 * identifies an opportunity has to be there. Fields that nothing here reads are dropped, so that a misspelled
 * name doesn't compile: whoever writes an opportunity back starts from the answer's own JSON instead.
 *
 * Names and shapes: "API Reference", https://docs.aws.amazon.com/partner-central/latest/APIReference/.
 * Text may hold HTML entities (`&amp;`) and stays as it came: decode it where it is shown.
 */

const tolerant = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** Undefined where there is none. */
export const text = tolerant(z.string());

const readableEntries = <Schema extends z.ZodType>(entry: Schema) =>
  z.array(z.unknown()).transform((entries) =>
    entries.flatMap((candidate) => {
      const read = entry.safeParse(candidate);
      return read.success ? [read.data] : [];
    }),
  );

/** Entries that don't fit are left out; undefined where there is no list. */
export const listOf = <Schema extends z.ZodType>(entry: Schema) => tolerant(readableEntries(entry));

const texts = listOf(z.string());

const address = z.object({
  PostalCode: text,
  StateOrRegion: text,
  CountryCode: text,
});

const account = z.object({
  CompanyName: text,
  Industry: text,
  OtherIndustry: text,
  WebsiteUrl: text,
  Address: tolerant(address),
});

/** Somebody on the team of AWS's and the partner's people. */
const member = z.object({
  Email: text,
  FirstName: text,
  LastName: text,
  BusinessTitle: text,
});

/** Of the customer's people it only matters whether there are any. */
const customer = z.object({ Account: tolerant(account), Contacts: listOf(z.object({})) });

/** `Amount` is a decimal number written as a string, e.g. `"2500.00"`. */
const expectedCustomerSpend = z.object({
  Amount: text,
  CurrencyCode: text,
  Frequency: text,
  TargetCompany: text,
  EstimationUrl: text,
});

const project = z.object({
  Title: text,
  CustomerBusinessProblem: text,
  CustomerUseCase: text,
  DeliveryModels: texts,
  ExpectedCustomerSpend: listOf(expectedCustomerSpend),
  SalesActivities: texts,
  OtherSolutionDescription: text,
  RelatedOpportunityIdentifier: text,
  AwsPartition: text,
});

const marketing = z.object({
  Source: text,
  CampaignName: text,
  UseCases: texts,
  Channels: texts,
  AwsFundingUsed: text,
});

const lifeCycle = z.object({
  Stage: text,
  ReviewStatus: text,
  ReviewComments: text,
  ReviewStatusReason: text,
  TargetCloseDate: text,
  NextSteps: text,
});

const relatedEntityIdentifiers = z.object({
  Solutions: texts,
  AwsMarketplaceSolutions: texts,
  AwsMarketplaceProducts: texts,
});

/** GetOpportunity's answer. Times are ISO 8601 strings, dates `YYYY-MM-DD`. */
export const opportunitySchema = z.object({
  Id: z.string().min(1),
  /** Echo it unchanged where AWS asks for it. */
  LastModifiedDate: z.string().min(1),
  NationalSecurity: text,
  OpportunityType: text,
  PrimaryNeedsFromAws: texts,
  Customer: tolerant(customer),
  Project: tolerant(project),
  Marketing: tolerant(marketing),
  LifeCycle: tolerant(lifeCycle),
  OpportunityTeam: listOf(member),
  RelatedEntityIdentifiers: tolerant(relatedEntityIdentifiers),
});
export type Opportunity = z.infer<typeof opportunitySchema>;

/** One entry of ListOpportunities: review, stage, dates and company; no title, associations or needs. */
const opportunitySummarySchema = opportunitySchema
  .pick({ Id: true, LastModifiedDate: true, LifeCycle: true })
  .extend({
    Customer: tolerant(customer.pick({ Account: true })),
    Project: tolerant(project.pick({ ExpectedCustomerSpend: true })),
  });
export type OpportunitySummary = z.infer<typeof opportunitySummarySchema>;

const nextToken = text.transform((token) => token || undefined);

/** ListOpportunities' answer. An entry without an `Id` or a `LastModifiedDate` is left out. */
export const opportunityPageSchema = z.object({
  OpportunitySummaries: readableEntries(opportunitySummarySchema),
  NextToken: nextToken,
});

/** ListSolutions' answer: the partner's solutions. An entry without an `Id` is left out. */
export const solutionPageSchema = z.object({
  SolutionSummaries: readableEntries(z.object({ Id: z.string().min(1), Name: text })),
  NextToken: nextToken,
});
export type SolutionPage = z.infer<typeof solutionPageSchema>;

/**
 * GetAwsOpportunitySummary's answer: AWS's own side of the opportunity, as far as it is used. Before a submission AWS
 * answers it without involvement and visibility (one report), or refuses it as not found (AWS's prose): both happen.
 */
export const awsOpportunitySummarySchema = z.object({
  /** `Partner Referral`, `AWS Referral`. */
  Origin: text,
  InvolvementType: text,
  Visibility: text,
  /** `AWS Field-engaged`, `Agent-engaged`, `Partner-led`; nothing until AWS has scored the deal. Recorded by nobody. */
  CosellMotion: text,
  OpportunityTeam: listOf(member),
  /** All three recorded answers hold none of these, at most insights into spend, which nobody here reads. */
  Insights: tolerant(
    z.object({
      NextBestActions: text,
      EngagementScore: text,
      OpportunityQuality: tolerant(z.object({ Score: tolerant(z.number()), Trend: text })),
      /** Types known: `OpportunityQuality`, `SolutionRecommendation`, `SpecialistRecommendation`. */
      Recommendations: listOf(z.object({ Type: text, Details: text })),
    }),
  ),
});
export type AwsOpportunitySummary = z.infer<typeof awsOpportunitySummarySchema>;
