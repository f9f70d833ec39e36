import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, textAt, withField } from '../../../demo/partner-central/json.ts';
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

/** Sends back what was read, with these fields changed, as an editor does. */
async function edit(fields: JsonObject, catalog = 'Sandbox') {
  const {
    Id,
    Arn: _arn,
    CreatedDate: _created,
    OpportunityTeam: _team,
    RelatedEntityIdentifiers: _related,
    ...read
  } = await get(catalog);
  const unreviewed = [
    'ReviewStatus',
    'ReviewComments',
    'ReviewStatusReason',
    'NextStepsHistory',
  ].reduce<JsonObject>((input, name) => withField(input, `LifeCycle.${name}`, undefined), {
    ...read,
    Catalog: catalog,
    Identifier: Id,
  });
  const input = Object.entries(fields).reduce<JsonObject>(
    (changed, [path, value]) => withField(changed, path, value),
    unreviewed,
  );
  return send('UpdateOpportunity', input);
}

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
    await send('UpdateOpportunity', { Catalog: 'Sandbox', Identifier: 'O1001', LastModifiedDate });
    const after = await get();
    expect(after).toMatchObject({ Arn, RelatedEntityIdentifiers });
    expect(after.Customer).toBeUndefined();
    expect(after.Project).toBeUndefined();
    expect(after.LifeCycle).toEqual({
      ReviewStatus: 'Pending Submission',
      ReviewComments: 'Seen.',
      NextStepsHistory: [],
    });
  });

  it('keeps fields that the stand-in has never heard of', async () => {
    seed();
    await edit({ 'Project.AwsPartition': 'aws-eusc', NewInTheApi: { Deep: [1] } });
    expect(await get()).toMatchObject({ Project: { AwsPartition: 'aws-eusc' }, NewInTheApi: { Deep: [1] } });
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
    expect(answer.json.__type).toBe('com.amazonaws.partnercentralselling#ConflictException');
    expect((await get()).Project).toEqual(before.Project);
  });

  it.each(['Submitted', 'In review', 'Rejected'])('is refused while it is %s', async (reviewStatus) => {
    seed({ reviewStatus });
    expect((await edit({ 'Project.Title': 'Other' })).json).toMatchObject({
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ FieldName: 'LifeCycle.ReviewStatus', Code: 'INVALID_RESOURCE_STATE' }],
    });
  });

  it('answers Action Required: the edit goes back into review, without a second submission', async () => {
    seed({ reviewStatus: 'Action Required', reviewComments: 'Postal code?' });
    const answer = await edit({
      'Customer.Account.Address.PostalCode': '5004',
      'LifeCycle.TargetCloseDate': '2027-05-01',
    });
    expect(answer.status).toBe(200);
    const { LifeCycle } = await get();
    expect(LifeCycle).toMatchObject({ ReviewStatus: 'In review', TargetCloseDate: '2027-05-01' });
    expect(LifeCycle).not.toHaveProperty('ReviewComments');
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  it('names the fields that Action Required keeps closed', async () => {
    seed({ reviewStatus: 'Action Required' });
    const answer = await edit({
      'Project.Title': 'Other',
      'Customer.Account.Industry': 'Retail',
      'Project.CustomerBusinessProblem': 'Now told at a length that a reviewer can work with.',
    });
    expect(answer.json).toMatchObject({
      ErrorList: [
        { FieldName: 'Customer.Account.Industry', Code: 'ACTION_NOT_PERMITTED' },
        { FieldName: 'Project.Title', Code: 'ACTION_NOT_PERMITTED' },
      ],
    });
    expect(textAt(await get(), 'LifeCycle.ReviewStatus')).toBe('Action Required');
  });

  it('lets an approved opportunity move on, but keeps what was approved', async () => {
    seed({ reviewStatus: 'Approved' });
    expect((await edit({ 'LifeCycle.Stage': 'Committed' })).status).toBe(200);
    expect((await edit({ 'Customer.Account.WebsiteUrl': 'https://other.example' })).json).toMatchObject({
      ErrorList: [{ FieldName: 'Customer.Account.WebsiteUrl', Code: 'ACTION_NOT_PERMITTED' }],
    });
  });

  it('plays a review in Sandbox, where setting the status sets it', async () => {
    seed({ reviewStatus: 'Submitted' });
    expect((await edit({ 'LifeCycle.ReviewStatus': 'Approved' })).status).toBe(200);
    expect(textAt(await get(), 'LifeCycle.ReviewStatus')).toBe('Approved');
  });

  it('ignores a status that is sent in production', async () => {
    seed({ catalog: 'AWS' });
    await edit({ 'LifeCycle.ReviewStatus': 'Approved' }, 'AWS');
    expect(textAt(await get('AWS'), 'LifeCycle.ReviewStatus')).toBe('Pending Submission');
  });

  it('refuses a close date in the past, and Closed Lost without a reason', async () => {
    seed();
    expect(
      (await edit({ 'LifeCycle.TargetCloseDate': '2026-01-01', 'LifeCycle.Stage': 'Closed Lost' })).json,
    ).toMatchObject({
      ErrorList: [{ FieldName: 'LifeCycle.TargetCloseDate' }, { FieldName: 'LifeCycle.ClosedLostReason' }],
    });
  });

  it('keeps the history of next steps', async () => {
    seed();
    await edit({ 'LifeCycle.NextSteps': 'Sign the order form.' });
    expect(await get()).toMatchObject({
      LifeCycle: { NextStepsHistory: [{ Value: 'Sign the order form.', Time: clock.now().toISOString() }] },
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
        expect.objectContaining({ FieldName: 'Project.DeliveryModels[0]', Code: 'INVALID_ENUM_VALUE' }),
        expect.objectContaining({ FieldName: 'Customer.Account.Duns', Code: 'INVALID_STRING_FORMAT' }),
        expect.objectContaining({ FieldName: 'Project.Title', Code: 'INVALID_STRING_FORMAT' }),
        expect.objectContaining({
          FieldName: 'Project.ExpectedCustomerSpend[0].Amount',
          Code: 'INVALID_STRING_FORMAT',
        }),
        expect.objectContaining({
          FieldName: 'Project.ExpectedCustomerSpend[0].CurrencyCode',
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

  it('adds it once, however often it is asked for', async () => {
    seed();
    expect((await send('AssociateOpportunity', association)).text).toBe('');
    await send('AssociateOpportunity', association);
    expect(await get()).toMatchObject({
      RelatedEntityIdentifiers: { Solutions: ['S-0051246', 'S-0051247'] },
    });
  });

  it('is refused for a solution that is not there, and while AWS reviews', async () => {
    seed();
    expect(
      (await send('AssociateOpportunity', { ...association, RelatedEntityIdentifier: 'S-99' })).json.__type,
    ).toMatch(/#ResourceNotFoundException$/);
    aws.review('Sandbox', 'O1001', 'In review');
    expect((await send('AssociateOpportunity', association)).json).toMatchObject({
      ErrorList: [{ Code: 'INVALID_RESOURCE_STATE' }],
    });
  });
});
