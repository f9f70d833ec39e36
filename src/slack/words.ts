import { mendNoStatus } from '../submissions/outcomes.ts';

/** Words that several messages and answers share, around an outcome (`outcomes.ts`). */
export const submission = (id: string): string => `Opportunity ${id}`;
export const requestId = (id: string): string => `AWS request ID: ${id}`;
export const notification = (headline: string, id: string): string => `${headline}: ${id}`;

export const forOpportunity = (action: string, id: string): string => `${action}, opportunity ${id}`;

export const tryNow = 'Try now';
export const cancel = 'Cancel';
export const cancelTitle = 'Take it back?';
export const cancelText = 'It has not been sent yet.';
export const cancelConfirm = 'Take it back';
export const cancelKeep = 'Keep it';
export const letGo = 'Let it go';
export const letGoTitle = 'Let it go?';
export const letGoText =
  'Nobody knows whether AWS has it, or will have it still. If it is submitted anew, this request may take effect instead of that one.';
export const letGoConfirm = 'Let it go';
export const letGoKeep = 'Keep waiting';
export const checkStatus = 'Check status';
export const showDetails = 'Details';
export const seeWhy = 'See why';
export const history = 'History';
/** Of a modal with an answer. */
export const answerTitle = 'Opportunity';
export const tryAgain = 'Try again';
export const openInPartnerCentral = 'Open in Partner Central';

export const standsAlone =
  'This stands here, and not in a thread, because the message it belongs to was deleted or takes no replies.';
/** Where Slack refused a message for how it is made. */
export const plainOnly =
  "Slack didn't take more of this message. `/submit-opportunity status O1234567`, with the ID, says where one stands.";
export const moreThanFits = 'There is more than fits into one message of Slack; Partner Central has it all.';

export const awsExplanation = "*AWS's own words*";
export const nothingMore = "AWS's review gives no comments.";
export const checked = (shown: string, moment: string): string =>
  `AWS's review says: *${shown}* (asked ${moment}).`;
export const checkedNoStatus = (moment: string): string =>
  `*AWS shows no review status for this opportunity* (asked ${moment}): it can't be submitted or changed from here. ${mendNoStatus}`;
/** An answer about one of several, which may stand below a message about another. */
export const about = (deal: string, answer: string): string => `${deal}: ${answer}`;
export const couldNotCheck =
  "AWS couldn't be asked just now. What the message says was true when it was last changed; please try again in a moment.";
export const awsRefusesToShow =
  "AWS doesn't let this bot see the opportunity right now. Whoever runs the bot can check its permissions.";
export const awsNoLongerHasIt =
  "AWS doesn't find the opportunity any more. Please look for it in Partner Central.";
export const signInBroken = "The bot can't sign in to AWS right now. Please tell whoever runs it.";
export const unknownSubmission =
  'This bot has no record of that submission any more. Partner Central shows where the opportunity stands.';
export const triedNow = 'Trying now. The message says what comes of it.';
export const triedJustNow = 'It was tried just now. Give it a few seconds.';
export const notWaiting = "It isn't waiting for AWS any more. The message says how it stands.";
export const cancelled = 'Taken back: it was not sent.';
export const tooLateToCancel =
  "It's too late to take it back: it isn't waiting any more. The message says what comes of it.";
export const onlySaved =
  'Nothing is submitted. The changes went out to AWS before that; you are told what comes of them.';
export const perhapsSent =
  "It can't be taken back now: the bot's records were set back, and it isn't known whether it was sent. The message says how it stands.";
export const letItGo = 'Let go. It can be submitted anew; we look once a day whether AWS has it after all.';
export const notToLetGo =
  'There is nothing to let go: it is settled, or reading may still settle it. The message says how it stands.';

export const triggerExpired = 'That took too long for Slack to open the form. Nothing was submitted.';
export const pressAgain =
  'That took too long for Slack to open a window. Nothing was submitted. Please press the button again.';
export const openForm = 'Open the form';
export const formFailed = "Slack didn't open the form. Nothing was submitted. Please give the command again.";
export const somethingWrong =
  "Something went wrong on our side, and we can't say what came of that. Please try again: a form that was sent makes one request, however often it is sent.";

export const tooLong =
  'That has more than 3,000 characters, so nothing of it was read. Please give the opportunity IDs alone, up to 25 at once: `/submit-opportunity O1234567 O1234568`';

export const helpCommands = [
  '• *Submit*: `/submit-opportunity O1234567`, several IDs, or nothing to pick',
  '• *Check*: `/submit-opportunity status O1234567`',
  '• *See all*: `/submit-opportunity list`, or my Home tab',
  "• *In a thread*: a message's menu, *Submit opportunity…*, or mention me with an ID",
].join('\n');
export const helpWhatHappens =
  "A submission locks the deal until AWS decides and can't be withdrawn. What comes of it appears where you asked.";
export const helpMay = 'You may submit here.';
export const helpMayNot = (why: string): string => `You can't submit here: ${why}`;
export const helpContact = (contact: string): string => `Questions: ${contact}.`;
