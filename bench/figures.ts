/** One line of the table: what was measured, over several rounds, and what it is held to. */
export interface Figure {
  readonly what: string;
  readonly unit: Unit;
  /** One value a round. */
  readonly rounds: readonly number[];
  /** The same, measured on something else in the same rounds, the two taking turns. */
  readonly against?: Against;
  readonly targets?: readonly Target[];
  readonly note?: string;
}

export interface Against {
  readonly what: string;
  /** One value a round, in the order of the figure's own. */
  readonly rounds: readonly number[];
}

export type Unit = 'ms' | 's' | 'µs' | 'MB' | 'per second' | 'calls' | 'packages' | 'submissions';

/** A bound, for the figure itself or for its ratio to what it is measured against. */
export interface Target {
  readonly of: 'value' | 'ratio';
  readonly bound: 'at most' | 'at least';
  readonly limit: number;
}

/** A row that couldn't be measured here, and why. */
export interface Skipped {
  readonly what: string;
  readonly skipped: string;
}

export type Measured = Figure | Skipped;

/** What the rounds come to. The ratio is the median of the rounds' own ratios, so that a slow minute slows both sides. */
export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

export function summaryOf(values: readonly number[]): Summary {
  return { median: percentile(values, 0.5), lowest: Math.min(...values), highest: Math.max(...values) };
}

/** The rounds' ratios to what they were measured against; undefined: to nothing. */
export function ratioOf({ rounds, against }: Figure): Summary | undefined {
  if (against === undefined) return undefined;
  return summaryOf(rounds.map((value, round) => value / (against.rounds[round] ?? Number.NaN)));
}

/** Whether every target is reached by the medians; undefined: the figure is only stated. */
export function isReached(figure: Figure): boolean | undefined {
  const { targets = [] } = figure;
  if (targets.length === 0) return undefined;
  return targets.every(({ of, bound, limit }) => {
    const value = of === 'value' ? summaryOf(figure.rounds).median : ratioOf(figure)?.median;
    if (value === undefined) return false;
    return bound === 'at most' ? value <= limit : value >= limit;
  });
}

/** The value below or at which this share (0 to 1) of the values lies; not a number where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const atMost = (limit: number): Target => ({ of: 'value', bound: 'at most', limit });
export const ratioAtMost = (limit: number): Target => ({ of: 'ratio', bound: 'at most', limit });
export const ratioAtLeast = (limit: number): Target => ({ of: 'ratio', bound: 'at least', limit });
