import { z } from 'zod';
import { type ClientOptions, createClient, readAs } from './client.ts';
import { type Result, unreadable } from './errors.ts';
import {
  type AwsOpportunitySummary,
  awsOpportunitySummarySchema,
  type Opportunity,
  opportunityPageSchema,
  opportunitySchema,
  type SolutionPage,
  solutionPageSchema,
} from './opportunity.ts';
import type { Catalog, InvolvementType, RelatedEntityType, Visibility } from './terms.ts';
import { type Answer, exactJsonOf } from './transport.ts';
import { isWholeOpportunity, type UpdateOpportunityRequest, type WholeJson } from './update-request.ts';

export interface GetOpportunityRequest {
  readonly Catalog: Catalog;
  readonly Identifier: string;
}

export interface SubmitOpportunityRequest extends GetOpportunityRequest {
  readonly InvolvementType: InvolvementType;
  readonly Visibility: Visibility;
}

export interface GetAwsOpportunitySummaryRequest {
  readonly Catalog: Catalog;
  readonly RelatedOpportunityIdentifier: string;
}

export interface ListOpportunitiesRequest {
  readonly Catalog: Catalog;
  /** 1 to 100. */
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Sort?: {
    readonly SortBy:
      | 'LastModifiedDate'
      | 'Identifier'
      | 'CustomerCompanyName'
      | 'CreatedDate'
      | 'TargetCloseDate';
    readonly SortOrder: 'ASCENDING' | 'DESCENDING';
  };
  readonly LastModifiedDate?: {
    readonly AfterLastModifiedDate?: string;
    readonly BeforeLastModifiedDate?: string;
  };
  /** Days, `YYYY-MM-DD`; both ends are left out. */
  readonly TargetCloseDate?: {
    readonly AfterTargetCloseDate?: string;
    readonly BeforeTargetCloseDate?: string;
  };
  /** At most 20. */
  readonly Identifier?: readonly string[];
  /** At most 10. */
  readonly LifeCycleReviewStatus?: readonly string[];
}

export interface AssociateOpportunityRequest {
  readonly Catalog: Catalog;
  readonly OpportunityIdentifier: string;
  readonly RelatedEntityType: RelatedEntityType;
  /** A solution's ID, the ARN of what is AWS Marketplace's. */
  readonly RelatedEntityIdentifier: string;
}

export interface ListSolutionsRequest {
  readonly Catalog: Catalog;
  /** 1 to 100. */
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Status?: readonly ('Active' | 'Inactive' | 'Draft')[];
}

/** An opportunity twice: read with tolerance, and exactly as it came, to be written back from. */
export interface WholeOpportunity {
  readonly opportunity: Opportunity;
  readonly json: WholeJson;
}

export type OpportunityPage = Readonly<z.output<typeof opportunityPageSchema>>;

/** Until when a write may go out: no write goes without. */
export interface SendWindow {
  /**
   * Asked once the connection stands, just before the request's bytes are written. False: nothing is sent
   * and the outcome is `retryable` with the code `DeadlinePassed`.
   */
  readonly maySend: () => boolean;
}

/** How Partner Central's Selling API is signed for and addressed. */
export const SELLING = { signingName: 'partnercentral-selling', target: 'AWSPartnerCentralSelling' } as const;

export type PartnerCentral = ReturnType<typeof createPartnerCentral>;

/**
 * What the bot asks of Partner Central's Selling API at `endpoint`: a function an operation, each a single signed call.
 * Nothing is sent before the first one.
 *
 * "AWS Partner Central Selling API", https://docs.aws.amazon.com/partner-central/latest/APIReference/
 */
export function createPartnerCentral(options: Omit<ClientOptions, 'service'>) {
  const client = createClient({ ...options, service: SELLING });
  return {
    /**
     * A write that isn't idempotent and can't be undone: sent at most once, over a connection of its own.
     * (A second try after `ExpiredTokenException` is made with fresh credentials: that one wasn't executed.)
     */
    submitOpportunity: async (
      request: SubmitOpportunityRequest,
      { maySend }: SendWindow,
    ): Promise<Result<void>> => accepted(await client.write('SubmitOpportunity', request, maySend)),

    getOpportunity: async (request: GetOpportunityRequest): Promise<Result<Opportunity>> =>
      readAs(opportunitySchema, await client.read('GetOpportunity', request)),

    getWholeOpportunity: async (request: GetOpportunityRequest): Promise<Result<WholeOpportunity>> =>
      whole(await client.read('GetOpportunity', request)),

    /**
     * A PUT of every field: `updateRequest` makes it. Answers the new LastModifiedDate. Its guard makes a repeated one
     * harmless; it is sent as a submission is all the same, so that what became of it is known as well.
     */
    updateOpportunity: async (
      request: UpdateOpportunityRequest,
      { maySend }: SendWindow,
    ): Promise<Result<{ readonly LastModifiedDate: string }>> =>
      readAs(updatedSchema, await client.write('UpdateOpportunity', request, maySend)),

    associateOpportunity: async (
      request: AssociateOpportunityRequest,
      { maySend }: SendWindow,
    ): Promise<Result<void>> => accepted(await client.write('AssociateOpportunity', request, maySend)),

    listSolutions: async (request: ListSolutionsRequest): Promise<Result<SolutionPage>> =>
      readAs(solutionPageSchema, await client.read('ListSolutions', request)),

    getAwsOpportunitySummary: async (
      request: GetAwsOpportunitySummaryRequest,
    ): Promise<Result<AwsOpportunitySummary>> =>
      readAs(awsOpportunitySummarySchema, await client.read('GetAwsOpportunitySummary', request)),

    listOpportunities: async (request: ListOpportunitiesRequest): Promise<Result<OpportunityPage>> =>
      readAs(opportunityPageSchema, await client.read('ListOpportunities', request)),

    /** Closes idle connections. */
    close: client.close,
  };
}

/** Anything but an empty body or `{}` with a request ID may come from something else than AWS's service. */
function accepted(result: Result<Answer>): Result<void> {
  if (!result.ok) return result;
  const nothing = /^(\{\s*\})?$/.test(result.value.body.trim());
  return nothing && result.requestId !== undefined
    ? { ok: true, value: undefined, requestId: result.requestId }
    : { ok: false, error: unreadable(result.value) };
}

const updatedSchema = z.object({ Id: z.string().min(1), LastModifiedDate: z.string().min(1) });

function whole(result: Result<Answer>): Result<WholeOpportunity> {
  if (!result.ok) return result;
  const parsed = readAs(opportunitySchema, result);
  if (!parsed.ok) return parsed;
  const json = exactJsonOf(result.value);
  return isWholeOpportunity(json)
    ? { ok: true, value: { opportunity: parsed.value, json }, requestId: result.requestId }
    : { ok: false, error: unreadable(result.value) };
}
