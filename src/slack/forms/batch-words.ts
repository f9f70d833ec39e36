import type { Sign } from '../../submissions/outcomes.ts';

/** Words of what concerns several opportunities at once. */
const opportunities = (count: number): string => (count === 1 ? 'opportunity' : 'opportunities');

export const tooMany = (count: number, most: number): string =>
  `*That is ${count} opportunities.* At most ${most} can go at once; please divide them up. Nothing was submitted.`;
export const tooManyHere = (count: number, most: number): string =>
  `That is ${count} opportunities. At most ${most} can go at once.`;

/** The form. */
export const loading = (count: number, total: number): string =>
  `Looking up ${total} opportunities… ${count} so far.`;
/** What was typed among the IDs. */
export const notIds = (pieces: string): string => `*Left out, not an opportunity ID:* ${pieces}`;
export const noneCanBeSubmitted = '*None of them can be submitted.*';
export const cannot = "*Can't be submitted*";
export const deals = 'Deals';
export const dealsFrom = (first: number, last: number): string => `Deals ${first} to ${last}`;
export const nationalSecurityDeal = 'National Security deal';
export const inDoubt = '❔ An earlier request may still take effect. Checked, it goes all the same.';
export const instead = {
  'Co-Sell': 'Co-Sell instead',
  'For Visibility Only': 'For Visibility Only instead',
} as const;
export const none = 'None';
/** Above what AWS will probably refuse. */
export const refused = '*Left out: AWS will probably refuse these*';
export const refusedBefore = (when: string): string => `AWS refused it ${when}`;
export const fix = 'Fix';
export const fixIt = (opportunityId: string): string => `Fix ${opportunityId}`;
export const andMore = (count: number): string => `${count} more`;
export const anywayLabel = 'Submit these all the same';
export const lookAgain = 'Look again';
/** `spend`: of `from` of them. */
export const total = (count: number, spend: string, from: number): string =>
  [
    `${count} ${count === 1 ? 'deal' : 'deals'}`,
    ...(spend === '' ? [] : [from < count ? `${spend} (from ${from})` : spend]),
  ].join(' · ');
/** An amount of which `frequency` is how often it is spent, as AWS writes it. */
export const spent = (amount: string, frequency: string | undefined): string => {
  if (frequency === undefined) return amount;
  return frequency.toLowerCase() === 'monthly' ? `${amount} a month` : `${amount} ${frequency.toLowerCase()}`;
};
export const submit = (count: number): string =>
  count === 0 ? 'Submit' : `Submit ${count} ${count === 1 ? 'deal' : 'deals'}`;
export const lockOption = (count: number): string => {
  if (count === 1) return 'This locks the deal until AWS decides';
  return count === 0
    ? 'This locks them until AWS decides'
    : `This locks these ${count} deals until AWS decides`;
};
export const shownOtherwise = '*Your last choice changed what goes.* Look again, then submit.';
export const allLeftOut = 'You have left out every one of them. Choose at least one.';

export const doubt = (person: string): string =>
  `*${person}'s earlier request for it may still take effect*: no answer of AWS's to that ever came.`;

/** Why one can't be submitted; reads after its ID and a colon. */
export const notFound = "it isn't there; check the ID, or try again in a moment if it was just created";
export const notVisible = "AWS doesn't let this bot see it";
export const awsReferral = "AWS referred it to you, so it can't be submitted this way";
export const open = (person: string): string => `it is already on its way; ${person} asked for it`;
export const notPending = (shown: string): string => `AWS has it already; its review says: ${shown}`;
export const actionRequired =
  'AWS has sent it back and asks for changes; named alone in the command, it can be fixed here';
export const noStatus =
  "AWS shows no review status for it, and without one it can't be submitted; AWS's support can mend that";
export const otherStatus = (shown: string): string =>
  `it can't be submitted now; AWS's review says: ${shown}`;
export const operator = "the bot can't sign in to AWS right now";
export const unavailable = "AWS couldn't be reached, or didn't answer as it should";

/** The view after Submit. */
export const recorded = (count: number): string =>
  `*Recorded: ${count} ${opportunities(count)}.* One message says what comes of them.`;
export const alreadyOpen = '*Left out, because they were on their way already*';
export const allOpen = '*All of them are on their way already*, so nothing was recorded.';

/** The message of a batch. */
/** In the order in which they are said. */
const standings = [
  ['pending', 'with AWS'],
  ['in-review', 'in review'],
  ['approved', 'approved'],
  ['waiting', 'waiting'],
  ['sent-back', 'sent back'],
  ['rejected', 'rejected'],
  ['unsure', 'not sure'],
  ['cancelled', 'cancelled'],
] as const satisfies readonly (readonly [Sign, string])[];
/** `again`: how many of others were submitted again since. */
export const standing = (counts: ReadonlyMap<Sign, number>, again = 0): string => {
  const refused = counts.get('refused');
  return [
    ...standings.flatMap(([sign, words]) => (counts.has(sign) ? [`${counts.get(sign)} ${words}`] : [])),
    ...(refused === undefined ? [] : [`${refused} ${refused === 1 ? 'needs' : 'need'} fixing`]),
    ...(again === 0 ? [] : [`${again} submitted again`]),
  ].join(', ');
};
export const submittedAgain = 'Submitted again';
export const inThread = 'More in the thread.';
export const fixThese = (count: number): string => `Fix ${count} ${count === 1 ? 'deal' : 'deals'}`;

export const cancelRest = 'Cancel the rest';
export const cancelRestTitle = 'Take back the rest?';
export const cancelRestText = 'Those that have not been sent yet are taken back.';
export const cancelRestConfirm = 'Take them back';
export const cancelRestKeep = 'Keep them';
export const cancelled = (number: number): string =>
  `Taken back: ${number} ${opportunities(number)} ${number === 1 ? 'was' : 'were'} not sent.`;
export const tooLateToCancel =
  "It's too late: all of them have already been sent, or are being sent right now. The message says what comes of them.";
export const unknownBatch =
  'This bot has no record of these submissions any more. Partner Central shows where the opportunities stand.';
