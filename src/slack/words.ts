/** Words that several messages, answers and forms share. */
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
export const checkStatus = 'Check status';
export const showDetails = 'Details';
export const history = 'History';
export const tryAgain = 'Try again';
export const openInPartnerCentral = 'Open in Partner Central';

export const standsAlone =
  'This stands here, and not in a thread, because the message it belongs to was deleted or takes no replies.';

export const awsExplanation = "*AWS's own words*";
export const unknownSubmission =
  'This bot has no record of that submission any more. Partner Central shows where the opportunity stands.';

export const openForm = 'Open the form';
export const somethingWrong =
  "Something went wrong on our side, and we can't say what came of that. Please try again: a form that was sent makes one request, however often it is sent.";
