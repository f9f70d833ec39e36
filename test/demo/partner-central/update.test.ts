import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, textAt, withField } from '../../../demo/json.ts';
import { anOpportunity, type OpportunityChoices } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../../demo/partner-central/stand-in.ts';
import { call } from './call.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

let clock: ManualClock;
let aws: PartnerCentralStandIn;

beforeEach(async () => {
  clock = manualClock();
  aws = await startPartnerCentral({ clock });
});

afterEach(() => aws.close());

function seed(choices: Omit<OpportunityChoices, 'now'> = {}) {
  aws.seed(anOpportunity({ now: clock.now(), ...choices }));
}

function send(operation: string, input: JsonObject) {
  return call(aws, operation, input, { signedAt: clock.now() });
}

async function get(catalog = 'Sandbox'): Promise<JsonObject> {
  return (await send('GetOpportunity', { Catalog: catalog, Identifier: 'O1001' })).json;
}

/** Sends back what was read, nulls and all, with these fields changed, as an editor does; undefined leaves one out. */
async function edit(fields: JsonObject, catalog = 'Sandbox') {
  const { Id, ...read } = await get(catalog);
  const input = Object.entries(fields).reduce<JsonObject>(
    (changed, [path, value]) => withField(changed, path, value),
    { ...read, Catalog: catalog, Identifier: Id },
  );
  return send('UpdateOpportunity', input);
}

const refusedAt = (...entries: readonly (readonly [string, string])[]) => ({
  Reason: 'BUSINESS_VALIDATION_FAILED',
  Message: '',
  ErrorList: entries.map(([FieldName, Code]) => ({ FieldName, Code })),
});

describe('updating an opportunity', () => {
  it('changes what is sent and answers with the new LastModifiedDate', async () => {
    seed();
    const before = await get();
    const answer = await edit({ 'Project.Title': 'A better title' });
    const after = await get();
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ Id: 'O1001', LastModifiedDate: after.LastModifiedDate });
    expect(after.LastModifiedDate).not.toBe(before.LastModifiedDate);
    expect(after).toEqual({
      ...withField(before, 'Project.Title', 'A better title'),
      LastModifiedDate: after.LastModifiedDate,
    });
  });

  it("takes away what is left out, but nothing that is AWS's", async () => {
    seed({ reviewComments: 'Seen.' });
    const { LastModifiedDate, Arn, RelatedEntityIdentifiers } = await get();
    await send('UpdateOpportunity', {
      Catalog: 'Sandbox',
      Identifier: 'O1001',
      LastModifiedDate,
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Pending Submission' },
      Marketing: { Source: 'None' },
    });
    const after = await get();
    expect(after).toMatchObject({
      Arn,
      RelatedEntityIdentifiers,
      Customer: { Account: { CompanyName: null }, Contacts: [] },
      Project: { Title: null, ExpectedCustomerSpend: [] },
    });
    expect(after.LifeCycle).toMatchObject({
      ReviewStatus: 'Pending Submission',
      ReviewComments: 'Seen.',
      TargetCloseDate: null,
    });
  });

  it.each([
    ['Sandbox', 'Pending Submission'],
    ['AWS', 'Pending Submission'],
    ['AWS', 'Action Required'],
    ['AWS', 'Approved'],
  ])('in catalog %s that leaves the status %s out empties it, for ever', async (catalog, reviewStatus) => {
    seed({ catalog, reviewStatus });
    const comments = { 'Customer.Account.Address.City': 'Oslo' };
    expect((await edit({ ...comments, 'LifeCycle.ReviewStatus': undefined }, catalog)).status).toBe(200);
    expect(await get(catalog)).toMatchObject({ LifeCycle: { ReviewStatus: null } });
    await edit({ 'LifeCycle.ReviewStatus': reviewStatus }, catalog);
    expect(await get(catalog)).toMatchObject({ LifeCycle: { ReviewStatus: null } });
  });

  it.each<[string, Omit<OpportunityChoices, 'now'>, JsonObject, string, string]>([
    ['the stage', {}, { 'LifeCycle.Stage': undefined }, 'lifeCycle.stage', 'REQUIRED_FIELD_MISSING'],
    ['the marketing source', {}, { Marketing: undefined }, 'marketing.source', 'REQUIRED_FIELD_MISSING'],
    [
      'the needs of a Co-Sell deal',
      { reviewStatus: 'Approved' },
      { PrimaryNeedsFromAws: undefined },
      'primaryNeedsFromAws',
      'BUSINESS_VALIDATION_EXCEPTION',
    ],
    [
      'its needs withdrawn',
      { reviewStatus: 'Approved' },
      { PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep'] },
      'primaryNeedsFromAws',
      'BUSINESS_VALIDATION_EXCEPTION',
    ],
    [
      'an empty list of sales activities',
      {},
      { 'Project.SalesActivities': [] },
      'project.salesActivities',
      'INVALID_VALUE',
    ],
    [
      'a reason for a loss that is none',
      { reviewStatus: 'Approved' },
      { 'LifeCycle.ClosedLostReason': 'Price' },
      'lifeCycle.closedLostReason',
      'ACTION_NOT_PERMITTED',
    ],
    [
      'a close date of today',
      {},
      { 'LifeCycle.TargetCloseDate': '2026-11-22' },
      'lifeCycle.targetCloseDate',
      'INVALID_VALUE',
    ],
    [
      'another currency',
      {},
      {
        'Project.ExpectedCustomerSpend': [
          { Amount: '1', CurrencyCode: 'GBP', Frequency: 'Monthly', TargetCompany: 'AWS' },
        ],
      },
      'ExpectedCustomerSpend.CurrencyCode',
      'INVALID_VALUE',
    ],
    [
      'another stage for a draft',
      {},
      { 'LifeCycle.Stage': 'Qualified' },
      'lifeCycle.stage',
      'ACTION_NOT_PERMITTED',
    ],
  ])('is refused without or with %s', async (_case, choices, fields, FieldName, Code) => {
    seed(choices);
    const before = await get();
    expect((await edit(fields)).json).toMatchObject(refusedAt([FieldName, Code]));
    expect(await get()).toEqual(before);
  });

  it('makes AWS of a company that is neither AWS nor the partner, and cuts an amount to what it says', async () => {
    seed();
    const spends = ['Acme', 'Self'].map((TargetCompany) => ({
      Amount: '120.50',
      CurrencyCode: 'USD',
      Frequency: 'Monthly',
      TargetCompany,
    }));
    await edit({ 'Project.ExpectedCustomerSpend': spends });
    expect(await get()).toMatchObject({
      Project: {
        ExpectedCustomerSpend: [
          { Amount: '120.5', TargetCompany: 'AWS' },
          { Amount: '120.5', TargetCompany: 'Self' },
        ],
      },
    });
  });

  it('keeps fields that the stand-in has never heard of', async () => {
    seed();
    await edit({ 'Project.Fresh': 'x', NewInTheApi: { Deep: [1] } });
    expect(await get()).toMatchObject({ Project: { Fresh: 'x' }, NewInTheApi: { Deep: [1] } });
  });

  it('is a conflict with a stale LastModifiedDate, and changes nothing', async () => {
    seed();
    const before = await get();
    aws.review('Sandbox', 'O1001', 'Pending Submission');
    const answer = await send('UpdateOpportunity', {
      Catalog: 'Sandbox',
      Identifier: 'O1001',
      LastModifiedDate: before.LastModifiedDate,
    });
    expect(answer.json.__type).toBe('com.amazon.partnerintegrationapi.common#ConflictException');
    expect((await get()).Project).toEqual(before.Project);
  });

  it.each(['Submitted', 'In review', 'Rejected'])('is refused while it is %s', async (reviewStatus) => {
    seed({ reviewStatus });
    const { json } = await edit({ 'Project.Title': 'Other' });
    expect(json).toMatchObject({ Message: '', ErrorList: [{ Code: 'ACTION_NOT_PERMITTED' }] });
    expect(JSON.stringify(json)).not.toContain('FieldName');
  });

  it('answers Action Required: the edit is submitted again by itself', async () => {
    seed({ reviewStatus: 'Action Required', reviewComments: 'Postal code?' });
    const answer = await edit({
      'Customer.Account.Address.PostalCode': '5004',
      'LifeCycle.TargetCloseDate': '2027-05-01',
    });
    expect(answer.status).toBe(200);
    expect(await get()).toMatchObject({
      LifeCycle: { ReviewStatus: 'Submitted', TargetCloseDate: '2027-05-01', ReviewComments: null },
    });
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  it('leaves Action Required as it is where nothing was changed', async () => {
    seed({ reviewStatus: 'Action Required', fields: { 'Customer.Contacts': undefined } });
    expect((await edit({})).status).toBe(200);
    expect(textAt(await get(), 'LifeCycle.ReviewStatus')).toBe('Action Required');
  });

  it('names the fields that Action Required keeps closed', async () => {
    seed({ reviewStatus: 'Action Required' });
    const answer = await edit({
      'Project.Title': 'Other',
      'Customer.Account.Industry': 'Retail',
      'Project.CustomerBusinessProblem': 'Now told at a length that a reviewer can work with.',
    });
    expect(answer.json).toMatchObject(
      refusedAt(
        ['customer.account.industry', 'ACTION_NOT_PERMITTED'],
        ['project.title', 'ACTION_NOT_PERMITTED'],
      ),
    );
    expect(textAt(await get(), 'LifeCycle.ReviewStatus')).toBe('Action Required');
  });

  it('lets an approved opportunity move on, but keeps what was approved', async () => {
    seed({ reviewStatus: 'Approved' });
    expect((await edit({ 'LifeCycle.Stage': 'Committed' })).status).toBe(200);
    const locked = {
      'Customer.Account.CompanyName': 'Other',
      'Customer.Account.WebsiteUrl': 'https://other.example',
      'Customer.Account.Address.StateOrRegion': 'Oslo',
    };
    expect((await edit(locked)).json).toMatchObject({
      ErrorList: [
        { FieldName: 'customer.account.companyName' },
        { FieldName: 'customer.account.websiteUrl' },
        { FieldName: 'customer.account.address.stateOrRegion' },
      ],
    });
  });

  it('takes a locked block that is left out for an attempt to empty it, a member at a time', async () => {
    const SoftwareRevenue = { DeliveryModel: 'Contract', EffectiveDate: '2026-01-01' };
    seed({ reviewStatus: 'Approved', fields: { SoftwareRevenue } });
    expect((await edit({ SoftwareRevenue: undefined })).json).toMatchObject(
      refusedAt(
        ['softwareRevenue.deliveryModel', 'ACTION_NOT_PERMITTED'],
        ['softwareRevenue.effectiveDate', 'ACTION_NOT_PERMITTED'],
      ),
    );
  });

  it('does nothing to a launched deal and says nothing, but for the little that can be edited', async () => {
    seed({ reviewStatus: 'Approved', stage: 'Launched' });
    const before = await get();
    const fields = { 'Project.Title': 'Other', 'Project.AdditionalComments': 'Renewed.' };
    expect((await edit(fields)).status).toBe(200);
    const { LastModifiedDate } = await get();
    expect(await get()).toEqual({
      ...withField(before, 'Project.AdditionalComments', 'Renewed.'),
      LastModifiedDate,
    });
  });

  it('is refused once the deal is lost, which takes a reason', async () => {
    seed({ reviewStatus: 'Approved' });
    expect((await edit({ 'LifeCycle.Stage': 'Closed Lost' })).json).toMatchObject(
      refusedAt(['lifeCycle.closedLostReason', 'REQUIRED_FIELD_MISSING']),
    );
    await edit({ 'LifeCycle.Stage': 'Closed Lost', 'LifeCycle.ClosedLostReason': 'Price' });
    expect((await edit({ 'LifeCycle.NextSteps': 'Try again.' })).json).toMatchObject({
      ErrorList: [{ Code: 'ACTION_NOT_PERMITTED' }],
    });
  });

  it.each(['Approved', 'Action Required', 'Rejected'])(
    'plays a review in Sandbox, where the whole deal with %s sets it',
    async (status) => {
      seed({ reviewStatus: 'Submitted' });
      expect((await edit({ Marketing: undefined, 'LifeCycle.ReviewStatus': status })).status).toBe(400);
      expect((await edit({ 'LifeCycle.ReviewStatus': status })).status).toBe(200);
      expect(textAt(await get(), 'LifeCycle.ReviewStatus')).toBe(status);
    },
  );

  it('plays no review with another status, or in production', async () => {
    seed();
    seed({ catalog: 'AWS' });
    await edit({ 'LifeCycle.ReviewStatus': 'In review' });
    await edit({ 'LifeCycle.ReviewStatus': 'Approved' }, 'AWS');
    expect(textAt(await get(), 'LifeCycle.ReviewStatus')).toBe('Pending Submission');
    expect(textAt(await get('AWS'), 'LifeCycle.ReviewStatus')).toBe('Pending Submission');
  });

  it('keeps no history of next steps', async () => {
    seed();
    await edit({ 'LifeCycle.NextSteps': 'Sign the order form.' });
    expect(await get()).toMatchObject({
      LifeCycle: { NextSteps: 'Sign the order form.', NextStepsHistory: null },
    });
  });

  it('refuses values that the model does not know, each by its path', async () => {
    seed();
    const answer = await edit({
      'Project.DeliveryModels': ['Carrier pigeon'],
      'Customer.Account.Duns': '12',
      'Project.Title': 'x'.repeat(256),
      'Project.ExpectedCustomerSpend': [{ Amount: '1,000', Frequency: 'Monthly', TargetCompany: 'AWS' }],
    });
    expect(answer.json).toMatchObject({ Reason: 'REQUEST_VALIDATION_FAILED' });
    expect(answer.json.ErrorList).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ FieldName: 'project.deliveryModels', Code: 'INVALID_ENUM_VALUE' }),
        expect.objectContaining({ FieldName: 'customer.account.duns', Code: 'INVALID_STRING_FORMAT' }),
        expect.objectContaining({ FieldName: 'project.title', Code: 'INVALID_STRING_FORMAT' }),
        expect.objectContaining({
          FieldName: 'ExpectedCustomerSpend.Amount',
          Code: 'INVALID_STRING_FORMAT',
        }),
        expect.objectContaining({
          FieldName: 'ExpectedCustomerSpend.CurrencyCode',
          Code: 'REQUIRED_FIELD_MISSING',
        }),
      ]),
    );
  });
});

describe('associating a solution', () => {
  const association = {
    Catalog: 'Sandbox',
    OpportunityIdentifier: 'O1001',
    RelatedEntityType: 'Solutions',
    RelatedEntityIdentifier: 'S-0051247',
  };
  const associate = (given: JsonObject = {}) => send('AssociateOpportunity', { ...association, ...given });

  it('adds it once, moves LastModifiedDate, and is a conflict the second time', async () => {
    seed();
    const before = await get();
    expect((await associate()).text).toBe('');
    const after = await get();
    expect(after).toMatchObject({
      RelatedEntityIdentifiers: { Solutions: ['S-0051246', 'S-0051247'] },
    });
    expect(after.LastModifiedDate).not.toBe(before.LastModifiedDate);
    expect((await associate()).json.__type).toMatch(/#ConflictException$/);
    expect(await get()).toEqual(after);
  });

  it('takes an offer by its ARN, also once approved, and shows its ID', async () => {
    seed({ reviewStatus: 'Approved' });
    const RelatedEntityType = 'AwsMarketplaceOffers';
    const arn = 'arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/Offer/offer-lc22l55namc3b';
    await associate({ RelatedEntityType, RelatedEntityIdentifier: arn });
    expect(await get()).toMatchObject({
      RelatedEntityIdentifiers: { AwsMarketplaceOffers: ['offer-lc22l55namc3b'] },
    });
    const id = { RelatedEntityType, RelatedEntityIdentifier: 'offer-abcdefghijklm' };
    expect((await associate(id)).json).toMatchObject({
      ErrorList: [{ FieldName: 'relatedEntityIdentifier', Code: 'INVALID_STRING_FORMAT' }],
    });
  });

  it('is refused for a solution that is not there, and while AWS reviews', async () => {
    seed();
    expect((await associate({ RelatedEntityIdentifier: 'S-99' })).json.__type).toMatch(
      /#ResourceNotFoundException$/,
    );
    aws.review('Sandbox', 'O1001', 'In review');
    expect((await associate()).json).toMatchObject({ ErrorList: [{ Code: 'ACTION_NOT_PERMITTED' }] });
  });
});
