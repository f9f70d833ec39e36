import type { RuleName } from '../readiness.ts';

/** A deal's address, in the order in which people write one. */
export const ADDRESS: readonly string[] = [
  'StreetAddress',
  'City',
  'StateOrRegion',
  'PostalCode',
  'CountryCode',
].map((name) => `Customer.Account.Address.${name}`);

/** For each rule of readiness, the fields that mend what it finds, where Slack can edit them well. By AWS's path. */
const MENDED_BY: Readonly<Partial<Record<RuleName, readonly string[]>>> = {
  'stage-early': ['LifeCycle.Stage'],
  solution: ['RelatedEntityIdentifiers.Solutions'],
  'close-date': ['LifeCycle.TargetCloseDate'],
  'business-problem': ['Project.CustomerBusinessProblem'],
  'business-problem-short': ['Project.CustomerBusinessProblem'],
  'expected-spend': ['Project.ExpectedCustomerSpend'],
  'primary-needs': ['PrimaryNeedsFromAws'],
  website: ['Customer.Account.WebsiteUrl'],
  country: ADDRESS,
  state: ADDRESS,
  'postal-code': ADDRESS,
  'next-steps': ['LifeCycle.NextSteps'],
};

/** What a form may show of a National Security deal: AWS redacts the rest, and so do we. */
const NEVER_REDACTED: readonly string[] = [
  'LifeCycle.Stage',
  'LifeCycle.TargetCloseDate',
  'PrimaryNeedsFromAws',
  'RelatedEntityIdentifiers.Solutions',
];

/** Of these fields, those that a form may show. */
export const offerable = (paths: readonly string[], nationalSecurity: boolean): readonly string[] =>
  nationalSecurity ? paths.filter((path) => NEVER_REDACTED.includes(path)) : paths;

/** The fields by which what a rule found can be mended in Slack; none: not here. */
export const mendedBy = (rule: RuleName, nationalSecurity: boolean): readonly string[] =>
  offerable(MENDED_BY[rule] ?? [], nationalSecurity);
