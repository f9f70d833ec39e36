import type { ReviewStatus } from '../aws/terms.ts';
import { mendNoStatus, type Saying } from '../submissions/outcomes.ts';
import type { Dropped } from './edit.ts';

/*
 * What comes of an edit, for whoever saved it; as in `outcomes.ts`. It names nothing of the deal: the fields are listed
 * beside it where the place may see them. `partly`: AWS has the fields, and it is about the solution that was to be
 * associated besides.
 */

const KEPT = 'Review and save again shows what you typed, for a day.';
const YOU_ARE_TOLD = 'You are told what comes of it.';

const FIELDS_SAVED = 'AWS has saved the fields.';
const soFar = (partly: boolean): string =>
  partly ? 'AWS has saved the fields; the solution is still to come.' : 'Nothing has been saved yet.';

export const onItsWay = (partly: boolean): Saying => ({
  headline: 'Your changes are on their way to AWS',
  known: partly ? soFar(true) : 'They are recorded, and go to AWS next.',
  next: YOU_ARE_TOLD,
});
export const beingSent = (partly: boolean): Saying => ({
  headline: 'Your changes are on their way to AWS',
  known: partly
    ? "AWS has saved the fields. The solution is being sent; whether AWS takes it isn't known yet."
    : "They are being sent; whether AWS takes them isn't known yet.",
  next: YOU_ARE_TOLD,
});
export const paused = (partly: boolean): Saying => ({
  headline: 'Your changes are kept, not sent yet',
  known: `Whoever runs this bot has paused sending. ${soFar(partly)}`,
  next: 'They go out within 24 hours, or not at all.',
});
export const waitingForAws = (throttled: boolean, partly: boolean): Saying => ({
  headline: 'Your changes wait for AWS',
  known: `${throttled ? 'AWS is busy' : "AWS can't be reached, or doesn't answer as it should"}. ${soFar(partly)}`,
  next: 'We try again by ourselves, for 24 hours.',
});
export const waitingForOperator = (partly: boolean): Saying => ({
  headline: "Your changes wait: the bot can't sign in to AWS",
  known: soFar(partly),
  next: 'Please tell whoever runs this bot; they go out by themselves once that works.',
});
export const otherCatalog = (partly: boolean): Saying => ({
  headline: 'Your changes are held back',
  known: `They are for another catalog than this bot now works in. ${soFar(partly)}`,
  next: 'Please tell whoever runs this bot: after 24 hours they are dropped.',
});

export const setBack = (partly: boolean, isPaused: boolean): Saying => ({
  headline: 'Your changes wait: AWS is looked at first',
  known: `The bot's records were set back, so it isn't known whether they were sent.${partly ? ' AWS has saved the fields.' : ''} ${isPaused ? 'Whoever runs this bot has paused it: AWS is looked at when it goes on.' : 'We read AWS, and send nothing meanwhile.'}`,
  next: YOU_ARE_TOLD,
});

const SAVED = 'AWS has saved your changes.';
export const saved: Saying = { headline: 'Saved', known: SAVED, next: 'The opportunity can be submitted.' };
/** `review`: AWS's ReviewStatus, as a read has shown it since. */
export const sentBack = (review: string): Saying => ({
  headline: 'Sent back to AWS',
  known: `${SAVED} It reviews the opportunity again: its review says ${review}.`,
  next: "It isn't submitted a second time.",
});
export const savedLooking: Saying = {
  headline: 'Saved',
  known: `${SAVED} It doesn't show yet that it reviews the opportunity again.`,
  next: 'We look for two minutes, and you are told.',
};
export const stillAsked: Saying = {
  headline: 'Saved, and AWS still shows Action Required',
  known: `${SAVED} Whether it reviews the opportunity again isn't known.`,
  next: "Check status asks again. If it stays so, look at AWS's comments, or ask your AWS contact.",
};
/** `review`: as a read has shown it since; undefined: none did, or it is as it was. */
export const savedInSandbox = (review: string | undefined): Saying => ({
  headline: 'Saved',
  known: `${SAVED}${review === undefined ? '' : ` Its review says: ${review}.`} In Sandbox nobody reviews.`,
  next: 'To play a review, set ReviewStatus with UpdateOpportunity.',
});
export const savedUnread: Saying = {
  headline: 'Saved',
  known: `${SAVED} Its review couldn't be read since: whether AWS reviews the opportunity again isn't known.`,
  next: 'Check status asks AWS again.',
};
export const savedNow = (review: string): Saying => ({
  headline: 'Saved',
  known: `${SAVED} Its review says: ${review}.`,
  next: '',
});
export const savedNoStatus: Saying = {
  headline: 'Saved, and AWS shows no review status',
  known: `${SAVED} Without a review status it reviews nothing.`,
  next: mendNoStatus,
};

export const uncertain = (partly: boolean): Saying => ({
  headline: 'Not sure AWS saved your changes',
  known: partly
    ? 'AWS has saved the fields. The solution went out, and no answer came; we are checking.'
    : 'They went out, and no answer came. AWS may have them or not; we are checking.',
  next: "Please don't change the same fields elsewhere.",
});

const maybe = (inDoubt: boolean): string =>
  inDoubt
    ? "No answer came, and AWS doesn't show your changes: it isn't known whether it had taken them."
    : 'Your changes were not saved.';

export const conflict = (inDoubt: boolean): Saying => ({
  headline: 'Not saved: somebody else changed the same fields',
  known: `${maybe(inDoubt)} Nobody else's change was overwritten.`,
  next: KEPT,
});
const ONLY_FIELDS = 'Saved, but the solution was not associated';

export function notEditable({ status, shown }: ReviewStatus, inDoubt: boolean, partly: boolean): Saying {
  const says = status === 'none' ? 'AWS shows no review status.' : `AWS's review says: ${shown}.`;
  const isReviewing = status === 'Submitted' || status === 'In review';
  return {
    headline: partly ? ONLY_FIELDS : "Not saved: it can't be changed now",
    known: `${partly ? FIELDS_SAVED : maybe(inDoubt)} ${says}`,
    next: isReviewing
      ? 'Nothing can be changed while AWS reviews it.'
      : status === 'none'
        ? "AWS's support can mend it."
        : 'Partner Central shows what can be changed now.',
  };
}
/** `field`: what AWS demands in every update, by a seller's name. */
export const lacks = (field: string, partly: boolean): Saying => ({
  headline: partly ? ONLY_FIELDS : "Not saved: it can't be changed from here",
  known: `${partly ? FIELDS_SAVED : 'Nothing was changed.'} AWS takes no update of an opportunity that lacks this: ${field}.`,
  next: 'Please change it in Partner Central.',
});
export const redacted = (partly: boolean): Saying => ({
  headline: partly ? ONLY_FIELDS : "Not saved: it can't be changed from here",
  known: `${partly ? FIELDS_SAVED : 'Nothing was changed.'} AWS shows parts of it redacted, and a change would write those back.`,
  next: 'Please change it in Partner Central.',
});
export const notPermitted = (partly: boolean): Saying => ({
  headline: partly ? ONLY_FIELDS : 'Not saved: no longer allowed',
  known: `You may no longer change opportunities with this bot. ${
    partly ? 'AWS has saved the fields, and does not show the solution.' : 'AWS does not show your changes.'
  }`,
  next: 'Whoever runs this bot can say who may.',
});
export const refused = (partly: boolean): Saying => ({
  headline: partly ? ONLY_FIELDS : 'AWS did not save your changes',
  known: partly
    ? 'AWS has saved the fields. It did not accept the solution.'
    : 'AWS did not accept them; nothing was changed.',
  next: KEPT,
});
export const notFound: Saying = {
  headline: 'Not saved: AWS does not find the opportunity',
  known: 'Your changes were not saved.',
  next: 'Please look for it in Partner Central.',
};
export const accessDenied: Saying = {
  headline: "Not saved: AWS doesn't let the bot change this",
  known: 'Your changes were not saved.',
  next: "Please tell whoever runs this bot: its AWS permissions don't cover it.",
};
export const expired = (partly: boolean): Saying => ({
  headline: partly ? ONLY_FIELDS : 'Not saved within 24 hours',
  known: partly
    ? "AWS has saved the fields. The solution couldn't be sent for a day and was dropped."
    : "They couldn't be sent for a day and were dropped. Nothing was changed.",
  next: KEPT,
});
/** The same where it went out without an answer, or the records were set back, so that it may have been sent. */
export const expiredInDoubt = (why: 'unknown' | 'set-back', partly: boolean): Saying => {
  const [its, it] = partly ? ['Its answer about the solution', 'it'] : ['Their answer', 'them'];
  const reason = {
    unknown: `${its} was lost`,
    'set-back': `The bot's records were set back, so it isn't known whether ${partly ? 'the solution was' : 'they were'} sent`,
  }[why];
  const known = `${reason}; no read has shown that AWS has ${it}.`;
  return {
    headline: partly
      ? 'Saved; not known whether the solution was associated'
      : 'Not known whether AWS saved your changes',
    known: partly ? `AWS has saved the fields. ${known}` : known,
    next: 'Please look in Partner Central.',
  };
};

export const cancelled = (partly: boolean): Saying => ({
  headline: partly ? ONLY_FIELDS : 'Cancelled: not saved',
  known: partly
    ? 'AWS has saved the fields. The solution was taken back before it was sent.'
    : 'Your changes were taken back before they were sent.',
  next: KEPT,
});

/** Of what is to be submitted once it is saved. */
export const thenSubmitting = (known: string): Saying => ({
  headline: 'Saving, then submitting',
  known: `${known} Nothing was submitted yet.`,
  next: 'Each goes to AWS in its turn; you are told what comes of it.',
});
export const savingThenSubmitting = (partly: boolean): Saying => thenSubmitting(soFar(partly));
export const submittedThen = 'After 15 minutes it is only saved, not submitted.';
export const nothingSubmitted = 'Nothing was submitted.';
export const savedAndRecorded: Saying = {
  headline: 'Saved, and on its way to be submitted',
  known: `${SAVED} The submission is recorded.`,
  next: 'A message where you asked says what comes of it.',
};
const ONLY_SAVED: Readonly<Record<Dropped, string>> = {
  'not-saved': '',
  cancelled: 'They were at AWS already when Cancel was pressed.',
  doubt: "It wasn't known at once whether AWS had them.",
  changed: 'The opportunity has changed in other ways since you looked.',
  unread: "AWS doesn't show them yet.",
  late: 'That took longer than 15 minutes.',
  open: 'Somebody else has asked for it to be submitted meanwhile.',
  before: 'This form had submitted it before, and that has ended; its message says how.',
  'set-back': "The bot's records were set back, so it isn't known whether it was submitted.",
};
export const perhapsSubmitted = "Whether it was submitted isn't known.";
const SAVED_ONLY: Readonly<Partial<Record<Dropped, string>>> = {
  before: 'Saved; nothing more was submitted',
  'set-back': 'Saved; not sure it was submitted',
};
/** Saved, and why it wasn't submitted then. */
export const savedOnly = (why: Dropped): Saying => ({
  headline: SAVED_ONLY[why] ?? 'Saved; nothing was submitted',
  known: [SAVED, ONLY_SAVED[why]].join(' '),
  next: 'Go on to Submit shows it as it is now.',
});
