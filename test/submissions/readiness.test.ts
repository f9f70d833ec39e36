import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import { opportunitySchema } from '../../src/partner-central/opportunity.ts';
import {
  findingsOf,
  isBlocked,
  type Readiness,
  readinessFrom,
  readinessOf,
  readinessText,
} from '../../src/submissions/readiness.ts';
import { opportunities } from '../slack/blocks/arbitrary.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
type Fields = Readonly<Record<string, unknown>>;

/** A deal with everything AWS asks for, but for `fields` (by AWS's path; undefined takes one away). */
const aDeal = (fields: Fields = {}) =>
  opportunitySchema.parse(anOpportunity({ id: 'O1', now: NOW, fields }).opportunity);

const found = (fields: Fields, involvementType: 'Co-Sell' | 'For Visibility Only' | undefined = 'Co-Sell') =>
  findingsOf(aDeal(fields), { involvementType, today: '2026-11-23' }).map(
    ({ rule, weight }) => `${weight}: ${rule}`,
  );

describe('what AWS will ask for', () => {
  test('a deal that has it all is ready, for either involvement', () => {
    expect(found({})).toEqual([]);
    expect(found({}, 'For Visibility Only')).toEqual([]);
  });

  test.each<[string, Fields, string]>([
    ['still a prospect', { 'LifeCycle.Stage': 'Prospect' }, 'block: stage-early'],
    ['no stage', { 'LifeCycle.Stage': undefined }, 'block: stage-early'],
    ['lost', { 'LifeCycle.Stage': 'Closed Lost' }, 'block: stage-lost'],
    ['no solution', { 'RelatedEntityIdentifiers.Solutions': [] }, 'warn: solution'],
    ['a close date in the past', { 'LifeCycle.TargetCloseDate': '2026-11-22' }, 'block: close-date'],
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
      '49 characters of business problem',
      { 'Project.CustomerBusinessProblem': 'x'.repeat(49) },
      'warn: business-problem-short',
    ],
    ['no use case', { 'Project.CustomerUseCase': undefined }, 'warn: use-case'],
    ['no sales activities', { 'Project.SalesActivities': [] }, 'warn: sales-activities'],
    ['no delivery model', { 'Project.DeliveryModels': [] }, 'block: delivery-model'],
    ['no expected spend', { 'Project.ExpectedCustomerSpend': [] }, 'block: expected-spend'],
    [
      'an amount of 0',
      {
        'Project.ExpectedCustomerSpend': [
          { Amount: '0', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
        ],
      },
      'block: expected-spend',
    ],
    ['no primary needs', { PrimaryNeedsFromAws: [] }, 'block: primary-needs'],
    ['no company name', { 'Customer.Account.CompanyName': undefined }, 'block: company-name'],
    [
      'a website inside the company',
      { 'Customer.Account.WebsiteUrl': 'http://intranet.local' },
      'block: website',
    ],
    ['an address for a website', { 'Customer.Account.WebsiteUrl': '10.0.0.1' }, 'block: website'],
    ['no industry', { 'Customer.Account.Industry': undefined }, 'block: industry'],
    ['another industry, not said which', { 'Customer.Account.Industry': 'Other' }, 'block: other-industry'],
    ['no country', { 'Customer.Account.Address.CountryCode': undefined }, 'block: country'],
    [
      'the United States without a state',
      { 'Customer.Account.Address.CountryCode': 'US', 'Customer.Account.Address.StateOrRegion': undefined },
      'block: state',
    ],
    ['no postal code', { 'Customer.Account.Address.PostalCode': undefined }, 'warn: postal-code'],
    ['no contacts', { 'Customer.Contacts': [] }, 'warn: contacts'],
    ['no next steps', { 'LifeCycle.NextSteps': undefined }, 'warn: next-steps'],
    ['no marketing source', { 'Marketing.Source': undefined }, 'warn: marketing-source'],
    [
      'a campaign without a source',
      { 'Marketing.Source': 'None', 'Marketing.CampaignName': 'Spring' },
      'warn: no-campaign',
    ],
    [
      'National Security in another industry',
      { NationalSecurity: 'Yes', 'Customer.Account.Industry': 'Retail' },
      'block: national-security-industry',
    ],
    ['a flat renewal of nothing', { OpportunityType: 'Flat Renewal' }, 'warn: related-opportunity'],
  ])('%s', (_what, fields, finding) => {
    expect(found(fields)).toEqual([finding]);
  });

  test('what only Co-Sell needs is asked for only there', () => {
    const bare = { PrimaryNeedsFromAws: [], 'Customer.Contacts': [], 'LifeCycle.NextSteps': undefined };
    expect(found(bare)).toEqual(['block: primary-needs', 'warn: contacts', 'warn: next-steps']);
    expect(found(bare, 'For Visibility Only')).toEqual([]);
    expect(isBlocked(readinessOf(aDeal(bare), NOW)['Co-Sell'])).toBe(true);
    expect(isBlocked(readinessOf(aDeal(bare), NOW).undecided)).toBe(false);
  });

  test('a National Security deal may hide its customer, and is for Co-Sell only', () => {
    const secret = {
      NationalSecurity: 'Yes',
      'Customer.Account.Industry': 'Government',
      'Customer.Account.CompanyName': undefined,
      'Customer.Account.WebsiteUrl': undefined,
    };
    expect(found(secret)).toEqual([]);
    expect(found(secret, 'For Visibility Only')).toEqual(['block: national-security-involvement']);
  });

  test('a deal that closes today is ready wherever on earth today is', () => {
    const today = aDeal({ 'LifeCycle.TargetCloseDate': '2026-11-23' });
    expect(readinessOf(today, new Date('2026-11-24T11:59:00Z'))['Co-Sell']).toEqual([]);
    expect(isBlocked(readinessOf(today, new Date('2026-11-24T12:00:00Z'))['Co-Sell'])).toBe(true);
  });

  test('whatever AWS sends is checked, and comes back from the draft as it went in', () => {
    fc.assert(
      fc.property(opportunities, (opportunity) => {
        const readiness: Readiness = readinessOf(opportunity, NOW);
        expect(readinessFrom(readinessText(readiness))).toEqual(readiness);
      }),
    );
  });
});
