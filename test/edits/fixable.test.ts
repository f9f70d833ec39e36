import { describe, expect, test } from 'vitest';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import { RULES as EVIDENCE, type RuleName } from '../../src/aws/evidence.ts';
import { opportunitySchema } from '../../src/aws/opportunity.ts';
import { relatedEntityTypeOf } from '../../src/aws/terms.ts';
import { type JsonObject, valueAt, withValueAt } from '../../src/aws/values.ts';
import type { Typed } from '../../src/edits/edit.ts';
import { mendedBy } from '../../src/edits/field-kinds.ts';
import { fieldsAt, stampOf } from '../../src/edits/fields.ts';
import { progressOf } from '../../src/edits/progress.ts';
import { problemsOf } from '../../src/edits/save.ts';
import { isRuleName, ruleHolds } from '../../src/opportunities/readiness.ts';

const NOW = new Date('2026-11-24T20:00:00Z');
const rules = Object.keys(EVIDENCE).filter(isRuleName);

/** What AWS would refuse and no field in Slack mends, and why. */
const NOT_MENDED: Partial<Record<RuleName, string>> = {
  stage: "AWS locks a draft's stage",
  'stage-early': "AWS locks a draft's stage",
  'stage-lost': "AWS locks a draft's stage; a lost deal isn't submitted",
  'national-security-industry': 'AWS redacts the deal',
  'national-security-country': 'AWS redacts the deal',
  'national-security-involvement': 'it is a choice of the form itself',
  'co-sell-limited': 'it is a choice of the form itself',
};

const account = (name: string) => `Customer.Account.${name}`;
const address = (name: string) => account(`Address.${name}`);
const SPEND = 'Project.ExpectedCustomerSpend';
const SOLUTIONS = 'RelatedEntityIdentifiers.Solutions';
const NONE = undefined;

/** For each other rule: how a deal breaks it, and what a person types into its fields. */
const MENDED: Partial<Record<RuleName, { broken: Record<string, unknown>; typed: Record<string, Typed> }[]>> =
  {
    solution: [
      { broken: { [SOLUTIONS]: [] }, typed: { [SOLUTIONS]: 'S-0051246' } },
      { broken: { [SOLUTIONS]: [] }, typed: { 'Project.OtherSolutionDescription': 'An archive of our own' } },
      ...['Solution/soln-ab1c2de3fgh4i', 'SaaSProduct/prod-ab1c2de3fgh4i'].map((entity) => ({
        broken: { [SOLUTIONS]: [] },
        typed: { [SOLUTIONS]: `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/${entity}` },
      })),
    ],
    'close-date': [
      {
        broken: { 'LifeCycle.TargetCloseDate': '2026-01-01' },
        typed: { 'LifeCycle.TargetCloseDate': '2031-01-31' },
      },
    ],
    'close-date-near': [
      {
        broken: { 'LifeCycle.TargetCloseDate': '2026-11-25' },
        typed: { 'LifeCycle.TargetCloseDate': '2031-01-31' },
      },
    ],
    title: [{ broken: { 'Project.Title': NONE }, typed: { 'Project.Title': 'Data lake' } }],
    'business-problem': [
      {
        broken: { 'Project.CustomerBusinessProblem': NONE },
        typed: { 'Project.CustomerBusinessProblem': 'Landing records arrive late.' },
      },
    ],
    'business-problem-short': [
      {
        broken: { 'Project.CustomerBusinessProblem': 'Landing records arrive late.' },
        typed: {
          'Project.CustomerBusinessProblem':
            'Landing records of forty harbours arrive in spreadsheets, late.',
        },
      },
    ],
    'use-case': [
      { broken: { 'Project.CustomerUseCase': NONE }, typed: { 'Project.CustomerUseCase': 'Database' } },
    ],
    'use-case-list': [
      { broken: { 'Project.CustomerUseCase': 'Fishing' }, typed: { 'Project.CustomerUseCase': 'Database' } },
    ],
    'sales-activities': [
      { broken: { 'Project.SalesActivities': [] }, typed: { 'Project.SalesActivities': ['SOW Signed'] } },
    ],
    'sales-activities-visibility': [
      { broken: { 'Project.SalesActivities': NONE }, typed: { 'Project.SalesActivities': ['SOW Signed'] } },
    ],
    'delivery-model': [
      { broken: { 'Project.DeliveryModels': [] }, typed: { 'Project.DeliveryModels': ['Resell', 'Other'] } },
    ],
    'expected-spend': [
      { broken: { [SPEND]: NONE }, typed: { [`${SPEND}[0].Amount`]: '2500' } },
      { broken: { [SPEND]: [{ CurrencyCode: 'USD' }] }, typed: { [`${SPEND}[0].Amount`]: '2500' } },
      {
        broken: { [SPEND]: NONE, 'Project.AwsPartition': 'aws-eusc' },
        typed: { [`${SPEND}[0].EstimationUrl`]: 'https://calculator.aws/#/estimate?id=1' },
      },
      ...(['CurrencyCode', 'TargetCompany', 'Frequency'] as const).map((name) => {
        const whole = { CurrencyCode: 'USD', TargetCompany: 'AWS', Frequency: 'Monthly' };
        return {
          broken: { [SPEND]: [{ Amount: '5', ...whole, [name]: null }] },
          typed: { [`${SPEND}[0].${name}`]: whole[name] },
        };
      }),
    ],
    'spend-currency': [
      { broken: { [`${SPEND}[0].CurrencyCode`]: 'GBP' }, typed: { [`${SPEND}[0].CurrencyCode`]: 'USD' } },
      {
        broken: { 'Project.AwsPartition': 'aws-eusc' },
        typed: { [`${SPEND}[0].CurrencyCode`]: 'EUR' },
      },
    ],
    'spend-company': [
      { broken: { [`${SPEND}[0].TargetCompany`]: 'Acme' }, typed: { [`${SPEND}[0].TargetCompany`]: 'AWS' } },
    ],
    'primary-needs': [
      { broken: { PrimaryNeedsFromAws: [] }, typed: { PrimaryNeedsFromAws: ['Co-Sell - Deal Support'] } },
    ],
    'needs-mixed': [
      {
        broken: { PrimaryNeedsFromAws: ['Co-Sell - Deal Support', 'Do Not Need Support from AWS Sales Rep'] },
        typed: { PrimaryNeedsFromAws: ['Co-Sell - Deal Support'] },
      },
    ],
    'company-name': [
      {
        broken: { [account('CompanyName')]: '' },
        typed: { [account('CompanyName')]: 'Northwind Fisheries' },
      },
    ],
    website: [
      { broken: { [account('WebsiteUrl')]: NONE }, typed: { [account('WebsiteUrl')]: 'northwind.example' } },
    ],
    industry: [
      { broken: { [account('Industry')]: NONE }, typed: { [account('Industry')]: 'Retail' } },
      {
        broken: { [account('Industry')]: NONE },
        typed: { [account('Industry')]: 'Other', [account('OtherIndustry')]: 'Fishing' },
      },
    ],
    'other-industry': [
      { broken: { [account('Industry')]: 'Other' }, typed: { [account('OtherIndustry')]: 'Fishing' } },
    ],
    country: [{ broken: { [address('CountryCode')]: NONE }, typed: { [address('CountryCode')]: 'NO' } }],
    state: [
      {
        broken: { [account('Address')]: { CountryCode: 'US', PostalCode: '38103' } },
        typed: { [address('StateOrRegion')]: 'Tennessee' },
      },
    ],
    'state-list': [
      {
        broken: { [account('Address')]: { CountryCode: 'US', StateOrRegion: 'DC', PostalCode: '20001' } },
        typed: { [address('StateOrRegion')]: 'Dist. of Columbia' },
      },
    ],
    'postal-code': [
      { broken: { [address('PostalCode')]: NONE }, typed: { [address('PostalCode')]: '5003' } },
    ],
    'postal-code-form': [
      { broken: { [address('PostalCode')]: 'N-5003' }, typed: { [address('PostalCode')]: '5003' } },
    ],
    contacts: [
      {
        broken: { 'Customer.Contacts': [] },
        typed: {
          'Customer.Contacts[0].FirstName': 'Ingrid',
          'Customer.Contacts[0].LastName': 'Solheim',
          'Customer.Contacts[0].Email': 'ingrid@northwind.example',
          'Customer.Contacts[0].BusinessTitle': 'Head of Data',
          'Customer.Contacts[0].Phone': '+4755512345',
        },
      },
    ],
    'next-steps': [
      { broken: { 'LifeCycle.NextSteps': NONE }, typed: { 'LifeCycle.NextSteps': 'A workshop.' } },
    ],
    'marketing-source': [
      {
        broken: { Marketing: { CampaignName: 'Spring' } },
        typed: { 'Marketing.Source': 'None', 'Marketing.CampaignName': '' },
      },
      { broken: { Marketing: NONE }, typed: { 'Marketing.Source': 'None' } },
    ],
    'no-campaign': [
      {
        broken: {
          Marketing: { Source: 'None', CampaignName: 'Spring', Channels: ['Email'], UseCases: ['Storage'] },
        },
        typed: { 'Marketing.CampaignName': '', 'Marketing.Channels': [], 'Marketing.UseCases': [] },
      },
      {
        broken: { Marketing: { Source: 'None', AwsFundingUsed: 'Yes' } },
        typed: { 'Marketing.Source': 'Marketing Activity' },
      },
    ],
    'funding-used': [
      {
        broken: { Marketing: { Source: 'Marketing Activity' } },
        typed: { 'Marketing.AwsFundingUsed': 'Yes' },
      },
    ],
    'related-opportunity': [
      {
        broken: { OpportunityType: 'Flat Renewal' },
        typed: { 'Project.RelatedOpportunityIdentifier': 'O1234567' },
      },
    ],
  };

const cases = Object.entries(MENDED).flatMap(([rule, examples]) =>
  isRuleName(rule) ? examples.map(({ broken, typed }) => ({ rule, broken, typed })) : [],
);

/** The rules that a deal breaks with one of the involvements. */
const brokenBy = (json: JsonObject): readonly RuleName[] =>
  rules.filter((rule) =>
    (['Co-Sell', 'For Visibility Only'] as const).some(
      (involvementType) =>
        !ruleHolds(rule, opportunitySchema.parse(json), {
          involvementType,
          visibility: 'Full',
          now: NOW,
        }),
    ),
  );

/** The deal once AWS has what was typed. */
function edited(json: JsonObject, typed: ReadonlyMap<string, Typed>): JsonObject {
  const fields = rules.flatMap((rule) => fieldsAt(json, mendedBy(rule, false)));
  const edit = {
    formId: 'form',
    shown: new Map(fields.map(({ path, value }) => [path, stampOf('form', path, value)])),
    updated: false,
  };
  const { newValues, solution, conflicts } = progressOf(edit, typed, json);
  expect(conflicts).toEqual([]);
  const after = [...newValues].reduce<JsonObject>(
    (deal, [path, value]) => withValueAt(deal, path, value),
    json,
  );
  if (solution === undefined) return after;
  return withValueAt(after, `RelatedEntityIdentifiers.${relatedEntityTypeOf(solution)}`, [solution]);
}

describe('what readiness finds', () => {
  test('is mended by fields in Slack, or is said why not', () => {
    const mended = rules.filter((rule) => mendedBy(rule, false).length > 0);
    expect(mended.sort()).toEqual(Object.keys(MENDED).sort());
    expect([...mended, ...Object.keys(NOT_MENDED)].sort()).toEqual([...rules].sort());
  });

  test.each(cases)('$rule is mended by what is typed: $typed', ({ rule, broken, typed }) => {
    const whole = anOpportunity({ now: NOW }).opportunity;
    const json = Object.entries(broken).reduce<JsonObject>(
      (deal, [path, value]) => withValueAt(deal, path, value),
      whole,
    );
    expect(brokenBy(json)).toContain(rule);

    const offered = fieldsAt(json, mendedBy(rule, false));
    const entered = new Map(Object.entries(typed));
    expect(offered.map(({ path }) => path)).toEqual(expect.arrayContaining([...entered.keys()]));
    for (const [path, value] of entered) {
      const { choices } = offered.find((field) => field.path === path) ?? {};
      if (choices !== undefined) expect(choices).toEqual(expect.arrayContaining([value].flat()));
    }
    const all = new Map([...offered.map(({ path, value }) => [path, value] as const), ...entered]);
    expect(problemsOf(entered, all, { nationalSecurity: false, catalog: 'AWS', now: NOW })).toEqual(
      new Map(),
    );

    const after = edited(json, entered);
    expect(brokenBy(after)).not.toContain(rule);
    for (const [path, value] of entered) {
      if (path !== SOLUTIONS) expect(valueAt(after, path)).toEqual(value.length === 0 ? undefined : value);
    }
  });
});
