import type { RuleName } from '../aws/evidence.ts';
import { countriesWithoutPostalCode, isPostalCodeOf, spellingIn, usStates } from '../aws/lists.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { isNationalSecurity } from '../aws/terms.ts';
import { isMissing } from '../aws/values.ts';
import { type Condition, isCoSell, isOf, type Rule } from './readiness-rule.ts';

/** AWS doesn't ask who the customer of a National Security deal is. */
const isNamed: Condition = (opportunity) => !isNationalSecurity(opportunity);

const industryIs =
  (industry: string): Condition =>
  ({ Customer }) =>
    isOf('Customer.Account.Industry', Customer?.Account?.Industry, industry);
const sourceIs =
  (source: string): Condition =>
  ({ Marketing }) =>
    isOf('Marketing.Source', Marketing?.Source, source);

const addressOf = ({ Customer }: Opportunity) => Customer?.Account?.Address ?? {};
const countryOf = (opportunity: Opportunity): string =>
  addressOf(opportunity).CountryCode?.trim().toUpperCase() ?? '';

/** A public web address: a host with a dot, no address of a private network, no user or password. */
function isPublicWebsite(text: string): boolean {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    /^[^.]+(\.[^.]+)*\.[a-z][a-z0-9-]+$/i.test(url.hostname) &&
    !/\.(local|internal|localhost)$/i.test(url.hostname)
  );
}

/** What is asked of the customer, of how the deal came about, of National Security deals and of the choice. */
export const CUSTOMER_RULES = {
  'company-name': {
    path: 'Customer.Account.CompanyName',
    most: 'block',
    when: isNamed,
    problem: 'is missing',
    todo: "Give the customer's name.",
  },
  website: {
    path: 'Customer.Account.WebsiteUrl',
    most: 'block',
    when: isNamed,
    holds: ({ Customer }) => isPublicWebsite(Customer?.Account?.WebsiteUrl ?? ''),
    problem: "is missing, or isn't a public web address",
    todo: "Give the customer's public website.",
  },
  industry: {
    path: 'Customer.Account.Industry',
    most: 'block',
    problem: 'is missing',
    todo: "Choose the customer's industry.",
  },
  'other-industry': {
    path: 'Customer.Account.OtherIndustry',
    most: 'block',
    when: industryIs('Other'),
    problem: 'is missing',
    todo: 'With the industry Other, say which.',
  },
  country: {
    path: 'Customer.Account.Address.CountryCode',
    most: 'block',
    problem: 'is missing',
    todo: "Choose the customer's country.",
  },
  state: {
    path: 'Customer.Account.Address.StateOrRegion',
    most: 'block',
    when: (opportunity) => !isNationalSecurity(opportunity) && countryOf(opportunity) === 'US',
    problem: 'is missing',
    todo: 'In the United States AWS asks for the state.',
  },
  'state-list': {
    path: 'Customer.Account.Address.StateOrRegion',
    most: 'block',
    when: (opportunity) => !isNationalSecurity(opportunity) && countryOf(opportunity) === 'US',
    holds: (opportunity) => {
      const { StateOrRegion: state = '' } = addressOf(opportunity);
      return isMissing(state) || spellingIn(usStates, state) !== undefined;
    },
    problem: "isn't on AWS's list of states",
    todo: 'Write it as AWS does, such as New York or Dist. of Columbia.',
  },
  'postal-code': {
    path: 'Customer.Account.Address.PostalCode',
    most: 'block',
    when: (opportunity) =>
      !isNationalSecurity(opportunity) && !countriesWithoutPostalCode.has(countryOf(opportunity)),
    problem: 'is missing',
    todo: 'This country has postal codes.',
  },
  'postal-code-form': {
    path: 'Customer.Account.Address.PostalCode',
    most: 'warn',
    when: isNamed,
    holds: (opportunity) => {
      const { PostalCode: code = '' } = addressOf(opportunity);
      return isMissing(code) || isPostalCodeOf(countryOf(opportunity), code);
    },
    problem: "isn't written as AWS expects for this country",
    todo: 'AWS may refuse it afterwards.',
  },
  contacts: {
    path: 'Customer.Contacts',
    most: 'warn',
    when: isCoSell,
    problem: 'are missing',
    todo: 'For Co-Sell, name somebody at the customer.',
  },
  'next-steps': {
    path: 'LifeCycle.NextSteps',
    most: 'warn',
    when: isCoSell,
    problem: 'are missing',
    todo: 'For Co-Sell, say what comes next.',
  },
  'marketing-source': {
    path: 'Marketing.Source',
    most: 'block',
    problem: 'is missing',
    todo: 'Say whether the deal came from marketing.',
  },
  'no-campaign': {
    path: 'Marketing.CampaignName',
    most: 'warn',
    when: sourceIs('None'),
    holds: ({ Marketing: { CampaignName, UseCases, Channels, AwsFundingUsed } = {} }) =>
      [CampaignName, UseCases, Channels, AwsFundingUsed].every(isMissing),
    problem: 'or other marketing details are given without a marketing source',
    todo: 'Choose the source, or empty them.',
  },
  'funding-used': {
    path: 'Marketing.AwsFundingUsed',
    most: 'warn',
    when: sourceIs('Marketing Activity'),
    problem: 'is missing',
    todo: 'With a marketing activity, say whether development funds were used.',
  },
  'national-security-industry': {
    path: 'NationalSecurity',
    most: 'block',
    when: isNationalSecurity,
    holds: industryIs('Government'),
    problem: 'needs the industry Government',
    todo: 'Choose that industry, or take the mark off.',
  },
  'national-security-country': {
    path: 'NationalSecurity',
    most: 'block',
    when: isNationalSecurity,
    holds: (opportunity) => countryOf(opportunity) === 'US',
    problem: 'needs the country United States',
    todo: 'Choose that country, or take the mark off.',
  },
  'national-security-involvement': {
    path: 'InvolvementType',
    most: 'block',
    when: isNationalSecurity,
    holds: (_, { involvementType }) => involvementType !== 'For Visibility Only',
    problem: 'is For Visibility Only',
    todo: 'AWS takes National Security deals as Co-Sell only.',
  },
  'co-sell-limited': {
    path: 'Visibility',
    most: 'block',
    when: isCoSell,
    holds: (_, { visibility }) => visibility !== 'Limited',
    problem: 'is Limited',
    todo: 'With Co-Sell choose Full: AWS was seen to refuse the two together.',
  },
  'related-opportunity': {
    path: 'Project.RelatedOpportunityIdentifier',
    most: 'warn',
    when: ({ OpportunityType }) => OpportunityType === 'Flat Renewal',
    problem: 'is missing',
    todo: 'For a Flat Renewal, name the opportunity that is renewed.',
  },
} as const satisfies Readonly<Partial<Record<RuleName, Rule>>>;
