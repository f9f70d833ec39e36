import { z } from 'zod';
import { isNationalSecurity } from '../partner-central/national-security.ts';
import type { InvolvementType } from '../partner-central/operations.ts';
import type { Opportunity } from '../partner-central/opportunity.ts';

/** How much a finding weighs: AWS will probably refuse for it, or a reviewer may ask about it. */
export type Weight = 'block' | 'warn';

/** Something AWS will ask for. A rule's name, never a deal's value: it may be stored and shown anywhere. */
export interface Finding {
  readonly rule: RuleName;
  readonly weight: Weight;
  /** AWS's path, for the field's name. */
  readonly path: string;
}

interface Rule {
  readonly path: string;
  readonly weight: Weight;
  /** Whether the opportunity has what the rule asks for. */
  readonly holds: (opportunity: Opportunity, given: Given) => boolean;
}

interface Given {
  readonly involvementType: InvolvementType | undefined;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const some = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;
const length = (text: string | undefined): number => [...(text?.trim() ?? '')].length;

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

const isCoSell = ({ involvementType }: Given): boolean => involvementType === 'Co-Sell';

/**
 * What AWS's own validation and its reviewers ask for before a submission. Advice: AWS decides, and its rules
 * drift, so a person can go ahead in spite of every finding.
 *
 * Source: "Working with your opportunities", AWS Partner Central developer guide, and the API Reference's
 * `Opportunity` types. A *stop* (the review status) isn't here: it is AWS's own state, and comes before the form.
 */
const RULES = {
  'stage-early': {
    path: 'LifeCycle.Stage',
    weight: 'block',
    holds: ({ LifeCycle }) => filled(LifeCycle?.Stage) && LifeCycle.Stage !== 'Prospect',
  },
  'stage-lost': {
    path: 'LifeCycle.Stage',
    weight: 'block',
    holds: ({ LifeCycle }) => LifeCycle?.Stage !== 'Closed Lost',
  },
  solution: {
    path: 'RelatedEntityIdentifiers',
    weight: 'warn',
    holds: ({ RelatedEntityIdentifiers: related }) =>
      some(related?.Solutions) ||
      some(related?.AwsMarketplaceSolutions) ||
      some(related?.AwsMarketplaceProducts),
  },
  'close-date': {
    path: 'LifeCycle.TargetCloseDate',
    weight: 'block',
    holds: ({ LifeCycle }, { today }) =>
      DAY.test(LifeCycle?.TargetCloseDate ?? '') && (LifeCycle?.TargetCloseDate ?? '') >= today,
  },
  title: {
    path: 'Project.Title',
    weight: 'block',
    holds: ({ Project }) => filled(Project?.Title) && length(Project.Title) <= 255,
  },
  'business-problem': {
    path: 'Project.CustomerBusinessProblem',
    weight: 'block',
    holds: ({ Project }) =>
      length(Project?.CustomerBusinessProblem) >= 20 && length(Project?.CustomerBusinessProblem) <= 2000,
  },
  'business-problem-short': {
    path: 'Project.CustomerBusinessProblem',
    weight: 'warn',
    // Below 20 the rule above says it already.
    holds: ({ Project }) =>
      length(Project?.CustomerBusinessProblem) < 20 || length(Project?.CustomerBusinessProblem) >= 50,
  },
  'use-case': {
    path: 'Project.CustomerUseCase',
    weight: 'warn',
    holds: ({ Project }) => filled(Project?.CustomerUseCase),
  },
  'sales-activities': {
    path: 'Project.SalesActivities',
    weight: 'warn',
    holds: ({ Project }) => some(Project?.SalesActivities),
  },
  'delivery-model': {
    path: 'Project.DeliveryModels',
    weight: 'block',
    holds: ({ Project }) => some(Project?.DeliveryModels),
  },
  'expected-spend': {
    path: 'Project.ExpectedCustomerSpend',
    weight: 'block',
    holds: ({ Project }) =>
      some(Project?.ExpectedCustomerSpend) &&
      (Project?.ExpectedCustomerSpend ?? []).every(
        ({ Amount, CurrencyCode, Frequency, TargetCompany }) =>
          Number(Amount) > 0 && filled(CurrencyCode) && filled(Frequency) && filled(TargetCompany),
      ),
  },
  'primary-needs': {
    path: 'PrimaryNeedsFromAws',
    weight: 'block',
    holds: ({ PrimaryNeedsFromAws }, given) => !isCoSell(given) || some(PrimaryNeedsFromAws),
  },
  'company-name': {
    path: 'Customer.Account.CompanyName',
    weight: 'block',
    holds: (opportunity) =>
      isNationalSecurity(opportunity) || filled(opportunity.Customer?.Account?.CompanyName),
  },
  website: {
    path: 'Customer.Account.WebsiteUrl',
    weight: 'block',
    holds: (opportunity) =>
      isNationalSecurity(opportunity) || isPublicWebsite(opportunity.Customer?.Account?.WebsiteUrl ?? ''),
  },
  industry: {
    path: 'Customer.Account.Industry',
    weight: 'block',
    holds: ({ Customer }) => filled(Customer?.Account?.Industry),
  },
  'other-industry': {
    path: 'Customer.Account.OtherIndustry',
    weight: 'block',
    holds: ({ Customer }) =>
      Customer?.Account?.Industry !== 'Other' || filled(Customer.Account.OtherIndustry),
  },
  country: {
    path: 'Customer.Account.Address.CountryCode',
    weight: 'block',
    holds: ({ Customer }) => filled(Customer?.Account?.Address?.CountryCode),
  },
  state: {
    path: 'Customer.Account.Address.StateOrRegion',
    weight: 'block',
    holds: ({ Customer }) =>
      Customer?.Account?.Address?.CountryCode !== 'US' || filled(Customer.Account.Address.StateOrRegion),
  },
  'postal-code': {
    path: 'Customer.Account.Address.PostalCode',
    weight: 'warn',
    holds: ({ Customer }) => filled(Customer?.Account?.Address?.PostalCode),
  },
  contacts: {
    path: 'Customer.Contacts',
    weight: 'warn',
    holds: ({ Customer }, given) => !isCoSell(given) || some(Customer?.Contacts),
  },
  'next-steps': {
    path: 'LifeCycle.NextSteps',
    weight: 'warn',
    holds: ({ LifeCycle }, given) => !isCoSell(given) || filled(LifeCycle?.NextSteps),
  },
  'marketing-source': {
    path: 'Marketing.Source',
    weight: 'warn',
    holds: ({ Marketing }) => filled(Marketing?.Source),
  },
  'no-campaign': {
    path: 'Marketing.CampaignName',
    weight: 'warn',
    holds: ({ Marketing }) =>
      Marketing?.Source !== 'None' ||
      !(filled(Marketing.CampaignName) || some(Marketing.UseCases) || some(Marketing.Channels)),
  },
  'national-security-industry': {
    path: 'NationalSecurity',
    weight: 'block',
    holds: (opportunity) =>
      !isNationalSecurity(opportunity) || opportunity.Customer?.Account?.Industry === 'Government',
  },
  'national-security-involvement': {
    path: 'InvolvementType',
    weight: 'block',
    holds: (opportunity, { involvementType }) =>
      !isNationalSecurity(opportunity) || involvementType !== 'For Visibility Only',
  },
  'related-opportunity': {
    path: 'Project.RelatedOpportunityIdentifier',
    weight: 'warn',
    holds: ({ OpportunityType, Project }) =>
      OpportunityType !== 'Flat Renewal' || filled(Project?.RelatedOpportunityIdentifier),
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;

const isRuleName = (name: string): name is RuleName => Object.hasOwn(RULES, name);
const RULE_NAMES: readonly RuleName[] = Object.keys(RULES).filter(isRuleName);

const findingOf = (rule: RuleName): Finding => ({ rule, weight: RULES[rule].weight, path: RULES[rule].path });

/** Everything the rules find wrong, in the order in which a form has the fields. `today` is `YYYY-MM-DD`. */
export function findingsOf(
  opportunity: Opportunity,
  given: { readonly involvementType: InvolvementType | undefined; readonly today: string },
): readonly Finding[] {
  return RULE_NAMES.filter((rule) => !RULES[rule].holds(opportunity, given)).map(findingOf);
}

/** `YYYY-MM-DD` where the day ends last on earth: AWS's own day isn't known, and a warning too many is worse advice. */
export const todayOf = (now: Date): string =>
  new Date(now.getTime() - 12 * 60 * 60 * 1000).toISOString().slice(0, 10);

/** What was found for each involvement, and for a choice that isn't made yet. Holds no value of the deal. */
export interface Readiness {
  readonly undecided: readonly Finding[];
  readonly 'Co-Sell': readonly Finding[];
  readonly 'For Visibility Only': readonly Finding[];
}

/** Checks the opportunity for every choice at once, so that choosing needs no further look at AWS. */
export function readinessOf(opportunity: Opportunity, now: Date): Readiness {
  const today = todayOf(now);
  const findings = (involvementType: InvolvementType | undefined) =>
    findingsOf(opportunity, { involvementType, today });
  return {
    undecided: findings(undefined),
    'Co-Sell': findings('Co-Sell'),
    'For Visibility Only': findings('For Visibility Only'),
  };
}

/** Whether AWS will probably refuse it as it is. */
export const isBlocked = (findings: readonly Finding[]): boolean =>
  findings.some(({ weight }) => weight === 'block');

const ruleNames = z.array(z.string());
const storedReadiness = z.object({
  undecided: ruleNames,
  'Co-Sell': ruleNames,
  'For Visibility Only': ruleNames,
});

/** What a draft keeps: the names of the rules, for each choice. */
export function readinessText(readiness: Readiness): string {
  const names = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);
  return JSON.stringify({
    undecided: names(readiness.undecided),
    'Co-Sell': names(readiness['Co-Sell']),
    'For Visibility Only': names(readiness['For Visibility Only']),
  } satisfies z.input<typeof storedReadiness>);
}

/** Reads what `readinessText` wrote; a rule that this version doesn't know is left out. */
export function readinessFrom(text: string): Readiness {
  const read = storedReadiness.parse(JSON.parse(text));
  const findings = (names: readonly string[]) => names.filter(isRuleName).map(findingOf);
  return {
    undecided: findings(read.undecided),
    'Co-Sell': findings(read['Co-Sell']),
    'For Visibility Only': findings(read['For Visibility Only']),
  };
}
