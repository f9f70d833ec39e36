import { LOCKS, type Lock } from '../aws/evidence.ts';
import type { EditableStatus } from '../aws/review-status.ts';
import type { RuleName } from '../opportunities/readiness-rules.ts';

/** A deal's address, in the order in which people write one. */
const ADDRESS: readonly string[] = [
  'StreetAddress',
  'City',
  'StateOrRegion',
  'PostalCode',
  'CountryCode',
].map((name) => `Customer.Account.Address.${name}`);
const SPEND: readonly string[] = ['Project.ExpectedCustomerSpend'];
const CLOSE_DATE: readonly string[] = ['LifeCycle.TargetCloseDate'];
const BUSINESS_PROBLEM: readonly string[] = ['Project.CustomerBusinessProblem'];
const NEEDS: readonly string[] = ['PrimaryNeedsFromAws'];

/** For each rule of readiness, the fields that mend what it finds, where Slack can edit them well. By AWS's path. */
const MENDED_BY: Readonly<Partial<Record<RuleName, readonly string[]>>> = {
  solution: ['RelatedEntityIdentifiers.Solutions'],
  'close-date': CLOSE_DATE,
  'close-date-near': CLOSE_DATE,
  'business-problem': BUSINESS_PROBLEM,
  'business-problem-short': BUSINESS_PROBLEM,
  'expected-spend': SPEND,
  'spend-currency': SPEND,
  'spend-company': SPEND,
  'primary-needs': NEEDS,
  'needs-mixed': NEEDS,
  website: ['Customer.Account.WebsiteUrl'],
  country: ADDRESS,
  state: ADDRESS,
  'state-list': ADDRESS,
  'postal-code': ADDRESS,
  'postal-code-form': ADDRESS,
  'next-steps': ['LifeCycle.NextSteps'],
};

/** What a form may show of a National Security deal: AWS redacts the rest, and so do we. */
const NEVER_REDACTED: readonly string[] = [
  'LifeCycle.TargetCloseDate',
  'PrimaryNeedsFromAws',
  'RelatedEntityIdentifiers.Solutions',
];

const lockOf = (editableStatus: EditableStatus, path: string): Lock | undefined =>
  new Map<string, Lock>(Object.entries(LOCKS[editableStatus])).get(path);

/** Whether AWS lets a field be edited then: a form's but for what is locked, of what it sent back only what is named. */
const isEditable = (editableStatus: EditableStatus, path: string): boolean =>
  lockOf(editableStatus, path)?.editable ?? editableStatus === 'Pending Submission';

/** Of these paths, those that AWS lets be edited then, and that a form may show. */
export const offerable = (
  paths: readonly string[],
  nationalSecurity: boolean,
  editableStatus: EditableStatus,
): readonly string[] =>
  paths.filter(
    (path) => isEditable(editableStatus, path) && (!nationalSecurity || NEVER_REDACTED.includes(path)),
  );

/** The fields by which what a rule found can be mended in Slack before a submission; none: not here. */
export const mendedBy = (rule: RuleName, nationalSecurity: boolean): readonly string[] =>
  offerable(MENDED_BY[rule] ?? [], nationalSecurity, 'Pending Submission');

/** What AWS lets be edited while its review asks for changes, in the order of a form. */
export const whenActionRequired = (nationalSecurity: boolean): readonly string[] =>
  offerable(Object.keys(LOCKS['Action Required']), nationalSecurity, 'Action Required');
