/** How much of everything is done. */
export interface Effort {
  /** Turns that each of two sides takes. */
  readonly rounds: number;
  /** Seconds of load in a turn. */
  readonly seconds: number;
  /** Requests a second where the load has a fixed rate. */
  readonly rate: number;
  /** Processes started, each side. */
  readonly starts: number;
  /** Submissions watched one by one, from the press to AWS. */
  readonly presses: number;
  /** Numbers of records at which growth is shown; the last is the one the targets are for. */
  readonly records: readonly number[];
  /** Milliseconds of the bot's time in which reviews are followed. */
  readonly followMs: number;
  /** Decisions that AWS makes in that time. */
  readonly decisions: number;
  /** Submissions in the burst. */
  readonly burst: number;
  /** Repetitions of each query. */
  readonly queries: number;
}

/** What `npm run bench` does, in under five minutes. */
export const FULL: Effort = {
  rounds: 5,
  seconds: 2.5,
  rate: 100,
  starts: 5,
  presses: 100,
  records: [100, 1000, 10_000],
  followMs: 60 * 60 * 1000,
  decisions: 120,
  burst: 1000,
  queries: 500,
};

/** Enough to see that every row still yields figures; the figures themselves mean nothing. */
export const TINY: Effort = {
  rounds: 1,
  seconds: 0.1,
  rate: 50,
  starts: 1,
  presses: 2,
  records: [20],
  followMs: 60 * 1000,
  decisions: 1,
  burst: 3,
  queries: 3,
};
