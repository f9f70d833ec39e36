import type { Entry, Problem } from './submission.ts';

/** What AWS refused of a deal that nobody has changed since: as it is, it will probably refuse it again. */
export interface StandingRefusal {
  /** When AWS refused it. */
  readonly at: Date;
  readonly problem: Extract<Problem, { type: 'refused' }>;
}

/** `entry`: what stands for the deal here. `lastModifiedDate`: AWS's, of the deal as it is now. */
export function standingRefusal(
  entry: Entry | undefined,
  lastModifiedDate: string | undefined,
): StandingRefusal | undefined {
  if (entry?.state !== 'refused' || entry.lastModifiedDate !== lastModifiedDate) return undefined;
  const { problem, changedAt } = entry;
  // What else AWS refuses isn't about what the deal holds.
  return problem?.type === 'refused' && problem.code === 'ValidationException'
    ? { at: changedAt, problem }
    : undefined;
}
