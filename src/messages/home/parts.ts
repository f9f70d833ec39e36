import type { ReviewStatusName } from '../../aws/terms.ts';

/** The parts of the home tab, in the order in which they are shown. */
export const HOME_PARTS = ['needs', 'waiting', 'ready', 'referred', 'decided'] as const;
export type HomePartName = (typeof HOME_PARTS)[number];

/** What it is sorted by, but for the usual: what waits the longest first, of the rest the latest. */
export const HOME_SORTS = ['spend', 'close-date'] as const;

export const HOME_STATUSES = [
  'Pending Submission',
  'Submitted',
  'In review',
  'Action Required',
  'Approved',
  'Rejected',
] as const satisfies readonly ReviewStatusName[];

/** Which deals a tab shows, and in what order: IDs and AWS's own words, nothing of a deal. */
export interface HomeFilter {
  /** This one alone. */
  readonly opportunityId?: string | undefined;
  /** Who asked for it or took it on. */
  readonly owner?: string | undefined;
  readonly status?: (typeof HOME_STATUSES)[number] | undefined;
  readonly stage?: string | undefined;
  readonly sort?: (typeof HOME_SORTS)[number] | undefined;
}
