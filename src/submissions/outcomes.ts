/** How it stands, at a glance: one meaning each, and never the only way in which it is said. */
export const SIGNS = {
  /** With us: AWS hasn't got it yet. */
  waiting: '🕓',
  /** Approval pending: AWS has it and hasn't looked yet. */
  pending: '⏳',
  'in-review': '🔎',
  approved: '✅',
  /** AWS asks for changes. */
  'sent-back': '↩️',
  /** Nothing came of it: somebody has to do something. */
  refused: '⚠️',
  rejected: '❌',
  /** Nobody knows. */
  unsure: '❔',
  cancelled: '⏹️',
  /** AWS has a change of the deal. */
  saved: '💾',
} as const;
export type Sign = keyof typeof SIGNS;

/**
 * What the bot says of a submission, in one voice: plain, kind, no blame. Each saying has what happened and what
 * is known (`known`), and what to do (`next`, empty where that is said already). Plain text: whoever shows it escapes and
 * decorates it. A test counts the words of each.
 */
export interface Saying {
  readonly headline: string;
  readonly known: string;
  readonly next: string;
}

const NOTHING_SUBMITTED = 'Nothing was submitted.';
const NOT_SUBMITTED = 'AWS did not accept it; nothing was submitted.';
const ASK_OPERATOR = 'Please tell whoever runs this bot; it goes out seconds after that works.';
const HERE = 'What comes of it appears here.';
const DECISION_HERE = 'The decision appears here.';
const FRESH_LOOK = 'Try again begins with a fresh look.';

export const onItsWay = (waitingBefore: number): Saying => ({
  headline: 'On its way to AWS',
  known:
    waitingBefore === 0
      ? 'Recorded. It goes to AWS next.'
      : `Recorded. It goes to AWS in its turn: ${waitingBefore === 1 ? 'one other goes' : `${waitingBefore} others go`} first.`,
  next: HERE,
});

export const beingSent: Saying = {
  headline: 'On its way to AWS',
  known: "It is being sent; whether AWS takes it isn't known yet.",
  next: '',
};

export const paused: Saying = {
  headline: 'Kept, not sent yet',
  known: 'Whoever runs this bot has paused sending. Nothing has reached AWS yet.',
  next: 'It goes out within 24 hours, or not at all.',
};

const NOTHING_YET = 'Nothing has been submitted yet.';
/** By why a request waits for AWS. `expired`: why it was dropped, where that took too long; reads after a colon. */
export const waiting = {
  throttled: {
    headline: 'Waiting for AWS',
    known: `AWS is busy. ${NOTHING_YET}`,
    next: 'We keep trying for 24 hours.',
    expired: 'AWS was busy.',
  },
  unreachable: {
    headline: 'Waiting for AWS',
    known: `AWS can't be reached, or doesn't answer as it should. ${NOTHING_YET}`,
    next: 'We try again every few seconds, for 24 hours.',
    expired: "AWS couldn't be reached, or didn't answer as it should.",
  },
  credentials: {
    headline: "Waiting: the bot can't sign in to AWS",
    known: `AWS did not accept the bot's credentials. ${NOTHING_YET}`,
    next: ASK_OPERATOR,
    expired: "AWS did not accept the bot's credentials.",
  },
  signature: {
    headline: "Waiting: AWS doesn't accept the bot's signature",
    known: `AWS rejected the signature of the request. ${NOTHING_YET}`,
    next: ASK_OPERATOR,
    expired: "AWS rejected the signature of the bot's requests.",
  },
  clock: {
    headline: "Waiting: the bot's clock is wrong",
    known: `The clock of the bot's machine is off. ${NOTHING_YET}`,
    next: ASK_OPERATOR,
    expired: "the clock of the bot's machine was off.",
  },
  'opt-in': {
    headline: "Waiting: the AWS account isn't set up for this",
    known: `It is not signed up, or not linked to Partner Central. ${NOTHING_YET}`,
    next: ASK_OPERATOR,
    expired: 'the AWS account was not signed up, or not linked to Partner Central.',
  },
} as const satisfies Record<string, Saying & { readonly expired: string }>;

/** The same where it didn't wait for AWS. */
export const expiredBecause = {
  paused: 'whoever runs this bot had paused sending.',
  otherCatalog: 'it was recorded for another catalog than this bot now works in.',
  unknown: 'the bot was not running, or its turn did not come.',
} as const;

export const expired = (why: string): Saying => ({
  headline: 'Not sent within 24 hours',
  known: `It was dropped: ${why} ${NOTHING_SUBMITTED}`,
  next: `${FRESH_LOOK} If this keeps happening, please tell whoever runs this bot.`,
});

export const otherCatalog = (held: string, own: string): Saying => ({
  headline: 'Held back',
  known: `It was recorded for ${held}, and this bot now works in ${own}. It has not been sent.`,
  next: 'Please tell whoever runs this bot: after 24 hours it is dropped.',
});

export const setBack = (by: 'failover' | 'restore', paused: boolean): Saying => ({
  headline: 'Kept: AWS is looked at first',
  known: `The bot's database ${by === 'failover' ? 'moved to another server' : 'was restored from a copy'}, so it isn't known whether this was sent.`,
  next: paused
    ? 'Whoever runs this bot has paused it: AWS is looked at when it goes on.'
    : 'We read at AWS whether it has it before anything goes out.',
});

export const approvalPending: Saying = {
  headline: 'Approval pending',
  known: 'AWS accepted it; it is locked until they decide.',
  next: DECISION_HERE,
};

export const approvalPendingNotVisible: Saying = {
  headline: 'Approval pending',
  known: "AWS accepted it, and doesn't show it as submitted yet.",
  next: DECISION_HERE,
};

export const inReview: Saying = {
  headline: 'In review at AWS',
  known: 'It is locked until they decide.',
  next: DECISION_HERE,
};

export const approved: Saying = {
  headline: 'Approved by AWS',
  known: 'You can work on it with AWS now.',
  next: '',
};

export const askAwsFirst = 'Talk to your AWS contact before you try a new one.';
export const rejected: Saying = {
  headline: 'Rejected by AWS',
  known: askAwsFirst,
  next: '',
};

export const actionRequired: Saying = {
  headline: 'Action required',
  known: 'AWS has sent it back and asks for changes.',
  next: "Fix and send back shows which; it isn't submitted a second time.",
};

/** In place of what a message asked for, once it asks for nothing any more. */
export const hasGoneOn = 'It has moved on since.';

/** How a deal gets a review status again; observed to be the only ways. */
export const mendNoStatus =
  "AWS's support can mend it: open a support case in Partner Central. Or begin with a new opportunity.";
export const noStatus: Saying = {
  headline: 'AWS shows no review status',
  known: "Another tool may have emptied it. Without one it can't be submitted or changed here.",
  next: mendNoStatus,
};

const ASK_PARTNER_CENTRAL = 'Partner Central shows what it means.';
export const otherStatus = (shown: string): Saying => ({
  headline: `AWS says: ${shown}`,
  known: "AWS shows a review status that this bot doesn't know.",
  next: ASK_PARTNER_CENTRAL,
});

export const backToPending: Saying = {
  headline: 'Back to Pending Submission',
  known: 'AWS shows Pending Submission, though it had it before.',
  next: 'Look at it in Partner Central before you submit it again.',
};

export const changed: Saying = {
  headline: 'Not sent: the opportunity has changed',
  known: `Somebody changed it after you looked. ${NOTHING_SUBMITTED}`,
  next: 'Try again shows it as it is now.',
};

export const changedToSentBack: Saying = {
  headline: 'Not sent: AWS has sent it back',
  known: `AWS asks for changes first. ${NOTHING_SUBMITTED}`,
  next: 'Fix and send back shows which.',
};
export const changedToNoStatus: Saying = {
  headline: 'Not sent: AWS shows no review status',
  known: `Without one it can't be submitted. ${NOTHING_SUBMITTED}`,
  next: mendNoStatus,
};
export const changedToOther = (shown: string): Saying => ({
  headline: `Not sent: AWS says: ${shown}`,
  known: `This bot doesn't know that review status. ${NOTHING_SUBMITTED}`,
  next: ASK_PARTNER_CENTRAL,
});

export const cancelled: Saying = {
  headline: 'Cancelled',
  known: `It was taken back before it was sent. ${NOTHING_SUBMITTED}`,
  next: '',
};

export const notPermitted: Saying = {
  headline: 'Not sent: no longer allowed',
  known: `Whoever asked for it may no longer submit with this bot. ${NOTHING_SUBMITTED}`,
  next: 'Whoever runs this bot can say who may.',
};

/** By what AWS said of it: which fields, words of its own, or nothing; `redacted`: what it said isn't to be shown. */
export const validation = {
  fields: {
    headline: 'AWS needs something changed first',
    known: NOT_SUBMITTED,
    next: 'Fix shows what to change, and submits it then.',
  },
  words: {
    headline: 'AWS needs something changed first',
    known: NOT_SUBMITTED,
    next: "See why has AWS's words. Change it in Partner Central, then Try again.",
  },
  nothing: {
    headline: 'AWS did not accept it',
    known: `${NOT_SUBMITTED} AWS gave no reason.`,
    next: 'Look at it in Partner Central, then Try again.',
  },
  redacted: {
    headline: 'AWS needs something changed first',
    known: NOT_SUBMITTED,
    next: "What AWS objects to isn't shown here: it is a National Security deal, and AWS takes those as Co-Sell only. Check it in Partner Central, then Try again.",
  },
} as const satisfies Record<string, Saying>;

export const notFound: Saying = {
  headline: "AWS doesn't find this opportunity",
  known: `AWS showed it before, and now can't find it. ${NOT_SUBMITTED}`,
  next: 'Look for it in Partner Central, then Try again.',
};

export const accessDenied = (incompatible: boolean): Saying => ({
  headline: incompatible
    ? "AWS doesn't allow this for your partner account"
    : "AWS doesn't let the bot submit this",
  known: NOT_SUBMITTED,
  next: incompatible
    ? "Your company's state in the AWS Partner Network doesn't include it. Ask your alliance manager or AWS partner manager."
    : "Please tell whoever runs this bot: its AWS permissions don't cover it.",
});

export const notExecuted: Saying = {
  headline: 'Not submitted after all',
  known: "AWS's answer came late: it has not carried this request out.",
  next: FRESH_LOOK,
};

export const refusedOtherwise: Saying = {
  headline: 'AWS did not accept it',
  known: NOT_SUBMITTED,
  next: "See why has AWS's words.",
};
