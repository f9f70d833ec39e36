import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAt } from '../../../demo/partner-central/json.ts';
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

function submit(input: Readonly<Record<string, unknown>> = {}) {
  return call(
    aws,
    'SubmitOpportunity',
    { Catalog: 'Sandbox', Identifier: 'O1001', InvolvementType: 'Co-Sell', ...input },
    { signedAt: clock.now() },
  );
}

function seed(choices: Omit<OpportunityChoices, 'now'> = {}) {
  aws.seed(anOpportunity({ now: clock.now(), ...choices }));
}

const reviewStatus = () => aws.opportunity('Sandbox', 'O1001')?.opportunity.LifeCycle;

describe('submitting an opportunity', () => {
  it('answers with nothing, and what was submitted is under review', async () => {
    seed();
    const answer = await submit({ Visibility: 'Limited' });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('');
    expect(aws.opportunity('Sandbox', 'O1001')).toMatchObject({
      involvementType: 'Co-Sell',
      visibility: 'Limited',
      opportunity: { LifeCycle: { ReviewStatus: 'Submitted' } },
    });
  });

  it('shows it in full where no visibility is asked for', async () => {
    seed();
    await submit();
    expect(aws.opportunity('Sandbox', 'O1001')?.visibility).toBe('Full');
  });

  it('moves LastModifiedDate, though the clock stands still', async () => {
    seed({ fields: { LastModifiedDate: clock.now().toISOString() } });
    const before = aws.opportunity('Sandbox', 'O1001')?.opportunity.LastModifiedDate ?? '';
    await submit();
    const after = aws.opportunity('Sandbox', 'O1001')?.opportunity.LastModifiedDate ?? '';
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
  });

  it('is refused the second time, and counted once', async () => {
    seed();
    await submit();
    const again = await submit();
    expect(again.status).toBe(400);
    expect(again.json).toMatchObject({
      __type: 'com.amazonaws.partnercentralselling#ValidationException',
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ FieldName: 'LifeCycle.ReviewStatus', Code: 'INVALID_RESOURCE_STATE' }],
    });
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.requests('SubmitOpportunity').map(({ executed }) => executed)).toEqual([true, false]);
  });

  it('sent twice at the same moment takes effect once', async () => {
    seed();
    const answers = await Promise.all([submit(), submit(), submit()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  it.each(['Submitted', 'In review', 'Approved', 'Rejected', 'Action Required'])(
    'is refused while it is %s',
    async (status) => {
      seed({ reviewStatus: status });
      expect((await submit()).json).toMatchObject({ ErrorList: [{ Code: 'INVALID_RESOURCE_STATE' }] });
      expect(reviewStatus()).toMatchObject({ ReviewStatus: status });
    },
  );

  it('is refused where AWS referred it', async () => {
    seed({ origin: 'AWS Referral' });
    expect((await submit()).json).toMatchObject({
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ Code: 'ACTION_NOT_PERMITTED', Message: expect.stringContaining('created by partner') }],
    });
  });

  it('is not found in the other catalog', async () => {
    seed({ catalog: 'AWS' });
    expect((await submit()).json.__type).toBe(
      'com.amazonaws.partnercentralselling#ResourceNotFoundException',
    );
  });

  it('is denied where AWS says so', async () => {
    seed({ accessDenied: true });
    expect((await submit()).json.__type).toBe('com.amazonaws.partnercentralselling#AccessDeniedException');
  });

  it.each<[string, Omit<OpportunityChoices, 'now'>, string, string]>([
    ['a prospect', { stage: 'Prospect' }, 'LifeCycle.Stage', 'INVALID_VALUE'],
    ['a lost deal', { stage: 'Closed Lost' }, 'LifeCycle.Stage', 'INVALID_VALUE'],
    [
      'no close date',
      without('LifeCycle.TargetCloseDate'),
      'LifeCycle.TargetCloseDate',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'yesterday as close date',
      withField('LifeCycle.TargetCloseDate', '2026-11-21'),
      'LifeCycle.TargetCloseDate',
      'INVALID_VALUE',
    ],
    ['a blank title', withField('Project.Title', ' '), 'Project.Title', 'REQUIRED_FIELD_MISSING'],
    [
      'no business problem',
      without('Project.CustomerBusinessProblem'),
      'Project.CustomerBusinessProblem',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'too short a business problem',
      withField('Project.CustomerBusinessProblem', 'Slow.'),
      'Project.CustomerBusinessProblem',
      'INVALID_STRING_FORMAT',
    ],
    [
      'no delivery model',
      withField('Project.DeliveryModels', []),
      'Project.DeliveryModels',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no expected spend',
      without('Project.ExpectedCustomerSpend'),
      'Project.ExpectedCustomerSpend',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'an amount of 0',
      withField('Project.ExpectedCustomerSpend', [
        { Amount: '0.00', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
      ]),
      'Project.ExpectedCustomerSpend[0].Amount',
      'VALUE_OUT_OF_RANGE',
    ],
    [
      'no currency',
      withField('Project.ExpectedCustomerSpend', [
        { Amount: '10', Frequency: 'Monthly', TargetCompany: 'AWS' },
      ]),
      'Project.ExpectedCustomerSpend[0].CurrencyCode',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no company',
      without('Customer.Account.CompanyName'),
      'Customer.Account.CompanyName',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no website',
      without('Customer.Account.WebsiteUrl'),
      'Customer.Account.WebsiteUrl',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no industry',
      without('Customer.Account.Industry'),
      'Customer.Account.Industry',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'another industry, unnamed',
      withField('Customer.Account.Industry', 'Other'),
      'Customer.Account.OtherIndustry',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no country',
      without('Customer.Account.Address.CountryCode'),
      'Customer.Account.Address.CountryCode',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'the United States without a state',
      withField('Customer.Account.Address', { CountryCode: 'US' }),
      'Customer.Account.Address.StateOrRegion',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no need from AWS',
      withField('PrimaryNeedsFromAws', []),
      'PrimaryNeedsFromAws',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no solution',
      withField('RelatedEntityIdentifiers.Solutions', []),
      'RelatedEntityIdentifiers.Solutions',
      'NOT_ENOUGH_VALUES',
    ],
    [
      'National Security outside of government',
      withField('NationalSecurity', 'Yes'),
      'NationalSecurity',
      'INVALID_VALUE',
    ],
  ])('is refused with %s, and names the field', async (_case, choices, FieldName, Code) => {
    seed(choices);
    const answer = await submit();
    expect(answer.status).toBe(400);
    expect(listAt(answer.json, 'ErrorList')).toEqual([{ FieldName, Code, Message: expect.any(String) }]);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  it('lists everything that is wrong at once', async () => {
    seed({
      stage: 'Prospect',
      fields: { 'Project.Title': undefined, 'Customer.Account.WebsiteUrl': undefined },
    });
    expect(listAt((await submit()).json, 'ErrorList')).toHaveLength(3);
  });

  it('needs nothing from AWS for visibility only', async () => {
    seed({ fields: { PrimaryNeedsFromAws: undefined } });
    expect((await submit({ InvolvementType: 'For Visibility Only' })).status).toBe(200);
  });

  it('takes a described solution, or one from the Marketplace, for an associated one', async () => {
    seed({ id: 'O1', fields: { RelatedEntityIdentifiers: {}, 'Project.OtherSolutionDescription': 'Ours' } });
    seed({ id: 'O2', fields: { RelatedEntityIdentifiers: { AwsMarketplaceProducts: ['arn:aws:x'] } } });
    expect((await submit({ Identifier: 'O1' })).status).toBe(200);
    expect((await submit({ Identifier: 'O2' })).status).toBe(200);
  });

  it('takes a National Security deal as Co-Sell only', async () => {
    seed({ fields: { NationalSecurity: 'Yes', 'Customer.Account.Industry': 'Government' } });
    expect((await submit({ InvolvementType: 'For Visibility Only' })).json).toMatchObject({
      ErrorList: [{ FieldName: 'InvolvementType', Code: 'INVALID_VALUE' }],
    });
    expect((await submit()).status).toBe(200);
  });
});

function without(path: string) {
  return { fields: { [path]: undefined } };
}

function withField(path: string, value: unknown) {
  return { fields: { [path]: value } };
}
