import type { PickList } from '../../opportunities/pick-list.ts';

/** Words of the home tab, for one person's eyes. */
export const title = 'AWS opportunities';
export const mine = 'Mine';
export const team = "Team's";
/** The one that is shown: said in words, not by its colour alone. */
export const chosen = (whose: string): string => `✓ ${whose}`;
export const chosenLabel = (whose: string): string => `${whose}, shown now`;
export const showLabel = (whose: string): string => `Show: ${whose}`;
export const refresh = 'Refresh';
export const asOf = (moment: string, catalog: string): string => `As of ${moment}. Catalog: ${catalog}.`;

export const needsYou = 'Needs you';
export const needsSomebody = 'Needs somebody';
export const waiting = 'Waiting for AWS';
export const ready = 'Ready to submit';
export const decided = 'Decided lately';
export const withCount = (name: string, count: string): string => `${name}: ${count}`;

export const nothing = {
  needs: 'Nothing here: whatever AWS sends back or does not accept appears in this place.',
  waiting: 'Nothing is waiting for AWS.',
  ready: 'AWS lists no opportunity as Pending Submission that is not on its way already.',
  decided: 'AWS has decided nothing in the last 30 days.',
} as const;

/** `spend` is one amount or several; `count` the rows it adds up, of `rows` that are shown. */
export const spendShown = (count: string, rows: string, spend: string): string =>
  `Expected spend of ${count === rows ? 'the' : `${count} of the`} ${rows} shown: ${spend}`;
export const spendOfAll = (count: string, spend: string): string =>
  `Expected spend of all ${count}: ${spend}`;
export const spendOfSome = (count: string, total: string, spend: string): string =>
  `Expected spend of ${count} of these ${total}: ${spend}`;
export const andMoreSpend = (count: number): string => `and ${count} more`;

export const dealsReading = 'Customers and amounts: being read from AWS…';
export const dealsUnreadable =
  "Customers and amounts couldn't be read from AWS just now. The records below are this bot's own.";

export const readyForAll =
  "The same for everybody: AWS doesn't say whose opportunity it is. Whether AWS would accept one is checked when its form opens. One without a review status isn't in AWS's list: the command looks any up by its ID.";
export const readyAsOf = (moment: string): string => `Read from AWS ${moment}.`;
export const readyBounded = (count: string): string =>
  `Only the ${count} that changed last are read: the command takes any other by its ID.`;
export const readySoFar = (count: string): string => `AWS hasn't answered fully: ${count} so far.`;

export const readyUnavailable: Readonly<Record<Extract<PickList, { type: 'unavailable' }>['why'], string>> = {
  busy: "AWS hasn't said yet what can be submitted. Refresh asks again; the command takes an ID at any time.",
  operator: "The bot can't sign in to AWS right now. Please tell whoever runs it.",
  refused:
    "AWS doesn't let this bot list opportunities. Please tell whoever runs it; the command takes an ID all the same.",
};

export const closes = (day: string): string => `closes ${day}`;
export const forSoLong = (duration: string): string => `for ${duration}`;
export const ago = (duration: string): string => `${duration} ago`;
export const lessThanAnHour = 'less than an hour';
export const hours = (count: number): string => (count === 1 ? '1 hour' : `${count} hours`);
export const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
/** Of an opportunity: nobody here asked for it. */
export const elsewhere = 'submitted elsewhere';
export const by = (person: string): string => `by ${person}`;
export const submit = 'Submit…';

export const previous = 'Previous';
export const next = 'Next';
export const turnLabel = (turn: string, part: string): string => `${turn} page of ${part}`;
export const page = (page: string, pages: string): string => `Page ${page} of ${pages}`;

export const resting = 'It is a day since you opened this tab. Refresh fills it again.';
export const unavailable =
  "This can't be shown right now, because our own records can't be reached or Slack didn't take it. Nothing is lost. Please try again in a moment.";

/** Of the modal in which a press is answered. */
export const answerTitle = 'Opportunity';
export const answerLoading = 'Looking it up…';

export const whereLabel = 'Where should the outcome appear?';
export const whereHint =
  "A message there says what comes of it, for the team to see. Where the bot isn't in the channel you get it as a direct message.";
export const wherePlaceholder = 'Choose a channel';
export const whereMissing = 'Please choose a channel.';
export const notUsedThere =
  "This bot isn't used in that channel. Whoever runs it can say where it is (the setting CHANNELS).";
