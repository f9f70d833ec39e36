import type { WhyNoList } from '../../opportunities/listing.ts';
import type { HomePartName } from './board.ts';

/** Words of the home tab, for one person's eyes. */
export const title = 'AWS opportunities';
export const mine = 'Mine';
export const team = "Team's";
/** The one that is shown: said in words, not by its colour alone. */
export const chosen = (whose: string): string => `✓ ${whose}`;
export const chosenLabel = (whose: string): string => `${whose}, shown now`;
export const showLabel = (whose: string): string => `Show: ${whose}`;
export const filter = 'Filter…';
export const filterLabel = 'Filter…: find, choose and sort';
export const clear = 'Show all';
export const clearLabel = 'Show all, unfiltered';
export const refresh = 'Refresh';
export const asOf = (moment: string, catalog: string): string => `As of ${moment}. Catalog: ${catalog}.`;
export const filtered = (by: readonly string[]): string => `Only: ${by.join(', ')}`;
export const sortedBy = { spend: 'Sorted by spend', 'close-date': 'Sorted by close date' } as const;

export const parts: Readonly<Record<HomePartName, string>> = {
  needs: 'Needs you',
  waiting: 'With AWS',
  ready: 'Not submitted yet',
  referred: 'Referred by AWS',
  decided: 'Decided',
};
export const needsSomebody = 'Needs somebody';
export const withCount = (name: string, count: string): string => `${name}: ${count}`;
/** Beside their bars. */
export const bars: Readonly<Record<Exclude<HomePartName, 'decided'> | 'approved' | 'rejected', string>> = {
  needs: 'to be done here',
  waiting: 'with AWS',
  ready: 'not submitted yet',
  referred: 'referred by AWS',
  approved: 'approved',
  rejected: 'rejected',
};

export const nothing: Readonly<Record<HomePartName, string>> = {
  needs: 'Nothing here: whatever AWS sends back or does not accept appears in this place.',
  waiting: 'Nothing is waiting for AWS.',
  ready: 'AWS lists nothing that waits to be submitted.',
  referred: '',
  decided: 'AWS has decided nothing.',
};
export const nothingFiltered = 'None that match.';
export const notes: Readonly<Partial<Record<HomePartName, string>>> = {
  ready: "The same for everybody: AWS doesn't say whose a deal is.",
  referred: 'AWS brought you these: there is nothing to submit.',
};

export const rate = (approved: string, decided: string, percent: string): string =>
  `Of what was submitted from here AWS approved ${approved} of ${decided} (${percent})`;
export const toDecision = (days: string, of: string): string => `${days} to a decision (median of ${of})`;

/** `spend` is one amount or several; `count` the deals it adds up, of `total`. */
export const spendOf = (count: string, total: string, spend: string): string =>
  `Expected spend of ${count === total ? `all ${total}` : `${count} of these ${total}`}: ${spend}`;
export const andMore = (count: number): string => `and ${count} more`;

export const readingSoFar = 'More is being read from AWS…';
export const noList: Readonly<Record<WhyNoList, string>> = {
  busy: "AWS hasn't listed the deals yet: what stands here is this bot's own, and more may be missing.",
  operator:
    "The bot can't sign in to AWS right now. Please tell whoever runs it. What stands here is this bot's own.",
  refused:
    "AWS doesn't let this bot list deals. Please tell whoever runs it. What stands here is this bot's own; the command takes any ID.",
};
export const listAsOf = (moment: string): string => `AWS's list as of ${moment}.`;

export const closes = (day: string): string => `closes ${day}`;
export const closePast = (day: string): string => `⚠️ close date ${day} is past`;
export const missing = (fields: string): string => `Missing or wrong: ${fields}`;
export const nothingMissing = 'Has everything AWS is known to ask for';
export const noStatus = "AWS shows no review status: it can't be submitted";
export const forSoLong = (duration: string): string => `for ${duration}`;
export const ago = (duration: string): string => `${duration} ago`;
export const lessThanAnHour = 'less than an hour';
export const hours = (count: number): string => (count === 1 ? '1 hour' : `${count} hours`);
export const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
/** Of an opportunity: submitted by another way, or AWS referred it, which its lists don't say. */
export const elsewhere = 'not submitted from here';
export const by = (person: string): string => `by ${person}`;
export const submit = 'Submit…';

export const previous = 'Previous';
export const next = 'Next';
export const turnLabel = (turn: string, part: string): string => `${turn} page of ${part}`;
export const page = (page: string, pages: string): string => `Page ${page} of ${pages}`;

export const resting = 'It is a day since you opened this tab. Refresh fills it again.';
export const unavailable =
  "This can't be shown right now, because our own records can't be reached or Slack didn't take it. Nothing is lost. Please try again in a moment.";
