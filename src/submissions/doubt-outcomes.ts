import type { Saying } from './outcomes.ts';

/** What the bot says where it was not AWS's answer that told: what reading showed, and what it can't show. */

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

const COMPARE = 'If the choices matter to you, compare them in Partner Central.';

/** By what is known of our own request. A read shows that AWS has a deal, and never whose request did it. */
export const foundAtAws = (
  ours: 'not-sent' | 'maybe-sent' | 'refused' | 'in-doubt',
  shown: Shown,
): Saying => {
  switch (ours) {
    case 'not-sent':
      return {
        headline: 'Already submitted',
        known: `AWS had the opportunity before this request was sent, so it was not sent.${awsShows(shown)}`,
        next: `Show details has the current state. ${COMPARE}`,
      };
    case 'maybe-sent':
      return {
        headline: "AWS has it; we can't tell whose request did it",
        known: `The bot's records were set back, so it isn't known whether this request was sent. A read shows that AWS has the opportunity, and not whether this request or another did it.${awsShows(shown)}`,
        next: `AWS's decision appears here. ${COMPARE}`,
      };
    case 'refused':
      return {
        headline: 'Already submitted',
        known: `AWS did not accept this request, and shows the opportunity as submitted.${awsShows(shown)}`,
        next: `Show details has the current state. ${COMPARE}`,
      };
    case 'in-doubt':
      return {
        headline: "AWS has it; we can't tell whose request did it",
        known: `No answer to this request ever came. A read shows that AWS has the opportunity, and not whether this request or another did it.${awsShows(shown)}`,
        next: `AWS's decision appears here. ${COMPARE}`,
      };
  }
};

const MAY_HAVE_IT =
  "AWS may have the opportunity or not; we don't send it again, and read until it is known.";
const WAIT = 'Please wait, and do not submit it elsewhere meanwhile. What we find appears here.';

/** By whether the request is known to have gone out. */
export const uncertain = {
  unanswered: {
    headline: "We don't know yet, and are looking",
    known: `The request went out, and no answer came that says whether AWS took it. ${MAY_HAVE_IT}`,
    next: WAIT,
  },
  interrupted: {
    headline: "We don't know yet, and are looking",
    known: `The bot was stopped while it was about to send this, so it isn't known whether the request went out. ${MAY_HAVE_IT}`,
    next: WAIT,
  },
} as const satisfies Record<string, Saying>;

/** What reading has brought for a day. */
const FOR_A_DAY = {
  gone: "For a day AWS hasn't found the opportunity",
  unreadable: "For a day AWS couldn't be asked for the opportunity",
  'no-status': 'For a day AWS has shown no review status for the opportunity',
  'other-status': "For a day AWS has shown a review status that this bot doesn't know",
} as const;

export const unsettled = (why: keyof typeof FOR_A_DAY): Saying => ({
  headline: 'Still not known whether AWS has it',
  known: `${FOR_A_DAY[why]}, and no answer to this request ever came. AWS may have it or not; we don't send it again, and go on looking.`,
  next: 'Look for it in Partner Central, or ask your AWS contact. Let it go stops the waiting, so that it can be submitted anew; what we find later still appears here.',
});

export const letGo: Saying = {
  headline: 'Let go; not known whether AWS has it',
  known:
    'No answer to this request ever came, and reading could not settle it. It may still take effect. We look once a day, and what we find appears here.',
  next: 'Try again begins with a fresh look at the opportunity.',
};

export const notSeen: Saying = {
  headline: 'Probably not submitted',
  known:
    'No answer to this request ever came, and AWS still shows Pending Submission. It may take effect late: we look once a day, and what we find appears here.',
  next: 'Try again begins with a fresh look at the opportunity.',
};
