/** Words of a record's history: what happened, in a line each. `why` is our own reason or AWS's code. */
export const title = (id: string): string => `History of ${id}`;
export const thisBot = 'the bot';
export const aws = 'AWS';
export const shows = (from: number, to: number, total: number): string => `${from} to ${to} of ${total}`;
export const earlier = 'Earlier';
export const later = 'Later';
export const timesAreYours = 'Oldest first, in your time zone.';

export const requested = (choices: string | undefined): string =>
  `Asked for it to be submitted${choices === undefined ? '' : `: ${choices}`}`;
export const sending = 'Began to send the submission to AWS';
export const accepted = 'AWS accepted it';
export const refused = (why: string): string => `Not accepted: ${why}`;
export const waitsAgain = (why: string): string =>
  `It did not go through and nothing was submitted (${why}); it goes out again by itself`;
export const uncertain = (why: string): string =>
  `It did not become known whether AWS has it (${why}); looking`;
export const notSeen = 'AWS still showed Pending Submission; looking on once a day';
export const letGo = 'Let it go: reading had not settled it for a day; looking on once a day';
export const alreadySubmitted = 'AWS had it already, as a read showed; this request was not sent';
export const refusedAtAws = 'Not accepted, and a read showed that AWS had it already';
export const takenOn = 'Took it on; it had been submitted elsewhere';
export const foundOtherwise = 'AWS had it, as a read showed; by this submission or another';
export const changed = 'Not sent: the opportunity had changed since the form was shown';
export const cancelled = 'Took it back before it was sent';
export const expired = 'Dropped: it could not be sent within 24 hours';

export const review = (before: string | undefined, now: string): string =>
  before === undefined || before === '' ? `AWS's review: ${now}` : `AWS's review: ${now} (before: ${before})`;
