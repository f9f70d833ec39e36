import type { Requester } from '../forms/form.ts';
import { type Circumstances, explain } from './explain.ts';
import type { Sign } from './signs.ts';
import { isFurtherTry, type Reviewed } from './submission.ts';

/** Several opportunities that a person asked for at once: where, and from which form. Its ID is the form's. */
export interface Batch extends Requester {
  readonly id: string;
  readonly createdAt: Date;
}

/** Opportunities of a batch of which the same is to be said. */
export interface BatchLine {
  readonly sign: Sign;
  readonly headline: string;
  readonly opportunityIds: readonly string[];
}

/** How a batch stands. */
export interface BatchProgress {
  /** What needs somebody first. */
  readonly lines: readonly BatchLine[];
  /** How many have which sign. */
  readonly counts: ReadonlyMap<Sign, number>;
  /** What can still be taken back. */
  readonly waiting: number;
}

/** What somebody should look at first decides the sign of the whole. */
const FIRST: readonly Sign[] = [
  'refused',
  'sent-back',
  'rejected',
  'unsure',
  'waiting',
  'pending',
  'in-review',
  'approved',
  'cancelled',
];

/** Sums up the newest record of each opportunity of a batch. */
export function batchProgress(
  records: readonly Reviewed[],
  bot: Omit<Circumstances, 'waitingBefore'>,
): BatchProgress {
  const submissions = records.map((record) =>
    isFurtherTry(record) ? { ...record, state: 'requested' as const } : record,
  );
  const explained = submissions.map((submission) => ({
    opportunityId: submission.opportunityId,
    ...explain(submission, { ...bot, waitingBefore: 0 }),
  }));
  const grouped = Map.groupBy(explained, ({ sign, headline }) => `${sign} ${headline}`);
  const lines = [...grouped.values()].flatMap((group): BatchLine[] => {
    const [one] = group;
    if (one === undefined) return [];
    const { sign, headline } = one;
    return [{ sign, headline, opportunityIds: group.map(({ opportunityId }) => opportunityId) }];
  });
  return {
    lines: lines.sort((one, other) => FIRST.indexOf(one.sign) - FIRST.indexOf(other.sign)),
    counts: new Map(
      [...Map.groupBy(explained, ({ sign }) => sign)].map(([sign, group]) => [sign, group.length]),
    ),
    waiting: submissions.filter(({ state }) => state === 'requested').length,
  };
}
