import type { Sign } from '../../submissions/signs.ts';

/** Words of what concerns several opportunities at once. */
const opportunities = (count: number): string => (count === 1 ? 'opportunity' : 'opportunities');

export const tooMany = (count: number, most: number): string =>
  `*That is ${count} opportunities.* At most ${most} can go at once; please divide them up. Nothing was submitted.`;
export const tooManyHere = (count: number, most: number): string =>
  `That is ${count} opportunities. At most ${most} can go at once.`;

/** The form. */
export const loading = (count: number, total: number): string =>
  `Looking up ${total} opportunities… ${count} so far.`;
export const canBeSubmitted = (count: number): string =>
  `*${count} ${opportunities(count)}* can be submitted.`;
/** What was typed among the IDs. */
export const notIds = (pieces: string): string => `*Left out, not an opportunity ID:* ${pieces}`;
export const noneCanBeSubmitted = '*None of them can be submitted.*';
export const cannot = "*Left out, because they can't be submitted*";
export const leftOut = 'Left out.';
export const exceptions = {
  'as-above': 'As chosen above',
  'Co-Sell': 'Co-Sell',
  'For Visibility Only': 'For Visibility Only',
  'leave-out': 'Leave out',
} as const;
export const nationalSecurityDeal = 'National Security deal';
export const ready = 'Ready.';
export const readySoFar = 'Ready so far. What AWS asks for depends on the involvement.';
export const andMore = (count: number): string => `${count} more`;
export const anywayLabel = (ids: string): string => `AWS will probably refuse ${ids}. Submit all the same?`;
export const anywayOption = 'Yes, submit them as they are';
export const anywayExplained = 'Or choose "Leave out" beside those that are to wait.';
export const anywayMissing =
  'AWS will probably refuse some of them as they are. Leave those out, or confirm that you want to submit them all the same.';
export const lockOption = 'This locks these deals until AWS decides';
export const allLeftOut =
  'You have left out every one of them. Choose something else for those that are to go.';

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
  `*Recorded: ${count} ${opportunities(count)}, on their way.* One message in the channel where you gave the command says how far they are; each has its own in the thread of that.`;
export const recordedInThread = (count: number): string =>
  `*Recorded: ${count} ${opportunities(count)}, on their way.* What comes of them appears in the thread of the message you began from.`;
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
export const standing = (counts: ReadonlyMap<Sign, number>): string => {
  const refused = counts.get('refused');
  return [
    ...standings.flatMap(([sign, words]) => (counts.has(sign) ? [`${counts.get(sign)} ${words}`] : [])),
    ...(refused === undefined ? [] : [`${refused} ${refused === 1 ? 'needs' : 'need'} fixing`]),
  ].join(', ');
};
export const inThread = 'More in the thread.';

export const cancelRest = 'Cancel the rest';
export const cancelRestTitle = 'Take back the rest?';
export const cancelRestText =
  'Those that have not been sent yet are taken back. They can be submitted again later.';
export const cancelRestConfirm = 'Take them back';
export const cancelRestKeep = 'Keep them';
export const cancelled = (number: number): string =>
  `Taken back: ${number} ${opportunities(number)} ${number === 1 ? 'was' : 'were'} not sent.`;
export const tooLateToCancel =
  "It's too late: all of them have already been sent, or are being sent right now. The message says what comes of them.";
export const unknownBatch =
  'This bot has no record of these submissions any more. Partner Central shows where the opportunities stand.';
