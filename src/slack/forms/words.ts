import type { RefusalReason } from '../../permissions.ts';
import type { Sign } from '../../submissions/outcomes.ts';
import { askAwsFirst, mendNoStatus } from '../../submissions/outcomes.ts';

/** What the modals say. Titles have at most 24 characters, and say what is true. */
export const title = 'Submit to AWS';
export const submitTo = (catalog: string): string => `Submit · ${catalog}`;
export const nothingSubmitted = 'Nothing submitted';
export const titles = {
  notPermitted: 'Not allowed here',
  notRead: "Couldn't look it up",
  notFound: 'Not found',
  referral: 'Referred by AWS',
  open: 'Already on its way',
  recorded: 'Recorded',
} as const;
export const close = 'Close';
export const cancel = 'Cancel';
export const submit = 'Submit';
export const next = 'Continue';
export const tryAgain = 'Try again';

export const loading = 'Looking up the opportunity…';
export const askLabel = 'Or type Opportunity IDs';
export const askPlaceholder = 'O1234567';
export const notAnId =
  "That isn't an opportunity ID: it is O followed by 1 to 19 digits, for example O1234567.";

export const involvementLabel = 'How should AWS be involved?';
export const nationalSecurityAdvice =
  '*Co-Sell is recommended.* It is how AWS takes National Security deals.';
export const visibilityLabel = 'What may AWS sellers see?';
export const lockLabel = 'Please confirm';
export const lockOption = 'This locks the deal until AWS decides';
export const lockExplained = "A submission can't be withdrawn.";
export const lockMissing = "Please confirm: it's locked, and can't be withdrawn.";
export const involvementMissing = 'Please choose one.';
export const visibilityMissing = 'Please choose one.';

/** Where isn't said: whether the bot is in the channel shows once it posts. */
export const recorded = '*Recorded.* A message says what comes of it.';
/** `link`: to the message. */
export const follow = (link: string): string => `<${link.replaceAll('&', '&amp;')}|Open its message>`;
/** Of the form once it is known what came of it, by how that stands. */
export const outcomeTitles: Readonly<Record<Sign, string>> = {
  waiting: 'Not sent yet',
  pending: 'Approval pending',
  'in-review': 'In review at AWS',
  approved: 'Approved by AWS',
  'sent-back': 'AWS wants changes',
  refused: nothingSubmitted,
  rejected: 'Rejected by AWS',
  unsure: 'Not sure yet',
  cancelled: 'Cancelled',
  saved: 'Saved',
};
export const openElsewhere = (person: string): string =>
  `*Already on its way.* ${person} asked for it; it goes to AWS once.`;

export const notPermitted = (reason: RefusalReason, contact = 'whoever runs this bot'): string =>
  ({
    guest: "*Guests can't look up or submit opportunities.* Ask a full member of this workspace.",
    'other-workspace':
      '*Only people of the workspace this bot belongs to can look up or submit opportunities.* Ask your contact there.',
    'not-listed': `*You can't submit yet.* Ask ${contact}.`,
    channel: `*This bot isn't used in this channel.* Ask ${contact} where it is.`,
  })[reason];
export const permissionUnknown =
  "We couldn't check whether you may do this: Slack didn't answer. Nothing was submitted; please try again.";

export const notFound = (id: string, catalog: string, other: string): string =>
  `*${id} isn't there*, in ${catalog}. Just created? Try again in a moment. Else check the ID: it is probably in ${other}, or another partner account's.`;
export const doubt = (person: string, when: string): string =>
  `*An earlier request may still take effect.* ${person} asked for this ${when}, and AWS never answered. If AWS still executes that one, its choices count.`;
export const notVisible = (id: string): string =>
  `*AWS doesn't let this bot see ${id}.* Whoever runs the bot can check its AWS permissions.`;
export const awsReferral =
  "*AWS referred this deal to you*, so it isn't submitted. Accept and update it in Partner Central.";
export const open = (person: string, when: string): string =>
  `*Already on its way.* ${person} asked for it ${when}; it goes to AWS once.`;

/** What is true of a deal that AWS has, and stands for its form; by AWS's review. */
export const withAws = {
  Submitted: { title: 'Approval pending', says: '*AWS has it, and it is not yet in review.*' },
  'In review': { title: 'In review at AWS', says: '*AWS is reviewing it.*' },
  Approved: { title: 'Approved by AWS', says: '*AWS approved this deal.* Nothing to submit.' },
  Rejected: { title: 'Rejected by AWS', says: `*AWS rejected this deal.* ${askAwsFirst}` },
  'Action Required': {
    title: 'AWS wants changes',
    says: "*AWS wants changes.* It reviews the deal again once one is saved; it isn't submitted twice.",
  },
  none: {
    title: 'No review status',
    says: `*AWS shows no review status*, and without one it can't be submitted. ${mendNoStatus}`,
  },
} as const;
export const otherStatus = (shown: string) => ({
  title: "Can't be submitted now",
  says: `*AWS's review says: ${shown}*, which this bot doesn't know. Partner Central shows what it means.`,
});
export const submittedBy = (person: string, when: string): string => `Submitted here by ${person}, ${when}`;
export const awsComments = "*AWS's comments*";
export const noComments = 'AWS gave no comments. Partner Central may have more.';
export const operator =
  "*The bot can't sign in to AWS right now.* Please tell whoever runs it. Nothing was submitted.";
export const unavailable = (throttled: boolean): string =>
  throttled
    ? '*AWS is busy.* Nothing was submitted; try again in a moment.'
    : "*AWS couldn't be reached, or didn't answer as it should.* Nothing was submitted; try again.";
export const ourFault = '*Something went wrong on our side.* Nothing was submitted. Please try again.';
export const cannotTake =
  "We can't take submissions right now: our own records can't be reached. Nothing was recorded; try again in a moment.";
export const inDoubt =
  "We couldn't confirm it. If it was recorded, a message says so; pressing Submit again is safe.";
export const unknownForm =
  '*This form is no longer valid.* Nothing was submitted. Please give the command again.';
export const requestId = (id: string): string => `AWS request ID: ${id}`;
