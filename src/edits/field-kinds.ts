import { LOCKS, type Lock, type RuleName } from '../aws/evidence.ts';
import type { EditableStatus } from '../aws/terms.ts';
import { withoutIndexes } from '../aws/values.ts';
import { knownPath } from '../opportunities/field-names.ts';
import type { Typed } from './edit.ts';

/** How a field is filled in: `list` takes one of a list's values, `several` any number of them. */
export type FieldKind = 'line' | 'paragraph' | 'day' | 'country' | 'list' | 'several' | 'solution';

interface Kind {
  readonly kind: FieldKind;
  /** The longest text, in characters. */
  readonly most: number;
  /** AWS requires it: it can be changed, not emptied. */
  readonly needed?: true;
}

const INDUSTRY = 'Customer.Account.Industry';
export const COUNTRY = 'Customer.Account.Address.CountryCode';
export const STATE = 'Customer.Account.Address.StateOrRegion';
export const POSTAL_CODE = 'Customer.Account.Address.PostalCode';
export const CONTACTS = 'Customer.Contacts';
export const SPEND = 'Project.ExpectedCustomerSpend';
export const MARKETING_SOURCE = 'Marketing.Source';
/** For a solution that a person chose, or a product of AWS Marketplace in its place. */
export const SOLUTIONS = 'RelatedEntityIdentifiers.Solutions';

/**
 * What AWS's model says of each field that can be edited in Slack ("Data Types", AWS Partner Central API reference).
 * The partner's own reference isn't among them: its CRM finds the deal again by it.
 */
const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    'LifeCycle.TargetCloseDate': { kind: 'day', most: 10, needed: true },
    'LifeCycle.NextSteps': { kind: 'paragraph', most: 255 },
    'Project.Title': { kind: 'line', most: 255, needed: true },
    'Project.CustomerBusinessProblem': { kind: 'paragraph', most: 2000, needed: true },
    'Project.CustomerUseCase': { kind: 'list', most: 255, needed: true },
    'Project.SalesActivities': { kind: 'several', most: 255, needed: true },
    'Project.DeliveryModels': { kind: 'several', most: 255, needed: true },
    'Project.OtherSolutionDescription': { kind: 'line', most: 255 },
    'Project.RelatedOpportunityIdentifier': { kind: 'line', most: 20 },
    [`${SPEND}.Amount`]: { kind: 'line', most: 34, needed: true },
    [`${SPEND}.CurrencyCode`]: { kind: 'list', most: 3, needed: true },
    [`${SPEND}.TargetCompany`]: { kind: 'list', most: 80, needed: true },
    [`${SPEND}.Frequency`]: { kind: 'list', most: 80, needed: true },
    [`${SPEND}.EstimationUrl`]: { kind: 'line', most: 255 },
    'Customer.Account.CompanyName': { kind: 'line', most: 120, needed: true },
    'Customer.Account.WebsiteUrl': { kind: 'line', most: 255, needed: true },
    [INDUSTRY]: { kind: 'list', most: 255, needed: true },
    'Customer.Account.OtherIndustry': { kind: 'line', most: 255, needed: true },
    'Customer.Account.Address.StreetAddress': { kind: 'line', most: 255 },
    'Customer.Account.Address.City': { kind: 'line', most: 255 },
    [STATE]: { kind: 'list', most: 255 },
    [POSTAL_CODE]: { kind: 'line', most: 20 },
    [COUNTRY]: { kind: 'country', most: 2, needed: true },
    [`${CONTACTS}.FirstName`]: { kind: 'line', most: 80, needed: true },
    [`${CONTACTS}.LastName`]: { kind: 'line', most: 80, needed: true },
    [`${CONTACTS}.BusinessTitle`]: { kind: 'line', most: 80 },
    [`${CONTACTS}.Email`]: { kind: 'line', most: 80 },
    [`${CONTACTS}.Phone`]: { kind: 'line', most: 16 },
    [MARKETING_SOURCE]: { kind: 'list', most: 255, needed: true },
    'Marketing.AwsFundingUsed': { kind: 'list', most: 3 },
    'Marketing.CampaignName': { kind: 'line', most: 255 },
    'Marketing.UseCases': { kind: 'several', most: 255 },
    'Marketing.Channels': { kind: 'several', most: 255 },
    PrimaryNeedsFromAws: { kind: 'several', most: 255 },
    [SOLUTIONS]: { kind: 'solution', most: 255 },
  } satisfies Readonly<Record<string, Kind>>),
);

/** What is known of the field at a path; undefined: it can't be edited in Slack. */
export const kindAt = (path: string): Kind | undefined => KINDS.get(withoutIndexes(path));

/** Lists that a form offers as a whole, with their entries. */
const LISTS: readonly string[] = [SPEND, CONTACTS];

/** The path under which a form offers a field: of an entry that of its list. */
export const offeredPath = (path: string): string =>
  LISTS.find((list) => withoutIndexes(path).startsWith(list)) ?? path;

/**
 * The paths of a form that offer a field which an error of AWS's names, in whatever spelling: itself, in a list the
 * entry that is meant; of a block, each part. None: it can't be edited in Slack.
 */
export function offeredFor(named: string): readonly string[] {
  const path = knownPath(named);
  if (path === undefined) return [];
  if (kindAt(path) === undefined) {
    const isSolution = /^RelatedEntityIdentifiers\.AwsMarketplace(Solutions|Products)$/.test(path);
    const below = [...KINDS.keys()].filter((known) => known.startsWith(`${path}.`));
    return isSolution ? [SOLUTIONS] : [...new Set(below.map(offeredPath))];
  }
  const list = LISTS.find((each) => path.startsWith(`${each}.`));
  const entry = /\[(\d+)\]|\.(\d+)\./.exec(named);
  return list === undefined
    ? [path]
    : [`${list}[${entry?.[1] ?? entry?.[2] ?? 0}]${path.slice(list.length)}`];
}

/** The longest text that AWS takes at a path, in characters. */
export const mostAt = (path: string): number => kindAt(path)?.most ?? 0;

/** A field that AWS asks for where another one has this value. */
interface Follower {
  readonly path: string;
  readonly value: string;
  /** The rule of readiness that says so. */
  readonly rule: RuleName;
}

/** By the path of the other field. */
export const FOLLOWERS: ReadonlyMap<string, Follower> = new Map<string, Follower>([
  [INDUSTRY, { value: 'Other', path: 'Customer.Account.OtherIndustry', rule: 'other-industry' }],
  [MARKETING_SOURCE, { value: 'Marketing Activity', path: 'Marketing.AwsFundingUsed', rule: 'funding-used' }],
]);

/** Whether other fields of the same form depend on it. */
export const isLeading = (path: string): boolean => path === COUNTRY || FOLLOWERS.has(path);

/** Whether two values read the same. The order of a list says nothing, nor do an amount's trailing zeros. */
export function readSame(path: string, one: Typed, other: Typed): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') {
    const sorted = (value: Typed) => JSON.stringify([...value].sort());
    return sorted(one) === sorted(other);
  }
  if (one === other) return true;
  return path.endsWith('.Amount') && one !== '' && other !== '' && Number(one) === Number(other);
}

/** What AWS demands of an address, the country first: the others follow it. */
const ADDRESS: readonly string[] = [COUNTRY, STATE, POSTAL_CODE];
const CLOSE_DATE: readonly string[] = ['LifeCycle.TargetCloseDate'];
const BUSINESS_PROBLEM: readonly string[] = ['Project.CustomerBusinessProblem'];
const USE_CASE: readonly string[] = ['Project.CustomerUseCase'];
const ACTIVITIES: readonly string[] = ['Project.SalesActivities'];
const NEEDS: readonly string[] = ['PrimaryNeedsFromAws'];

/**
 * For each rule of readiness, the fields that mend what it finds, by AWS's path. None: it isn't mended in Slack, and
 * why.
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
  // AWS redacts such a deal, so nobody sees in Slack what they would change; and AWS alone sets the mark.
  'national-security-industry': [],
  'national-security-country': [],
  // The form's own choices.
  'national-security-involvement': [],
  'co-sell-limited': [],
  'related-opportunity': ['Project.RelatedOpportunityIdentifier'],
};

/** What a form may show of a National Security deal: AWS redacts the rest, and so do we. */
const NEVER_REDACTED: readonly string[] = ['LifeCycle.TargetCloseDate', 'PrimaryNeedsFromAws', SOLUTIONS];

/**
 * Whether AWS lets a field be edited then: of a draft all but what is locked, of what it sent back only what is named.
 */
function isEditable(editableStatus: EditableStatus, path: string): boolean {
  const locks: Readonly<Record<string, Lock | undefined>> = LOCKS[editableStatus];
  return locks[path]?.editable ?? editableStatus === 'Pending Submission';
}

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
