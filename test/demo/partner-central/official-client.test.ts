import {
  AccessDeniedException,
  AssociateOpportunityCommand,
  ConflictException,
  CountryCode,
  CreateOpportunityCommand,
  CurrencyCode,
  GetAwsOpportunitySummaryCommand,
  GetOpportunityCommand,
  InternalServerException,
  ListOpportunitiesCommand,
  ListSolutionsCommand,
  PartnerCentralSellingClient,
  ResourceNotFoundException,
  SubmitOpportunityCommand,
  ThrottlingException,
  UpdateOpportunityCommand,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countryCodes, currencyCodes } from '../../../demo/partner-central/codes.ts';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../../demo/partner-central/stand-in.ts';
import { systemClock } from '../../../src/clock.ts';

const now = systemClock.now();
const submission = {
  Catalog: 'Sandbox',
  Identifier: 'O1001',
  InvolvementType: 'Co-Sell',
  Visibility: 'Full',
} as const;

let aws: PartnerCentralStandIn;
let official: PartnerCentralSellingClient;

beforeEach(async () => {
  aws = await startPartnerCentral({ clock: systemClock });
  official = new PartnerCentralSellingClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { ...aws.credentials },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  official.destroy();
  await aws.close();
});

/** What the call was rejected with; fails the test where it wasn't. */
async function rejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('the call was expected to be rejected'),
    (error: unknown) => error,
  );
}

describe("AWS's official client gets from the stand-in what it would from AWS", () => {
  it('submits an opportunity, with an empty answer and a request ID', async () => {
    aws.seed(anOpportunity({ id: 'O1001', now }));
    const answer = await official.send(new SubmitOpportunityCommand(submission));
    expect(answer).toEqual({ $metadata: expect.objectContaining({ httpStatusCode: 200 }) });
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  it('reads an opportunity, with dates as dates', async () => {
    const stored = anOpportunity({ id: 'O1001', now, title: 'Warehouse control' });
    aws.seed(stored);
    const answer = await official.send(
      new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: 'O1001' }),
    );
    expect(answer.Id).toBe('O1001');
    expect(answer.Project?.Title).toBe('Warehouse control');
    expect(answer.LifeCycle?.ReviewStatus).toBe('Pending Submission');
    expect(answer.LastModifiedDate?.toISOString()).toBe(stored.opportunity.LastModifiedDate);
  });

  it("reads AWS's summary once the opportunity is submitted", async () => {
    aws.seed(anOpportunity({ id: 'O1001', now }));
    const summary = new GetAwsOpportunitySummaryCommand({
      Catalog: 'Sandbox',
      RelatedOpportunityIdentifier: 'O1001',
    });
    const before = await official.send(summary);
    expect(before.RelatedOpportunityId).toBe('O1001');
    expect([before.InvolvementType, before.Visibility]).toEqual([undefined, undefined]);
    await official.send(new SubmitOpportunityCommand(submission));
    const after = await official.send(summary);
    expect(after).toMatchObject({
      Catalog: 'Sandbox',
      InvolvementType: 'Co-Sell',
      Visibility: 'Full',
      Origin: 'Partner Referral',
      OpportunityTeam: [{ BusinessTitle: 'PDM' }],
    });
    expect([after.LifeCycle, after.Insights]).toEqual([undefined, undefined]);
  });

  it('lists opportunities and solutions', async () => {
    aws.seed(anOpportunity({ id: 'O1001', now }));
    const opportunities = await official.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox' }));
    expect(opportunities.OpportunitySummaries?.map(({ Id }) => Id)).toEqual(['O1001']);
    const solutions = await official.send(new ListSolutionsCommand({ Catalog: 'Sandbox', MaxResults: 2 }));
    expect(solutions.SolutionSummaries?.map(({ Id }) => Id)).toEqual(['S-0051246', 'S-0051247']);
    expect(solutions.NextToken).toEqual(expect.any(String));
  });

  it('makes an opportunity, once by the same ClientToken', async () => {
    const made = new CreateOpportunityCommand({
      Catalog: 'Sandbox',
      ClientToken: 'a-token',
      LifeCycle: { Stage: 'Qualified' },
      PartnerOpportunityIdentifier: 'CRM-1',
    });
    const first = await official.send(made);
    const again = await official.send(made);
    expect(first).toMatchObject({
      PartnerOpportunityIdentifier: 'CRM-1',
      LastModifiedDate: expect.any(Date),
    });
    expect(again.Id).toBe(first.Id);
    expect(aws.opportunity('Sandbox', first.Id ?? '')?.opportunity.LifeCycle).toMatchObject({
      Stage: 'Prospect',
      ReviewStatus: 'Pending Submission',
    });
    const other = new CreateOpportunityCommand({ Catalog: 'Sandbox', ClientToken: 'a-token' });
    await expect(official.send(other)).rejects.toThrow(ConflictException);
  });

  it('updates an opportunity and associates a solution', async () => {
    aws.seed(anOpportunity({ id: 'O1001', now }));
    const read = () => official.send(new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: 'O1001' }));
    const before = await read();
    const answer = await official.send(
      new UpdateOpportunityCommand({
        Catalog: 'Sandbox',
        Identifier: 'O1001',
        LastModifiedDate: before.LastModifiedDate,
        LifeCycle: { Stage: before.LifeCycle?.Stage, ReviewStatus: before.LifeCycle?.ReviewStatus },
        Marketing: before.Marketing,
        Project: { ...before.Project, Title: 'A better title' },
      }),
    );
    await official.send(
      new AssociateOpportunityCommand({
        Catalog: 'Sandbox',
        OpportunityIdentifier: 'O1001',
        RelatedEntityType: 'Solutions',
        RelatedEntityIdentifier: 'S-0051248',
      }),
    );
    const after = await read();
    expect(answer.Id).toBe('O1001');
    expect(after.Project?.Title).toBe('A better title');
    expect(after.Customer?.Account?.CompanyName).toBeUndefined();
    expect(after.LifeCycle?.ReviewStatus).toBe('Pending Submission');
    expect(after.RelatedEntityIdentifiers?.Solutions).toEqual(['S-0051246', 'S-0051248']);
  });

  it('sees a refused submission as a ValidationException with every field', async () => {
    aws.seed(
      anOpportunity({
        id: 'O1001',
        now,
        fields: { 'LifeCycle.TargetCloseDate': '2020-01-31', 'Project.SalesActivities': undefined },
      }),
    );
    const error = await rejection(official.send(new SubmitOpportunityCommand(submission)));
    expect(error).toBeInstanceOf(ValidationException);
    expect(error).toMatchObject({
      name: 'ValidationException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [
        { FieldName: 'lifeCycle.targetCloseDate', Code: 'INVALID_VALUE', Message: expect.any(String) },
        {
          FieldName: 'project.salesActivities',
          Code: 'REQUIRED_FIELD_MISSING',
          Message: expect.any(String),
        },
      ],
    });
  });

  it('sees a malformed ID as a ValidationException of the request', async () => {
    const error = await rejection(
      official.send(new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: 'X1' })),
    );
    expect(error).toBeInstanceOf(ValidationException);
    expect(error).toMatchObject({
      Reason: 'REQUEST_VALIDATION_FAILED',
      ErrorList: [{ FieldName: 'identifier', Code: 'INVALID_STRING_FORMAT' }],
    });
  });

  it('sees an opportunity of another catalog as a ResourceNotFoundException', async () => {
    aws.seed(anOpportunity({ id: 'O1001', now, catalog: 'AWS' }));
    const error = await rejection(official.send(new SubmitOpportunityCommand(submission)));
    expect(error).toBeInstanceOf(ResourceNotFoundException);
  });

  it("sees an opportunity that isn't its own as an AccessDeniedException", async () => {
    aws.seed(anOpportunity({ id: 'O1001', now, accessDenied: true }));
    expect(await rejection(official.send(new SubmitOpportunityCommand(submission)))).toBeInstanceOf(
      AccessDeniedException,
    );
  });

  it("sees the reason where the partner's account lacks a benefit", async () => {
    aws.injectFault({
      kind: {
        type: 'error',
        name: 'AccessDeniedException',
        body: { Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' },
      },
    });
    expect(await rejection(official.send(new SubmitOpportunityCommand(submission)))).toMatchObject({
      name: 'AccessDeniedException',
      Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE',
    });
  });

  it('sees an edit of a stale copy as a ConflictException', async () => {
    aws.seed(anOpportunity({ id: 'O1001', now }));
    const error = await rejection(
      official.send(
        new UpdateOpportunityCommand({
          Catalog: 'Sandbox',
          Identifier: 'O1001',
          LastModifiedDate: new Date('2024-05-01T00:00:00Z'),
        }),
      ),
    );
    expect(error).toBeInstanceOf(ConflictException);
  });

  it('sees throttling as a ThrottlingException', async () => {
    aws.injectFault({ kind: { type: 'throttle', retryAfterMs: 700 } });
    const error = await rejection(official.send(new SubmitOpportunityCommand(submission)));
    expect(error).toBeInstanceOf(ThrottlingException);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  it("sees AWS's own failure as an InternalServerException with status 500", async () => {
    aws.injectFault({ kind: { type: 'error', name: 'InternalServerException' } });
    const error = await rejection(official.send(new SubmitOpportunityCommand(submission)));
    expect(error).toBeInstanceOf(InternalServerException);
    expect(error).toMatchObject({ $fault: 'server', $metadata: { httpStatusCode: 500 } });
  });

  it.each(['UnrecognizedClientException', 'ExpiredTokenException', 'OptInRequired', 'ServiceUnavailable'])(
    'sees %s, from in front of the service, by its name',
    async (name) => {
      aws.injectFault({ kind: { type: 'error', name } });
      expect(await rejection(official.send(new SubmitOpportunityCommand(submission)))).toMatchObject({
        name,
      });
    },
  );

  it('is refused with a wrong secret', async () => {
    const stranger = new PartnerCentralSellingClient({
      endpoint: aws.url,
      region: 'us-east-1',
      credentials: { ...aws.credentials, secretAccessKey: 'another' },
      maxAttempts: 1,
    });
    expect(await rejection(stranger.send(new SubmitOpportunityCommand(submission)))).toMatchObject({
      name: 'InvalidSignatureException',
    });
    stranger.destroy();
  });

  it('knows the same countries and currencies', () => {
    expect(countryCodes).toEqual(Object.values(CountryCode));
    expect(currencyCodes).toEqual(Object.values(CurrencyCode));
  });
});
