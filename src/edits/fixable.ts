import { LOCKS, type Lock } from '../aws/evidence.ts';
import type { EditableStatus } from '../aws/terms.ts';
import type { RuleName } from '../opportunities/readiness-rules.ts';
import { CONTACTS, COUNTRY, MARKETING_SOURCE, POSTAL_CODE, SOLUTIONS, SPEND, STATE } from './kinds.ts';

/** What AWS demands of an address, the country first: the others follow it. */
const ADDRESS: readonly string[] = [COUNTRY, STATE, POSTAL_CODE];
const CLOSE_DATE: readonly string[] = ['LifeCycle.TargetCloseDate'];
const BUSINESS_PROBLEM: readonly string[] = ['Project.CustomerBusinessProblem'];
const USE_CASE: readonly string[] = ['Project.CustomerUseCase'];
const ACTIVITIES: readonly string[] = ['Project.SalesActivities'];
const NEEDS: readonly string[] = ['PrimaryNeedsFromAws'];

/**
 * For each rule of readiness, the fields that mend what it finds, by AWS's path; none: it isn't mended by editing the deal
 * in Slack, and why.
 */
const MENDED_BY: Readonly<Record<RuleName, readonly string[]>> = {
  // AWS locks a draft's stage.
  stage: [],
  'stage-early': [],
  'stage-lost': [],
  solution: [SOLUTIONS, 'Project.OtherSolutionDescription'],
  'close-date': CLOSE_DATE,
  'close-date-near': CLOSE_DATE,
  title: ['Project.Title'],
  'business-problem': BUSINESS_PROBLEM,
  'business-problem-short': BUSINESS_PROBLEM,
  'use-case': USE_CASE,
  'use-case-list': USE_CASE,
  'sales-activities': ACTIVITIES,
  'sales-activities-visibility': ACTIVITIES,
  'delivery-model': ['Project.DeliveryModels'],
  'expected-spend': [SPEND],
  'spend-currency': [SPEND],
  'spend-company': [SPEND],
  'primary-needs': NEEDS,
  'needs-mixed': NEEDS,
  'company-name': ['Customer.Account.CompanyName'],
  website: ['Customer.Account.WebsiteUrl'],
  industry: ['Customer.Account.Industry'],
  'other-industry': ['Customer.Account.Industry', 'Customer.Account.OtherIndustry'],
  country: ADDRESS,
  state: ADDRESS,
  'state-list': ADDRESS,
  'postal-code': ADDRESS,
  'postal-code-form': ADDRESS,
  contacts: [CONTACTS],
  'next-steps': ['LifeCycle.NextSteps'],
  'marketing-source': [MARKETING_SOURCE],
  'no-campaign': [MARKETING_SOURCE],
  'funding-used': [MARKETING_SOURCE, 'Marketing.AwsFundingUsed'],
  // AWS redacts such a deal: nobody sees in Slack what they would change, and the mark itself is AWS's business.
  'national-security-industry': [],
  'national-security-country': [],
  // The form's own choices.
  'national-security-involvement': [],
  'co-sell-limited': [],
  'related-opportunity': ['Project.RelatedOpportunityIdentifier'],
};

/** What a form may show of a National Security deal: AWS redacts the rest, and so do we. */
const NEVER_REDACTED: readonly string[] = ['LifeCycle.TargetCloseDate', 'PrimaryNeedsFromAws', SOLUTIONS];

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
  offerable(MENDED_BY[rule], nationalSecurity, 'Pending Submission');

/** What AWS lets be edited while its review asks for changes, in the order of a form. */
export const whenActionRequired = (nationalSecurity: boolean): readonly string[] =>
  offerable(Object.keys(LOCKS['Action Required']), nationalSecurity, 'Action Required');
