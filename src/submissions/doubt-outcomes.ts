import { INTERRUPTED, SET_BACK } from '../attempts/sendable.ts';
import type { Saying } from './outcomes.ts';

/** What the bot says where not AWS's answer told it, but reading: what that showed, and what it can't show. */

/** What AWS shows of a deal that a read found there. Undefined: it couldn't be read. */
interface Shown {
  readonly choices: readonly (string | undefined)[];
  readonly review: string | undefined;
}

function awsShows({ choices, review }: Shown): string {
  const chosen = choices.filter((choice) => choice !== undefined);
  return [
    ...(chosen.length === 0 ? [] : [` AWS shows it as ${chosen.join(', ')}.`]),
    ...(review === undefined ? [] : [` AWS's review says: ${review}.`]),
  ].join('');
}

const WHOSE = "AWS has it; we can't tell whose request did it";
/** By what is known of our own request. */
const FOUND = {
  'not-sent': {
    headline: 'Already submitted',
    known: 'AWS had the opportunity before this request was sent, so it was not sent.',
  },
  'maybe-sent': {
    headline: WHOSE,
    known: "It isn't known whether this request was sent; a read shows that AWS has the opportunity.",
  },
  refused: {
    headline: 'Already submitted',
    known: 'AWS did not accept this request, and shows the opportunity as submitted.',
  },
  'in-doubt': {
    headline: WHOSE,
    known: 'No answer to this request ever came; a read shows that AWS has the opportunity.',
  },
} as const;

/** A read shows that AWS has a deal, and never whose request did it. */
export const foundAtAws = (ours: keyof typeof FOUND, shown: Shown): Saying => ({
  headline: FOUND[ours].headline,
  known: `${FOUND[ours].known}${awsShows(shown)}`,
  next: 'If the choices matter, compare them in Partner Central.',
});

const WAIT = "AWS may have it or not; we are checking, and won't send it twice.";

/** Why it isn't even known whether the request went out, by a doubt's code. */
const PERHAPS_UNSENT: ReadonlyMap<string | undefined, string> = new Map([
  [INTERRUPTED, 'The bot was stopped just then'],
  [SET_BACK, "The bot's records were set back"],
]);

/** `code`: the doubt's. */
export const uncertain = (code: string | undefined): Saying => {
  const why = PERHAPS_UNSENT.get(code);
  return {
    headline: 'Not sure AWS got it',
    known: `${why === undefined ? 'No answer came' : `${why}, so it isn't known whether the request went out`}. ${WAIT}`,
    next: "Please don't submit it elsewhere.",
  };
};

/** What reading has brought for a day. */
const FOR_A_DAY = {
  gone: "For a day AWS hasn't found it",
  unreadable: "For a day AWS couldn't be asked for it",
  'no-status': 'For a day AWS has shown no review status for it',
  'other-status': 'For a day AWS has shown an unknown status for it',
} as const;

export const unsettled = (why: keyof typeof FOR_A_DAY): Saying => ({
  headline: 'Still not known whether AWS has it',
  known: `${FOR_A_DAY[why]}. AWS may have it or not; we go on looking.`,
  next: 'Look in Partner Central, or ask your AWS contact. Let it go, and it can be submitted anew.',
});

export const letGo: Saying = {
  headline: 'Let go; not known whether AWS has it',
  known: 'It may still take effect; we look once a day, and what we find appears here.',
  next: 'Try again begins with a fresh look.',
};

export const notSeen = (code: string | undefined): Saying => ({
  headline: 'Probably not submitted',
  known: `${code === SET_BACK ? "It isn't known whether it was sent" : 'No answer ever came'}, and AWS still shows Pending Submission. It may take effect late; we look once a day, and what we find appears here.`,
  next: 'Try again begins with a fresh look.',
});
