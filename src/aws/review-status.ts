/** Where AWS's review stands. */
export type ReviewStatusName =
  | 'Pending Submission'
  | 'Submitted'
  | 'In review'
  | 'Approved'
  | 'Rejected'
  | 'Action Required'
  | 'none'
  | 'unknown';

export interface ReviewStatus {
  readonly status: ReviewStatusName;
  /**
   * For showing, comparing and keeping: where it is none of the known, as AWS wrote it, without what can't be seen. Never
   * empty, and read again it is the same status.
   */
  readonly shown: string;
}

const known = [
  'Pending Submission',
  'Submitted',
  'In review',
  'Approved',
  'Rejected',
  'Action Required',
] as const satisfies readonly ReviewStatusName[];

/** The statuses in which AWS lets a deal be edited; each says which fields. */
export const EDITABLE_STATUSES = [
  'Pending Submission',
  'Action Required',
] as const satisfies readonly ReviewStatusName[];
export type EditableStatus = (typeof EDITABLE_STATUSES)[number];

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
 * @param fromAws of an answer that has a `LifeCycle`; or what was kept of one, which isn't there before one was read.
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
  const status = known.find((name) => comparable(name) === comparable(written));
  // One spelling, so that a list that writes it otherwise than GetOpportunity brings no news.
  return status === undefined ? { status: 'unknown', shown: written } : { status, shown: status };
}

function comparable(status: string): string {
  return status.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

/** Whether people are to be told at once: the review ended, or waits for them, as it does without a status. */
export function isDecision(status: ReviewStatusName): boolean {
  return status === 'Approved' || status === 'Rejected' || status === 'Action Required' || status === 'none';
}

/**
 * Whether AWS has the deal for its review, or has decided on it. No other status proves that it was submitted: one that
 * was sent back can have been played in Sandbox, and none or an unknown one says nothing.
 */
export function isWithAws(status: ReviewStatusName): boolean {
  return status === 'Submitted' || status === 'In review' || status === 'Approved' || status === 'Rejected';
}
