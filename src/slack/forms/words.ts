import type { RefusalReason } from '../../permissions.ts';
import { mendNoStatus } from '../../submissions/outcomes.ts';

/** What the modals say. Titles have at most 24 characters. */
export const title = 'Submit to AWS';
export const close = 'Close';
export const cancel = 'Cancel';
export const submit = 'Submit';
export const next = 'Continue';
export const tryAgain = 'Try again';

export const loading = 'Looking up the opportunity…';
export const askLabel = 'Or type an Opportunity ID, or several';
export const askHint = 'O and 1 to 19 digits, for example O1234567. A link from Partner Central works too.';
export const askPlaceholder = 'O1234567';
export const notAnId =
  "That isn't an opportunity ID: it is O followed by 1 to 19 digits, for example O1234567.";

export const involvementLabel = 'How should AWS be involved?';
export const nationalSecurityAdvice =
  '*Co-Sell is recommended.* AWS takes National Security deals as Co-Sell; with For Visibility Only it will probably refuse this.';
export const visibilityLabel = 'What may AWS sellers see?';
export const lockLabel = 'Please confirm';
export const lockOption = 'This locks the deal until AWS decides';
export const lockExplained = "A submission can't be withdrawn.";
export const lockMissing = "Please confirm: it's locked, and can't be withdrawn.";
export const involvementMissing = 'Please choose one.';
export const visibilityMissing = 'Please choose one.';

export const recorded =
  '*Recorded, on its way.* The outcome appears in the channel where you gave the command.';
export const recordedFor = (channel: string): string =>
  `*Recorded, on its way.* The outcome appears in ${channel}.`;
export const recordedInThread =
  '*Recorded, on its way.* The outcome appears in the thread of the message you began from.';
export const openElsewhere = (person: string): string =>
  `*Already on its way.* ${person} asked for this opportunity to be submitted. It goes to AWS once; the outcome appears where that was asked for.`;

export const notPermitted = (reason: RefusalReason, contact = 'whoever runs this bot'): string =>
  ({
    guest: "*Guests can't look up or submit opportunities.* Ask a full member of this workspace to do it.",
    'other-workspace':
      '*Only people of the workspace this bot belongs to can look up or submit opportunities.* Please ask your contact there to do it.',
    'not-listed': `*You aren't on the list of people who may submit.* Please ask ${contact} to add you (the setting SUBMITTERS).`,
    channel: `*This bot isn't used in this channel.* Please ask ${contact} where it is (the setting CHANNELS).`,
  })[reason];
export const permissionUnknown =
  "We couldn't check whether you may do this, because Slack didn't answer. Nothing was looked up or submitted. Please try again.";

export const notFound = (id: string, catalog: string, other: string): string =>
  `*${id} isn't there.* This bot looks in ${catalog}. If it was just created, try again in a moment: AWS may need some seconds. Otherwise check the ID; if it is right, the opportunity is probably in ${other}, or belongs to another partner account.`;
export const doubt = (person: string, when: string): string =>
  `*An earlier request may still take effect.* ${person} asked for this opportunity to be submitted ${when}, and no answer of AWS's to that ever came. If AWS still executes that one, it is that one's choices that count.`;
export const notVisible = (id: string): string =>
  `*AWS doesn't let this bot see ${id}.* Whoever runs the bot can check its AWS permissions. Nothing was submitted.`;
export const awsReferral =
  "*AWS referred this opportunity to you.* AWS knows it already, so it can't be submitted this way. Accept and update it in Partner Central.";
export const open = (person: string, when: string): string =>
  `*It is already on its way.* ${person} asked for it ${when}; it goes to AWS once.`;
export const notPending = (shown: string): string => `*AWS has it already.* Its review says: *${shown}*.`;
export const noStatus = `*AWS shows no review status for this opportunity*, and without one it can't be submitted. ${mendNoStatus}`;
export const otherStatus = (shown: string): string =>
  `*It can't be submitted now.* AWS's review says: *${shown}*, which this bot doesn't know. Partner Central shows what it means.`;
export const submittedBy = (person: string, when: string): string =>
  `${person} submitted it with this bot ${when}.`;
export const actionRequired =
  "*AWS has sent it back and asks for changes.* By AWS's guide it reviews the opportunity again once a change is saved, here or in Partner Central. It is not submitted a second time.";
export const awsComments = "*AWS's comments*";
export const noComments = 'AWS gave no comments. Partner Central may have more.';
export const operator =
  "*The bot can't sign in to AWS right now.* Nothing is wrong with the opportunity, and nothing was submitted. Please tell whoever runs this bot, then try again.";
export const unavailable = (throttled: boolean): string =>
  throttled
    ? '*AWS is taking fewer requests than usual right now.* Nothing was submitted. Please try again in a moment.'
    : "*AWS couldn't be reached, or didn't answer as it should.* Nothing was submitted. Please try again.";
export const ourFault = '*Something went wrong on our side.* Nothing was submitted. Please try again.';
export const cannotTake =
  "We can't take submissions right now, because our own records can't be reached. Nothing was recorded. Please try again in a moment.";
export const inDoubt =
  "We couldn't confirm it. If it was recorded you'll see it in the channel; pressing Submit again is safe.";
export const unknownForm =
  '*This form is no longer valid.* Nothing was submitted. Please give the command again.';
export const requestId = (id: string): string => `AWS request ID: ${id}`;
