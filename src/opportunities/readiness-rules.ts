import type { RULES as EVIDENCE, Weight } from '../aws/evidence.ts';
import { EUROPEAN_PARTITION, isPostalCodeOf, listSpelling, spellingIn, usStates } from '../aws/lists.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { type Chosen, isNationalSecurity } from '../aws/terms.ts';
import {
  addressOf,
  closesAfter,
  coSellNeeds,
  countryOf,
  dayAt,
  filled,
  industryIs,
  isNoNeed,
  isOf,
  isPublicWebsite,
  length,
  needsPostalCode,
  some,
  sourceIs,
  spendOf,
} from './deal-facts.ts';

export type RuleName = keyof typeof EVIDENCE;

interface Rule {
  readonly path: string;
  /** The most it can weigh; what is known of it decides (`evidence.ts`). */
  readonly most: Weight;
  /** Whether the opportunity has what the rule asks for. */
  readonly holds: (opportunity: Opportunity, given: Given) => boolean;
}

export interface Given extends Chosen {
  readonly now: Date;
}

const isCoSell = ({ involvementType }: Given): boolean => involvementType === 'Co-Sell';
/** Hours by which the first time zone on earth is ahead of UTC. */
const FIRST_ZONE = 14;
const SPEND = 'Project.ExpectedCustomerSpend';

/**
 * What AWS's own validation and its reviewers ask for before a submission. Advice: AWS decides, and its rules
 * drift, so a person can go ahead in spite of every finding. How each is known is in `evidence.ts`.
 *
 * A *stop* (the review status) isn't here: it is AWS's own state, and comes before the form.
 */
export const READINESS_RULES = {
  stage: {
    path: 'LifeCycle.Stage',
    most: 'block',
    holds: ({ LifeCycle }) => filled(LifeCycle?.Stage),
  },
  'stage-early': {
    path: 'LifeCycle.Stage',
    most: 'block',
    holds: ({ LifeCycle }) => !isOf('LifeCycle.Stage', LifeCycle?.Stage, 'Prospect'),
  },
  'stage-lost': {
    path: 'LifeCycle.Stage',
    most: 'block',
    holds: ({ LifeCycle }) => !isOf('LifeCycle.Stage', LifeCycle?.Stage, 'Closed Lost'),
  },
  solution: {
    path: 'RelatedEntityIdentifiers',
    most: 'block',
    holds: ({ RelatedEntityIdentifiers: related, Project }) =>
      some(related?.Solutions) ||
      some(related?.AwsMarketplaceSolutions) ||
      some(related?.AwsMarketplaceProducts) ||
      filled(Project?.OtherSolutionDescription),
  },
  'close-date': {
    path: 'LifeCycle.TargetCloseDate',
    most: 'block',
    holds: (opportunity, { now }) => closesAfter(opportunity, dayAt(now, 0)),
  },
  'close-date-near': {
    path: 'LifeCycle.TargetCloseDate',
    most: 'warn',
    // Whose day AWS goes by isn't known. What the rule above says already isn't said twice.
    holds: (opportunity, { now }) =>
      !closesAfter(opportunity, dayAt(now, 0)) || closesAfter(opportunity, dayAt(now, FIRST_ZONE)),
  },
  title: {
    path: 'Project.Title',
    most: 'block',
    holds: ({ Project }) => filled(Project?.Title) && length(Project.Title) <= 255,
  },
  'business-problem': {
    path: 'Project.CustomerBusinessProblem',
    most: 'block',
    holds: ({ Project }) =>
      length(Project?.CustomerBusinessProblem) >= 20 && length(Project?.CustomerBusinessProblem) <= 2000,
  },
  'business-problem-short': {
    path: 'Project.CustomerBusinessProblem',
    most: 'hint',
    // Below 20 the rule above says it already.
    holds: ({ Project }) =>
      length(Project?.CustomerBusinessProblem) < 20 || length(Project?.CustomerBusinessProblem) >= 50,
  },
  'use-case': {
    path: 'Project.CustomerUseCase',
    most: 'block',
    holds: ({ Project }) => filled(Project?.CustomerUseCase),
  },
  'use-case-list': {
    path: 'Project.CustomerUseCase',
    // AWS may have added to its list.
    most: 'warn',
    holds: ({ Project }) =>
      !filled(Project?.CustomerUseCase) ||
      listSpelling('Project.CustomerUseCase', Project.CustomerUseCase) !== undefined,
  },
  'sales-activities': {
    path: 'Project.SalesActivities',
    most: 'block',
    holds: ({ Project }, given) => !isCoSell(given) || some(Project?.SalesActivities),
  },
  'sales-activities-visibility': {
    path: 'Project.SalesActivities',
    most: 'warn',
    holds: ({ Project }, given) => isCoSell(given) || some(Project?.SalesActivities),
  },
  'delivery-model': {
    path: 'Project.DeliveryModels',
    most: 'block',
    holds: ({ Project }) => some(Project?.DeliveryModels),
  },
  'expected-spend': {
    path: SPEND,
    most: 'block',
    holds: (opportunity) =>
      some(spendOf(opportunity)) &&
      spendOf(opportunity).every(
        ({ Amount, CurrencyCode, EstimationUrl, Frequency, TargetCompany }) =>
          (Number(Amount) > 0 || (!filled(Amount) && filled(EstimationUrl))) &&
          [CurrencyCode, Frequency, TargetCompany].every(filled),
      ),
  },
  'spend-currency': {
    path: `${SPEND}.CurrencyCode`,
    most: 'block',
    holds: (opportunity) =>
      spendOf(opportunity).every(
        ({ CurrencyCode }) =>
          !filled(CurrencyCode) ||
          isOf(
            `${SPEND}.CurrencyCode`,
            CurrencyCode,
            opportunity.Project?.AwsPartition?.trim() === EUROPEAN_PARTITION ? 'EUR' : 'USD',
          ),
      ),
  },
  'spend-company': {
    path: `${SPEND}.TargetCompany`,
    // AWS doesn't refuse another one: it writes its own.
    most: 'warn',
    holds: (opportunity) =>
      spendOf(opportunity).every(
        ({ TargetCompany }) =>
          !filled(TargetCompany) || listSpelling(`${SPEND}.TargetCompany`, TargetCompany) !== undefined,
      ),
  },
  'primary-needs': {
    path: 'PrimaryNeedsFromAws',
    most: 'block',
    holds: (opportunity, given) => !isCoSell(given) || some(coSellNeeds(opportunity)),
  },
  'needs-mixed': {
    path: 'PrimaryNeedsFromAws',
    most: 'block',
    holds: (opportunity) =>
      !some(coSellNeeds(opportunity)) || opportunity.PrimaryNeedsFromAws?.some(isNoNeed) !== true,
  },
  'company-name': {
    path: 'Customer.Account.CompanyName',
    most: 'block',
    holds: (opportunity) =>
      isNationalSecurity(opportunity) || filled(opportunity.Customer?.Account?.CompanyName),
  },
  website: {
    path: 'Customer.Account.WebsiteUrl',
    most: 'block',
    holds: (opportunity) =>
      isNationalSecurity(opportunity) || isPublicWebsite(opportunity.Customer?.Account?.WebsiteUrl ?? ''),
  },
  industry: {
    path: 'Customer.Account.Industry',
    most: 'block',
    holds: ({ Customer }) => filled(Customer?.Account?.Industry),
  },
  'other-industry': {
    path: 'Customer.Account.OtherIndustry',
    most: 'block',
    holds: (opportunity) =>
      !industryIs(opportunity, 'Other') || filled(opportunity.Customer?.Account?.OtherIndustry),
  },
  country: {
    path: 'Customer.Account.Address.CountryCode',
    most: 'block',
    holds: (opportunity) => countryOf(opportunity) !== '',
  },
  state: {
    path: 'Customer.Account.Address.StateOrRegion',
    most: 'block',
    holds: (opportunity) =>
      isNationalSecurity(opportunity) ||
      countryOf(opportunity) !== 'US' ||
      filled(addressOf(opportunity)?.StateOrRegion),
  },
  'state-list': {
    path: 'Customer.Account.Address.StateOrRegion',
    most: 'block',
    holds: (opportunity) => {
      const state = addressOf(opportunity)?.StateOrRegion;
      return (
        isNationalSecurity(opportunity) ||
        countryOf(opportunity) !== 'US' ||
        !filled(state) ||
        spellingIn(usStates, state) !== undefined
      );
    },
  },
  'postal-code': {
    path: 'Customer.Account.Address.PostalCode',
    most: 'block',
    holds: (opportunity) =>
      isNationalSecurity(opportunity) ||
      !needsPostalCode(opportunity) ||
      filled(addressOf(opportunity)?.PostalCode),
  },
  'postal-code-form': {
    path: 'Customer.Account.Address.PostalCode',
    most: 'warn',
    holds: (opportunity) => {
      const code = addressOf(opportunity)?.PostalCode;
      return isNationalSecurity(opportunity) || !filled(code) || isPostalCodeOf(countryOf(opportunity), code);
    },
  },
  contacts: {
    path: 'Customer.Contacts',
    most: 'warn',
    holds: ({ Customer }, given) => !isCoSell(given) || some(Customer?.Contacts),
  },
  'next-steps': {
    path: 'LifeCycle.NextSteps',
    most: 'warn',
    holds: ({ LifeCycle }, given) => !isCoSell(given) || filled(LifeCycle?.NextSteps),
  },
  'marketing-source': {
    path: 'Marketing.Source',
    most: 'block',
    holds: ({ Marketing }) => filled(Marketing?.Source),
  },
  'no-campaign': {
    path: 'Marketing.CampaignName',
    most: 'warn',
    holds: (opportunity) => {
      const { CampaignName, UseCases, Channels, AwsFundingUsed } = opportunity.Marketing ?? {};
      const companions = filled(CampaignName) || some(UseCases) || some(Channels) || filled(AwsFundingUsed);
      return !sourceIs(opportunity, 'None') || !companions;
    },
  },
  'funding-used': {
    path: 'Marketing.AwsFundingUsed',
    most: 'warn',
    holds: (opportunity) =>
      !sourceIs(opportunity, 'Marketing Activity') || filled(opportunity.Marketing?.AwsFundingUsed),
  },
  'national-security-industry': {
    path: 'NationalSecurity',
    most: 'block',
    holds: (opportunity) => !isNationalSecurity(opportunity) || industryIs(opportunity, 'Government'),
  },
  'national-security-country': {
    path: 'NationalSecurity',
    most: 'block',
    holds: (opportunity) => !isNationalSecurity(opportunity) || countryOf(opportunity) === 'US',
  },
  'national-security-involvement': {
    path: 'InvolvementType',
    most: 'block',
    holds: (opportunity, { involvementType }) =>
      !isNationalSecurity(opportunity) || involvementType !== 'For Visibility Only',
  },
  'co-sell-limited': {
    path: 'Visibility',
    most: 'block',
    holds: (_opportunity, given) => !isCoSell(given) || given.visibility !== 'Limited',
  },
  'related-opportunity': {
    path: 'Project.RelatedOpportunityIdentifier',
    most: 'warn',
    holds: ({ OpportunityType, Project }) =>
      OpportunityType !== 'Flat Renewal' || filled(Project?.RelatedOpportunityIdentifier),
  },
} as const satisfies Readonly<Record<RuleName, Rule>>;
