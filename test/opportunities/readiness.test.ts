import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import { opportunitySchema } from '../../src/aws/opportunity.ts';
import type { Catalog, Chosen } from '../../src/aws/terms.ts';
import { readinessFrom, readinessText } from '../../src/forms/form.ts';
import { findingsOf, isBlocked, readinessOf } from '../../src/opportunities/readiness.ts';
import { opportunities } from '../slack/surfaces/arbitrary.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
type Fields = Readonly<Record<string, unknown>>;

/** A deal with everything AWS asks for, but for `fields` (by AWS's path; undefined takes one away). */
const aDeal = (fields: Fields = {}) =>
  opportunitySchema.parse(
    anOpportunity({
      id: 'O1',
      now: NOW,
      fields: { 'LifeCycle.Stage': 'Qualified', 'Project.CustomerUseCase': 'Networking', ...fields },
    }).opportunity,
  );

const found = (
  fields: Fields,
  {
    catalog = 'AWS',
    now = NOW,
    ...chosen
  }: Partial<Chosen> & { readonly catalog?: Catalog; readonly now?: Date } = {},
) =>
  findingsOf(aDeal(fields), { involvementType: 'Co-Sell', visibility: 'Full', catalog, now, ...chosen }).map(
    ({ rule, weight }) => `${weight}: ${rule}`,
  );
const FOR_VISIBILITY = { involvementType: 'For Visibility Only' } as const;

const spend = (entry: Fields, fields: Fields = {}): Fields => ({
  'Project.ExpectedCustomerSpend': [
    { Amount: '5', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS', ...entry },
  ],
  ...fields,
});
const address = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`Customer.Account.Address.${name}`, value]),
  );

describe('what AWS will ask for', () => {
  test('a deal that has it all is ready, for either involvement', () => {
    expect(found({})).toEqual([]);
    expect(found({}, FOR_VISIBILITY)).toEqual([]);
  });

  test.each<[string, Fields, string]>([
    ['no stage', { 'LifeCycle.Stage': undefined }, 'block: stage'],
    ['lost', { 'LifeCycle.Stage': 'Closed Lost' }, 'block: stage-lost'],
    ['no solution', { 'RelatedEntityIdentifiers.Solutions': [] }, 'block: solution'],
    ['a close date in the past', { 'LifeCycle.TargetCloseDate': '2026-11-22' }, 'block: close-date'],
    ['a close date of today', { 'LifeCycle.TargetCloseDate': '2026-11-23' }, 'block: close-date'],
    ['no close date', { 'LifeCycle.TargetCloseDate': undefined }, 'block: close-date'],
    ['something else than a date', { 'LifeCycle.TargetCloseDate': 'next year' }, 'block: close-date'],
    ['a blank title', { 'Project.Title': '  ' }, 'block: title'],
    ['a title of 256 characters', { 'Project.Title': 'x'.repeat(256) }, 'block: title'],
    [
      '19 characters of business problem',
      { 'Project.CustomerBusinessProblem': 'x'.repeat(19) },
      'block: business-problem',
    ],
    [
      '2001 characters of business problem',
      { 'Project.CustomerBusinessProblem': 'x'.repeat(2001) },
      'block: business-problem',
    ],
    [
      '36 characters of business problem',
      { 'Project.CustomerBusinessProblem': 'x'.repeat(36) },
      'hint: business-problem-short',
    ],
    ['no use case', { 'Project.CustomerUseCase': undefined }, 'block: use-case'],
    [
      'a use case that AWS does not list',
      { 'Project.CustomerUseCase': 'Migration/Database Migration' },
      'warn: use-case-list',
    ],
    ['no sales activities', { 'Project.SalesActivities': [] }, 'block: sales-activities'],
    ['no delivery model', { 'Project.DeliveryModels': [] }, 'block: delivery-model'],
    ['no expected spend', { 'Project.ExpectedCustomerSpend': [] }, 'block: expected-spend'],
    ['an amount of 0', spend({ Amount: '0' }), 'block: expected-spend'],
    ['neither amount nor estimate', spend({ Amount: undefined }), 'block: expected-spend'],
    ['an amount without a frequency', spend({ Frequency: undefined }), 'block: expected-spend'],
    ['another currency', spend({ CurrencyCode: 'GBP' }), 'block: spend-currency'],
    ['EUR outside its partition', spend({ CurrencyCode: 'EUR' }), 'block: spend-currency'],
    [
      'USD inside the partition of EUR',
      spend({}, { 'Project.AwsPartition': 'aws-eusc' }),
      'block: spend-currency',
    ],
    ['another target company', spend({ TargetCompany: 'Acme' }), 'warn: spend-company'],
    ['no primary needs', { PrimaryNeedsFromAws: [] }, 'block: primary-needs'],
    [
      'no need as the only need',
      { PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep'] },
      'block: primary-needs',
    ],
    [
      'no need beside needs',
      { PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep', 'Co-Sell - Deal Support'] },
      'block: needs-mixed',
    ],
    ['no company name', { 'Customer.Account.CompanyName': undefined }, 'block: company-name'],
    [
      'a website inside the company',
      { 'Customer.Account.WebsiteUrl': 'http://intranet.local' },
      'block: website',
    ],
    ['an address for a website', { 'Customer.Account.WebsiteUrl': '10.0.0.1' }, 'block: website'],
    ['no industry', { 'Customer.Account.Industry': undefined }, 'block: industry'],
    ['another industry, not said which', { 'Customer.Account.Industry': 'Other' }, 'block: other-industry'],
    ['no country', address({ CountryCode: undefined }), 'block: country'],
    [
      'the United States without a state',
      address({ CountryCode: 'US', PostalCode: '98109', StateOrRegion: undefined }),
      'block: state',
    ],
    [
      'a state that AWS spells otherwise',
      address({ CountryCode: 'US', PostalCode: '20001', StateOrRegion: 'District of Columbia' }),
      'block: state-list',
    ],
    ['no postal code', address({ PostalCode: undefined }), 'block: postal-code'],
    ['a postal code of another country', address({ PostalCode: '98109' }), 'warn: postal-code-form'],
    ['no contacts', { 'Customer.Contacts': [] }, 'warn: contacts'],
    ['no next steps', { 'LifeCycle.NextSteps': undefined }, 'warn: next-steps'],
    ['no marketing source', { 'Marketing.Source': undefined }, 'block: marketing-source'],
    [
      'a campaign without a source',
      { 'Marketing.Source': 'None', 'Marketing.CampaignName': 'Spring' },
      'warn: no-campaign',
    ],
    [
      'funding without a source',
      { 'Marketing.Source': 'None', 'Marketing.AwsFundingUsed': 'Yes' },
      'warn: no-campaign',
    ],
    [
      'a marketing activity that says nothing of funding',
      { 'Marketing.Source': 'Marketing Activity' },
      'warn: funding-used',
    ],
    [
      'National Security in another industry',
      { NationalSecurity: 'Yes', 'Customer.Account.Industry': 'Retail', ...address({ CountryCode: 'US' }) },
      'block: national-security-industry',
    ],
    [
      'National Security in another country',
      { NationalSecurity: 'Yes', 'Customer.Account.Industry': 'Government' },
      'block: national-security-country',
    ],
    ['a flat renewal of nothing', { OpportunityType: 'Flat Renewal' }, 'warn: related-opportunity'],
  ])('%s', (_what, fields, finding) => {
    expect(found(fields)).toEqual([finding]);
  });

  test.each<[string, Fields]>([
    [
      'another solution described instead of one associated',
      { 'RelatedEntityIdentifiers.Solutions': [], 'Project.OtherSolutionDescription': 'Our own lake' },
    ],
    [
      'an estimate instead of an amount',
      spend({ Amount: undefined, EstimationUrl: 'https://calculator.aws/#/estimate?id=1' }),
    ],
    ['revenue of one’s own', spend({ TargetCompany: 'Self' })],
    ['EUR in its partition', spend({ CurrencyCode: 'EUR' }, { 'Project.AwsPartition': 'aws-eusc' })],
    ['a country without postal codes', address({ CountryCode: 'AE', PostalCode: undefined })],
    ['a use case with entities', { 'Project.CustomerUseCase': 'Security &amp; Compliance' }],
    [
      'a state in another case',
      address({ CountryCode: 'US', PostalCode: '98109', StateOrRegion: ' washington' }),
    ],
    ['a close date of tomorrow', { 'LifeCycle.TargetCloseDate': '2026-11-24' }],
  ])('AWS does with %s', (_what, fields) => {
    expect(found(fields)).toEqual([]);
  });

  test('a new deal, which is always Prospect, is ready; only in Production is its stage worth a word', () => {
    const isNew = { 'LifeCycle.Stage': 'Prospect' };
    expect(found(isNew, { catalog: 'Sandbox' })).toEqual([]);
    expect(found(isNew)).toEqual(['hint: stage-early']);
    expect(isBlocked(readinessOf(aDeal(isNew), 'AWS', NOW).Full['Co-Sell'])).toBe(false);
  });

  test('how a rule is known is said for the catalog at hand', () => {
    const basis = (fields: Fields, catalog: Catalog) =>
      findingsOf(aDeal(fields), { involvementType: 'Co-Sell', visibility: 'Full', catalog, now: NOW }).map(
        (finding) => finding.basis,
      );
    const noUseCase = { 'Project.CustomerUseCase': undefined };
    expect(basis(noUseCase, 'Sandbox')).toEqual(['seen']);
    expect(basis(noUseCase, 'AWS')).toEqual(['seen-in-sandbox']);
    expect(basis(address({ PostalCode: undefined }), 'Sandbox')).toEqual(['seen-in-production']);
    expect(basis({ 'LifeCycle.Stage': 'Closed Lost' }, 'AWS')).toEqual(['written']);
  });

  test('what only Co-Sell needs is asked for only there', () => {
    const bare = { PrimaryNeedsFromAws: [], 'Customer.Contacts': [], 'LifeCycle.NextSteps': undefined };
    expect(found(bare)).toEqual(['block: primary-needs', 'warn: contacts', 'warn: next-steps']);
    expect(found(bare, FOR_VISIBILITY)).toEqual([]);
    const { Full } = readinessOf(aDeal(bare), 'AWS', NOW);
    expect(isBlocked(Full['Co-Sell'])).toBe(true);
    expect(isBlocked(Full.undecided)).toBe(false);
  });

  test('for visibility only, AWS took a deal without sales activities, and with no need as its need', () => {
    const recorded = {
      'Project.SalesActivities': undefined,
      PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep'],
    };
    expect(found(recorded, FOR_VISIBILITY)).toEqual(['warn: sales-activities-visibility']);
  });

  test('Limited beside Co-Sell asks for a further yes; for visibility only it is as good as Full', () => {
    expect(found({}, { visibility: 'Limited' })).toEqual(['block: co-sell-limited']);
    expect(found({}, { ...FOR_VISIBILITY, visibility: 'Limited' })).toEqual([]);
    expect(found({}, { involvementType: undefined, visibility: 'Limited' })).toEqual([]);
  });

  test('a National Security deal may hide its customer, and is for Co-Sell only', () => {
    const secret = {
      NationalSecurity: 'Yes',
      'Customer.Account.Industry': 'Government',
      'Customer.Account.CompanyName': undefined,
      'Customer.Account.WebsiteUrl': undefined,
      ...address({ CountryCode: 'US', StateOrRegion: undefined, PostalCode: undefined }),
    };
    expect(found(secret)).toEqual([]);
    expect(found(secret, FOR_VISIBILITY)).toEqual(['block: national-security-involvement']);
  });

  test.each([
    ['2026-11-23T00:00:00Z', '2026-11-23', 'block: close-date'],
    ['2026-11-23T23:59:59Z', '2026-11-23', 'block: close-date'],
    ['2026-11-23T09:59:59Z', '2026-11-24', undefined],
    ['2026-11-23T10:00:00Z', '2026-11-24', 'warn: close-date-near'],
    ['2026-11-23T23:59:59Z', '2026-11-24', 'warn: close-date-near'],
    ['2026-11-23T23:59:59Z', '2026-11-25', undefined],
  ])('at %s a deal that closes on %s: %s', (now, day, finding) => {
    expect(found({ 'LifeCycle.TargetCloseDate': day }, { now: new Date(now) })).toEqual(
      finding === undefined ? [] : [finding],
    );
  });

  test('whatever AWS sends is checked, and comes back from the form as it went in', () => {
    fc.assert(
      fc.property(opportunities, fc.constantFrom('AWS', 'Sandbox'), (opportunity, catalog) => {
        const readiness = readinessOf(opportunity, catalog, NOW);
        expect(readinessFrom(readinessText(readiness), catalog)).toEqual(readiness);
      }),
    );
  });
});
