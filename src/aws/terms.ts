import type { AwsOpportunitySummary, Opportunity } from './opportunity.ts';

/** AWS's words for these three, in AWS's spelling. */
export const CATALOGS = ['AWS', 'Sandbox'] as const;
export const INVOLVEMENTS = ['Co-Sell', 'For Visibility Only'] as const;
export const VISIBILITIES = ['Full', 'Limited'] as const;
export type Catalog = (typeof CATALOGS)[number];
export type InvolvementType = (typeof INVOLVEMENTS)[number];
export type Visibility = (typeof VISIBILITIES)[number];

/** What a submission asks for; undefined where nobody has chosen yet. */
export interface Chosen {
  readonly involvementType: InvolvementType | undefined;
  readonly visibility: Visibility;
}

/** A catalog as people say it. */
export const catalogName = (catalog: Catalog): string => (catalog === 'AWS' ? 'Production' : 'Sandbox');

/** What reaching this catalog means. */
export const catalogMeaning = (catalog: Catalog): string =>
  catalog === 'AWS'
    ? 'Production: AWS sellers see what is submitted'
    : 'Sandbox: nothing reaches AWS sellers';

export const involvementExplained: Readonly<Record<InvolvementType, string>> = {
  'Co-Sell': "AWS helps. It can't become visibility only later.",
  'For Visibility Only': 'AWS only knows of it. It can become Co-Sell later.',
};

export const visibilityExplained: Readonly<Record<Visibility, string>> = {
  Full: 'AWS sellers see the whole deal',
  Limited: 'AWS sellers see a restricted view of it',
};

/** The statuses in which AWS lets a deal be edited; each says which fields. */
export const EDITABLE_STATUSES = ['Pending Submission', 'Action Required'] as const;
export type EditableStatus = (typeof EDITABLE_STATUSES)[number];

/** The values of `LifeCycle.ReviewStatus`, in the order in which a deal has them. */
export const REVIEW_STATUSES = [
  'Pending Submission',
  'Submitted',
  'In review',
  'Action Required',
  'Approved',
  'Rejected',
] as const;

/** Where AWS's review stands. */
export type ReviewStatusName = (typeof REVIEW_STATUSES)[number] | 'none' | 'unknown';

export interface ReviewStatus {
  readonly status: ReviewStatusName;
  /**
   * For showing, comparing and keeping: where it is none of the known, as AWS wrote it, without what can't be seen. Never
   * empty, and read again it is the same status.
   */
  readonly shown: string;
}

/** The status, where it lets the deal be edited. */
export const editableStatusOf = ({ status }: ReviewStatus): EditableStatus | undefined =>
  EDITABLE_STATUSES.find((each) => each === status);

/** What a deal has whose `ReviewStatus` is null: our own words, for AWS has none. */
const NO_STATUS = 'No review status';

/** Code points: AWS's statuses are a word or two, and nothing longer is passed on. */
const LONGEST_STATUS = 100;

/**
 * Reads `LifeCycle.ReviewStatus` without regard to case, spaces and hyphens: AWS's documents also write
 * `In Review` and `In-Review`. Any other value is `unknown` and is shown as AWS wrote it. So is
 * `Disqualified`, which "LifeCycle"
 * (https://docs.aws.amazon.com/partner-central/latest/APIReference/API_LifeCycle.html) uses to explain
 * `Rejected` but doesn't list as a value: nobody is told of a final decision on the strength of that.
 *
 * A deal without a status is `none`: *observed* (two reports: Sandbox with a repro, and approved deals in production)
 * after an update that left the status out. It can't be submitted, and no list filtered by status has it.
 *
 * @param fromAws of an answer that has a `LifeCycle`, or as kept from one; undefined: the answer had none.
 */
export function reviewStatus(fromAws: string | undefined): ReviewStatus {
  // Controls, marks that turn text round, halves of characters: nobody can read them, and PostgreSQL takes no NUL.
  const visible = (fromAws ?? '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{C}+/gu, '')
    .trim();
  const written = [...visible].slice(0, LONGEST_STATUS).join('');
  if (written === '' || comparable(written) === comparable(NO_STATUS)) {
    return { status: 'none', shown: NO_STATUS };
  }
  const status = REVIEW_STATUSES.find((name) => comparable(name) === comparable(written));
  // One spelling, so that a list that writes it otherwise than GetOpportunity brings no news.
  return status === undefined ? { status: 'unknown', shown: written } : { status, shown: status };
}

/** AWS's spelling of its values varies in case, hyphens and blanks. */
const comparable = (value = ''): string => value.toLowerCase().replaceAll(/[\s_-]+/g, '');

/** Whether people are to be told at once: the review ended, or waits for them, as it does without a status. */
export const isDecision = (status: ReviewStatusName): boolean =>
  status === 'Approved' || status === 'Rejected' || status === 'Action Required' || status === 'none';

/**
 * Whether AWS has the deal for its review, or has decided on it. No other status proves that it was submitted: one that
 * was sent back can have been played in Sandbox, and none or an unknown one says nothing.
 */
export const isWithAws = (status: ReviewStatusName): boolean =>
  status === 'Submitted' || status === 'In review' || status === 'Approved' || status === 'Rejected';

/** What this bot associates with an opportunity; each stands for a solution of the partner's. */
export type RelatedEntityType = 'Solutions' | 'AwsMarketplaceSolutions' | 'AwsMarketplaceProducts';

/**
 * The type of an entity by its identifier: a solution's ID, or the ARN of a solution or product in AWS Marketplace;
 * undefined where it is none of these.
 * "Associating opportunities with other entities", https://docs.aws.amazon.com/partner-central/latest/APIReference/
 */
export function relatedEntityTypeOf(identifier: string): RelatedEntityType | undefined {
  if (/^S-\d{1,19}$/.test(identifier)) return 'Solutions';
  const [, entity] = MARKETPLACE_ARN.exec(identifier) ?? [];
  if (entity === undefined) return undefined;
  return entity === 'Solution' ? 'AwsMarketplaceSolutions' : 'AwsMarketplaceProducts';
}

/** As AWS's guide writes them; a product's says of what type it is. */
const MARKETPLACE_ARN =
  /^arn:aws[a-z-]*:aws-marketplace:[a-z0-9-]+:\d{12}:AWSMarketplace\/(Solution|[A-Za-z]+Product)\/[\w-]{1,50}$/;

/** The ID at an ARN's end (`prod-ab1c2de3fgh4i`); an ID is its own. */
export const idOf = (identifier: string): string => identifier.split('/').at(-1) ?? identifier;

/** Whether AWS redacts this deal, and so must we. */
export const isNationalSecurity = (opportunity: Opportunity): boolean =>
  opportunity.NationalSecurity?.toLowerCase() === 'yes';

/** Somebody of AWS's own on a deal. */
export type AwsPerson = NonNullable<AwsOpportunitySummary['OpportunityTeam']>[number];

/** Titles of the partner's own people ("Contact", models of the official client). */
const PARTNERS = new Set(['OpportunityOwner', 'PartnerAccountManager']);

/** Titles of AWS's people ("AwsMemberBusinessTitle", models of the official client). */
const AWS = new Set(['AWSAccountOwner', 'AWSSalesRep', 'ISVSM', 'PDM', 'PSM', 'Signatory', 'WWPSPDM']);

/**
 * AWS's people on a deal, each once. Which answer names them is contradictory: recorded ones have PDMs in the summary and
 * nobody of AWS's in the opportunity; one report has it the other way round. The opportunity also names the partner's own
 * people: there only AWS's titles count.
 */
export function awsPeople(
  opportunity: Pick<Opportunity, 'OpportunityTeam'> | undefined,
  summary: Pick<AwsOpportunitySummary, 'OpportunityTeam'> | undefined,
): readonly AwsPerson[] {
  const named = [
    ...(summary?.OpportunityTeam ?? []).filter(({ BusinessTitle = '' }) => !PARTNERS.has(BusinessTitle)),
    ...(opportunity?.OpportunityTeam ?? []).filter(({ BusinessTitle = '' }) => AWS.has(BusinessTitle)),
  ];
  const each = new Map(named.toReversed().map((person) => [keyOf(person), person]));
  return named.filter((person) => each.get(keyOf(person)) === person);
}

/**
 * Whether AWS may still put people of its own on a deal: not where it was submitted For Visibility Only, nor where AWS calls
 * it Partner-led. Any other motion, or none while AWS hasn't scored the deal, rules nothing out. (Its values: models of the
 * official client; nobody recorded one.)
 */
export const mayNamePeople = ({
  InvolvementType,
  CosellMotion,
}: Pick<AwsOpportunitySummary, 'InvolvementType' | 'CosellMotion'>): boolean =>
  comparable(InvolvementType) !== 'forvisibilityonly' && comparable(CosellMotion) !== 'partnerled';

/** Somebody without an address is known by their name. */
const keyOf = ({ Email, FirstName, LastName }: AwsPerson): string =>
  (Email ?? [FirstName, LastName].join(' ')).toLowerCase();
