import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldAt, listAt } from '../../../demo/json.ts';
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

const reviewStatus = () =>
  fieldAt(aws.opportunity('Sandbox', 'O1001')?.opportunity ?? {}, 'LifeCycle.ReviewStatus');

describe('submitting an opportunity', () => {
  it('answers with nothing, and what was submitted is under review', async () => {
    seed();
    const answer = await submit();
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('');
    expect(aws.opportunity('Sandbox', 'O1001')).toMatchObject({
      involvementType: 'Co-Sell',
      visibility: 'Full',
      opportunity: { LifeCycle: { ReviewStatus: 'Submitted', Stage: 'Prospect' } },
    });
  });

  it('for visibility only needs neither needs, activities nor contacts, and AWS writes that it needs no support', async () => {
    seed({
      fields: {
        PrimaryNeedsFromAws: undefined,
        'Project.SalesActivities': undefined,
        'Customer.Contacts': undefined,
        'LifeCycle.NextSteps': undefined,
      },
    });
    expect(await submit({ InvolvementType: 'For Visibility Only', Visibility: 'Limited' })).toMatchObject({
      status: 200,
    });
    expect(aws.opportunity('Sandbox', 'O1001')).toMatchObject({
      visibility: 'Limited',
      opportunity: { PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep'] },
    });
  });

  it('with limited visibility is refused as Co-Sell', async () => {
    seed();
    expect((await submit({ Visibility: 'Limited' })).json).toMatchObject({
      Message: '',
      ErrorList: [
        { FieldName: 'primaryNeedsFromAws', Code: 'BUSINESS_VALIDATION_EXCEPTION' },
        { Code: 'ACTION_NOT_PERMITTED' },
      ],
    });
    expect(aws.submissionsExecuted('O1001')).toBe(0);
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
      __type: 'com.amazon.partnerintegrationapi.common#ValidationException',
      Message: '',
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ Code: 'ACTION_NOT_PERMITTED', Message: 'Submit action cannot be performed' }],
    });
    expect(JSON.stringify(again.json)).not.toContain('FieldName');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.requests('SubmitOpportunity').map(({ executed }) => executed)).toEqual([true, false]);
  });

  it('sent twice at the same moment takes effect once', async () => {
    seed();
    const answers = await Promise.all([submit(), submit(), submit()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  it.each(['Submitted', 'In review', 'Approved', 'Rejected', 'Action Required', null])(
    'is refused while it is %s',
    async (status) => {
      seed({ reviewStatus: status });
      expect((await submit()).json).toMatchObject({ ErrorList: [{ Code: 'ACTION_NOT_PERMITTED' }] });
      expect(reviewStatus()).toBe(status ?? undefined);
    },
  );

  it('is refused where AWS referred it', async () => {
    seed({ origin: 'AWS Referral' });
    expect((await submit()).json).toMatchObject({
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ Code: 'ACTION_NOT_PERMITTED' }],
    });
  });

  it('is not found in the other catalog', async () => {
    seed({ catalog: 'AWS' });
    expect((await submit()).json.__type).toBe(
      'com.amazon.partnerintegrationapi.common#ResourceNotFoundException',
    );
  });

  it('is denied where AWS says so', async () => {
    seed({ accessDenied: true });
    expect((await submit()).json.__type).toBe(
      'com.amazon.partnerintegrationapi.common#AccessDeniedException',
    );
  });

  it.each<[string, Omit<OpportunityChoices, 'now'>, string, string]>([
    ['a lost deal', { stage: 'Closed Lost' }, 'lifeCycle.stage', 'INVALID_VALUE'],
    [
      'no close date',
      without('LifeCycle.TargetCloseDate'),
      'lifeCycle.targetCloseDate',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'today as close date',
      withField('LifeCycle.TargetCloseDate', '2026-11-22'),
      'lifeCycle.targetCloseDate',
      'INVALID_VALUE',
    ],
    ['a blank title', withField('Project.Title', ' '), 'project.title', 'REQUIRED_FIELD_MISSING'],
    [
      'no business problem',
      without('Project.CustomerBusinessProblem'),
      'project.customerBusinessProblem',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'too short a business problem',
      withField('Project.CustomerBusinessProblem', 'Slow.'),
      'project.customerBusinessProblem',
      'INVALID_STRING_FORMAT',
    ],
    ['no use case', without('Project.CustomerUseCase'), 'project.customerUseCase', 'REQUIRED_FIELD_MISSING'],
    [
      'a use case that is in no list',
      withField('Project.CustomerUseCase', 'Edge Computing/End User Computing'),
      'project.customerUseCase',
      'INVALID_ENUM_VALUE',
    ],
    [
      'no sales activity',
      without('Project.SalesActivities'),
      'project.salesActivities',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no delivery model',
      withField('Project.DeliveryModels', []),
      'project.deliveryModels',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no expected spend',
      without('Project.ExpectedCustomerSpend'),
      'ExpectedCustomerSpend',
      'REQUIRED_FIELD_MISSING',
    ],
    ['an amount of 0', spending({ Amount: '0' }), 'ExpectedCustomerSpend.Amount', 'INVALID_VALUE'],
    [
      'neither an amount nor an estimate',
      spending({ Amount: undefined }),
      'ExpectedCustomerSpend.Amount',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no currency',
      spending({ CurrencyCode: undefined }),
      'ExpectedCustomerSpend.CurrencyCode',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'another currency',
      spending({ CurrencyCode: 'GBP' }),
      'ExpectedCustomerSpend.CurrencyCode',
      'INVALID_VALUE',
    ],
    [
      'euros outside of their partition',
      spending({ CurrencyCode: 'EUR' }),
      'ExpectedCustomerSpend.CurrencyCode',
      'INVALID_VALUE',
    ],
    [
      'dollars in the partition of euros',
      withField('Project.AwsPartition', 'aws-eusc'),
      'ExpectedCustomerSpend.CurrencyCode',
      'INVALID_VALUE',
    ],
    ['no marketing source', without('Marketing'), 'marketing.source', 'REQUIRED_FIELD_MISSING'],
    [
      'a marketing activity and no word on funds',
      withField('Marketing.Source', 'Marketing Activity'),
      'marketing.awsFundingUsed',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no company',
      without('Customer.Account.CompanyName'),
      'customer.account.companyName',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no website',
      without('Customer.Account.WebsiteUrl'),
      'customer.account.websiteUrl',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no industry',
      without('Customer.Account.Industry'),
      'customer.account.industry',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'another industry, unnamed',
      withField('Customer.Account.Industry', 'Other'),
      'customer.account.otherIndustry',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no country',
      withField('Customer.Account.Address', { PostalCode: '1' }),
      'customer.account.address.countryCode',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'no postal code',
      without('Customer.Account.Address.PostalCode'),
      'customer.account.address.postalCode',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'a postal code of another country',
      withField('Customer.Account.Address.PostalCode', 'SW1A 1AA'),
      'customer.account.address.postalCode',
      'INVALID_VALUE',
    ],
    [
      'the United States without a state',
      withField('Customer.Account.Address', { CountryCode: 'US', PostalCode: '10001' }),
      'customer.account.address.stateOrRegion',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'a state that the list spells differently',
      withField('Customer.Account.Address', {
        CountryCode: 'US',
        PostalCode: '20001',
        StateOrRegion: 'District of Columbia',
      }),
      'customer.account.address.stateOrRegion',
      'INVALID_VALUE',
    ],
    [
      'no need from AWS',
      withField('PrimaryNeedsFromAws', []),
      'primaryNeedsFromAws',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'the need that is none',
      withField('PrimaryNeedsFromAws', ['Do Not Need Support from AWS Sales Rep']),
      'primaryNeedsFromAws',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'the need that is none beside others',
      withField('PrimaryNeedsFromAws', ['Co-Sell - Deal Support', 'Do Not Need Support from AWS Sales Rep']),
      'primaryNeedsFromAws',
      'INVALID_VALUE',
    ],
    [
      'no solution',
      withField('RelatedEntityIdentifiers.Solutions', []),
      'relatedEntityIdentifiers.solutions',
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'National Security outside of government',
      withField('NationalSecurity', 'Yes'),
      'nationalSecurity',
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
      fields: {
        'Project.Title': undefined,
        'Customer.Account.WebsiteUrl': undefined,
        'Project.SalesActivities': undefined,
      },
    });
    expect(listAt((await submit()).json, 'ErrorList')).toHaveLength(3);
  });

  it('takes an estimate for an amount, and no postal code of a country that has none', async () => {
    const estimate = { Amount: undefined, EstimationUrl: 'https://calculator.aws/#/estimate?id=1' };
    seed({ id: 'O1', ...spending(estimate) });
    seed({ id: 'O2', fields: { 'Customer.Account.Address': { CountryCode: 'AE' } } });
    expect((await submit({ Identifier: 'O1' })).status).toBe(200);
    expect((await submit({ Identifier: 'O2' })).status).toBe(200);
  });

  it('takes euros in their partition', async () => {
    seed({
      fields: { ...spending({ CurrencyCode: 'EUR' }).fields, 'Project.AwsPartition': 'aws-eusc' },
    });
    expect((await submit()).status).toBe(200);
  });

  it('takes a described solution, or one from the Marketplace, for an associated one', async () => {
    seed({ id: 'O1', fields: { RelatedEntityIdentifiers: {}, 'Project.OtherSolutionDescription': 'Ours' } });
    seed({ id: 'O2', fields: { RelatedEntityIdentifiers: { AwsMarketplaceProducts: ['arn:aws:x'] } } });
    expect((await submit({ Identifier: 'O1' })).status).toBe(200);
    expect((await submit({ Identifier: 'O2' })).status).toBe(200);
  });

  it('takes a National Security deal as Co-Sell only', async () => {
    seed({
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.WebsiteUrl': undefined,
        'Customer.Account.Address': { CountryCode: 'US' },
      },
    });
    expect((await submit({ InvolvementType: 'For Visibility Only' })).json).toMatchObject({
      ErrorList: [{ FieldName: 'involvementType', Code: 'INVALID_VALUE' }],
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

function spending(changed: Readonly<Record<string, unknown>>) {
  const spend = { Amount: '10', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS', ...changed };
  return withField('Project.ExpectedCustomerSpend', [spend]);
}
