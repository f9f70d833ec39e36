import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { opportunitySchema } from '../../src/aws/opportunity.ts';
import { answer, clientOf, cutOff, scriptedServer } from './scripted-server.ts';

const identified = { Id: 'O123', LastModifiedDate: '2026-11-20T10:00:00.123456Z' };
const get = { Catalog: 'Sandbox', Identifier: 'O123' } as const;

async function opportunityFrom(body: string | object) {
  const { endpoint } = await scriptedServer([answer(200, body)]);
  return clientOf(endpoint).getOpportunity(get);
}

describe('an opportunity', () => {
  test('is read with all that is used of it, and nothing else', async () => {
    const used = {
      ...identified,
      NationalSecurity: 'No',
      OpportunityType: 'Net New Business',
      PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
      Customer: {
        Account: {
          CompanyName: 'Bread &amp; Butter',
          Industry: 'Retail',
          WebsiteUrl: 'https://example.com',
          Address: { PostalCode: '0150', CountryCode: 'NO' },
        },
        Contacts: [{}],
      },
      Project: {
        Title: 'Migration',
        DeliveryModels: ['SaaS or PaaS'],
        ExpectedCustomerSpend: [
          { Amount: '2500.00', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
        ],
      },
      Marketing: { Source: 'None' },
      LifeCycle: { Stage: 'Qualified', ReviewStatus: 'Pending Submission', TargetCloseDate: '2027-01-31' },
      OpportunityTeam: [{ Email: 'ola@example.com' }],
      RelatedEntityIdentifiers: { Solutions: ['S-0000001'] },
    };
    const answered = {
      ...used,
      Arn: 'arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/O123',
      Catalog: 'Sandbox',
      CreatedDate: '2026-11-01T00:00:00Z',
      PartnerOpportunityIdentifier: 'crm-7',
      SoftwareRevenue: { DeliveryModel: 'Contract', Value: { Amount: '1', CurrencyCode: 'USD' } },
      // Whoever they are: it only matters that there is somebody.
      Customer: { ...used.Customer, Contacts: [{ Email: 'kari@example.com', FirstName: 'Kari' }] },
      LifeCycle: { ...used.LifeCycle, NextStepsHistory: [{ Value: 'Call', Time: '2026-11-02T00:00:00Z' }] },
      RelatedEntityIdentifiers: { ...used.RelatedEntityIdentifiers, AwsProducts: [] },
    };
    expect(await opportunityFrom(answered)).toEqual({ ok: true, value: used, requestId: 'req-1' });
  });

  test('keeps new values, and loses only what has an unexpected shape', async () => {
    const result = await opportunityFrom({
      ...identified,
      ANewField: { deep: true },
      OpportunityType: 'A New Type',
      NationalSecurity: null,
      PrimaryNeedsFromAws: ['Co-Sell - Deal Support', 7, null],
      Customer: 'redacted',
      LifeCycle: { Stage: 'Qualified', ReviewStatus: 3, NextStepsHistory: {} },
      Project: { ExpectedCustomerSpend: [{ Amount: 2500, CurrencyCode: 'USD' }, 'x'] },
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        ...identified,
        OpportunityType: 'A New Type',
        PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
        LifeCycle: { Stage: 'Qualified' },
        Project: { ExpectedCustomerSpend: [{ CurrencyCode: 'USD' }] },
      },
    });
  });

  test('is read whatever its other fields hold', () => {
    const names = Object.keys(opportunitySchema.shape).filter((name) => !Object.hasOwn(identified, name));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (fields) => {
        expect(opportunitySchema.safeParse({ ...fields, ...identified }).success).toBe(true);
      }),
    );
  });

  test.each([
    ['without an ID', { LastModifiedDate: 'x' }],
    ['without its last change', { Id: 'O123' }],
    ['that is empty', ''],
    ['that is HTML', '<html/>'],
    ['that is cut short', '{"Id":"O123","LastModif'],
    ['that is null', 'null'],
  ])('%s is no answer', async (_what, body) => {
    expect(await opportunityFrom(body)).toMatchObject({
      ok: false,
      error: { kind: 'unknown', code: 'UnreadableAnswer', requestId: 'req-1' },
    });
  });

  test('whose connection breaks off is no answer', async () => {
    const { endpoint } = await scriptedServer([cutOff(200, JSON.stringify(identified))]);
    expect(await clientOf(endpoint).getOpportunity(get)).toMatchObject({
      error: { kind: 'unknown', code: 'UnreadableAnswer' },
    });
  });

  test('that isn’t there is refused', async () => {
    const { endpoint } = await scriptedServer([
      answer(400, { __type: 'ResourceNotFoundException', Message: 'Not found.' }),
    ]);
    expect(await clientOf(endpoint).getOpportunity(get)).toMatchObject({
      error: { kind: 'refused', code: 'ResourceNotFoundException', message: 'Not found.' },
    });
  });
});

describe('a list of opportunities', () => {
  const list = { Catalog: 'Sandbox', MaxResults: 100, LifeCycleReviewStatus: ['Submitted'] } as const;

  test('is asked for as wished and read with its next page', async () => {
    const summary = { ...identified, LifeCycle: { Stage: 'Qualified', ReviewStatus: 'Submitted' } };
    const body = { OpportunitySummaries: [summary, { Catalog: 'Sandbox' }, null], NextToken: 'more' };
    const { endpoint, received } = await scriptedServer([answer(200, body)]);
    expect(await clientOf(endpoint).listOpportunities(list)).toEqual({
      ok: true,
      value: { OpportunitySummaries: [summary], NextToken: 'more' },
      requestId: 'req-1',
    });
    expect(received[0]).toMatchObject({
      body: JSON.stringify(list),
      headers: { 'x-amz-target': 'AWSPartnerCentralSelling.ListOpportunities' },
    });
  });

  test.each([{}, { NextToken: null }, { NextToken: '' }])('ends with %j', async (end) => {
    const { endpoint } = await scriptedServer([answer(200, { OpportunitySummaries: [], ...end })]);
    expect(await clientOf(endpoint).listOpportunities(list)).toEqual({
      ok: true,
      value: { OpportunitySummaries: [], NextToken: undefined },
      requestId: 'req-1',
    });
  });

  test('without its summaries is no answer: an empty list would say that there are none', async () => {
    const { endpoint } = await scriptedServer([answer(200, {})]);
    expect(await clientOf(endpoint).listOpportunities(list)).toMatchObject({
      error: { code: 'UnreadableAnswer' },
    });
  });
});

test('AWS’s own summary tells how it holds the opportunity', async () => {
  const summary = {
    Origin: 'Partner Referral',
    InvolvementType: 'Co-Sell',
    Visibility: 'Full',
    CosellMotion: 'Partner-led',
    OpportunityTeam: [{ Email: 'seller@example.com', BusinessTitle: 'AWSSalesRep' }],
    Insights: { EngagementScore: 'High', OpportunityQuality: { Score: 80, Trend: 'UP' } },
  };
  const { endpoint, received } = await scriptedServer([answer(200, { ...summary, Customer: {} })]);
  const request = { Catalog: 'AWS', RelatedOpportunityIdentifier: 'O123' } as const;
  expect(await clientOf(endpoint).getAwsOpportunitySummary(request)).toMatchObject({
    ok: true,
    value: summary,
  });
  expect(received[0]).toMatchObject({
    body: JSON.stringify(request),
    headers: { 'x-amz-target': 'AWSPartnerCentralSelling.GetAwsOpportunitySummary' },
  });
});
