/** Where AWS's review stands. */
export type ReviewStatusName =
  | 'Pending Submission'
  | 'Submitted'
  | 'In review'
  | 'Approved'
  | 'Rejected'
  | 'Action Required'
  | 'unknown';

export interface ReviewStatus {
  readonly status: ReviewStatusName;
  /** For showing and for comparing: where it is none of the known, as AWS wrote it, without what can't be seen; empty where AWS sent none. */
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

/** Code points: AWS's statuses are a word or two, and nothing longer is passed on. */
const LONGEST_STATUS = 100;

/**
 * Reads `LifeCycle.ReviewStatus` without regard to case, spaces and hyphens: AWS's documents also write
 * `In Review` and `In-Review`. Any other value is `unknown` and is shown as AWS wrote it. So is
 * `Disqualified`, which "LifeCycle"
 * (https://docs.aws.amazon.com/partner-central/latest/APIReference/API_LifeCycle.html) uses to explain
 * `Rejected` but doesn't list as a value: nobody is told of a final decision on the strength of that.
 */
export function reviewStatus(fromAws: string | undefined): ReviewStatus {
  // Controls, marks that turn text round, halves of characters: nobody can read them, and PostgreSQL takes no NUL.
  const visible = (fromAws ?? '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{C}+/gu, '')
    .trim();
  const written = [...visible].slice(0, LONGEST_STATUS).join('');
  const status = known.find((name) => comparable(name) === comparable(written));
  // One spelling, so that a list that writes it otherwise than GetOpportunity brings no news.
  return status === undefined ? { status: 'unknown', shown: written } : { status, shown: status };
}

function comparable(status: string): string {
  return status.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

/** Whether people are to be told at once: the review ended, or waits for them. */
export function isDecision(status: ReviewStatusName): boolean {
  return status === 'Approved' || status === 'Rejected' || status === 'Action Required';
}
