/**
 * What the bot says of a submission, in one voice: plain, kind, no blame. Each saying has what happened and what
 * is known (`known`), and what to do (`next`). Plain text: whoever shows it escapes and decorates it.
 */
export interface Saying {
  readonly headline: string;
  readonly known: string;
  readonly next: string;
}

const NOT_SUBMITTED = 'AWS did not accept it; nothing was submitted.';
const AGAIN_BY_ITSELF = 'Nothing to do: it is kept, and it goes out by itself.';
const ASK_OPERATOR = 'Nothing is wrong with the opportunity. Please tell whoever runs this bot.';

export const onItsWay = (waitingBefore: number): Saying => ({
  headline: 'On its way to AWS',
  known:
    waitingBefore === 0
      ? 'Recorded. It goes to AWS next.'
      : `Recorded. It goes to AWS in its turn: ${waitingBefore === 1 ? 'one other goes' : `${waitingBefore} others go`} first.`,
  next: 'Nothing to do: what comes of it appears here.',
});

export const beingSent: Saying = {
  headline: 'On its way to AWS',
  known: "It is being sent to AWS right now. Whether AWS takes it isn't known yet.",
  next: 'Nothing to do: what comes of it appears here.',
};

export const paused: Saying = {
  headline: 'Kept, not sent yet',
  known: 'Whoever runs this bot has paused sending. Nothing has reached AWS yet.',
  next: 'Nothing to do: it goes out when sending is switched on again, within 24 hours.',
};

export const waitingForAws = (throttled: boolean): Saying => ({
  headline: 'Waiting for AWS',
  known: throttled
    ? 'AWS is taking fewer requests than we have for it right now. Nothing has been submitted yet.'
    : 'AWS could not be reached, or did not answer as it should. Nothing has been submitted yet.',
  next: `${AGAIN_BY_ITSELF} If it can't within 24 hours, that appears here.`,
});

export const waitingForOperator = {
  credentials: {
    headline: "Waiting: the bot can't sign in to AWS",
    known: "AWS did not accept the bot's credentials. Nothing has been submitted yet.",
    next: `${ASK_OPERATOR} It goes out by itself as soon as that works again.`,
  },
  signature: {
    headline: "Waiting: AWS doesn't accept the bot's signature",
    known: 'AWS rejected the signature of the request. Nothing has been submitted yet.',
    next: `${ASK_OPERATOR} It goes out by itself as soon as that works again.`,
  },
  clock: {
    headline: "Waiting: the bot's clock is wrong",
    known:
      "AWS rejected the request because the clock of the bot's machine is off. Nothing has been submitted yet.",
    next: `${ASK_OPERATOR} It goes out by itself as soon as the clock is right.`,
  },
  'opt-in': {
    headline: "Waiting: the AWS account isn't set up for this",
    known:
      'The AWS account is not signed up for the service, or not linked to Partner Central. Nothing has been submitted yet.',
    next: `${ASK_OPERATOR} It goes out by itself as soon as the account is linked.`,
  },
} as const satisfies Record<string, Saying>;

export const otherCatalog = (held: string, own: string): Saying => ({
  headline: 'Held back',
  known: `This was recorded for ${held}, and this bot now works in ${own}. It has not been sent.`,
  next: 'Please tell whoever runs this bot. If nothing is changed within 24 hours, it is dropped, and that appears here.',
});

export const setBack = (by: 'failover' | 'restore'): Saying => ({
  headline: 'Kept: AWS is looked at first',
  known: `The bot's database ${by === 'failover' ? 'moved to another server' : 'was restored from a copy'}, and what was written last may be missing there: it isn't known whether this was sent. We read at AWS whether it has it, and send nothing meanwhile.`,
  next: 'Nothing to do: what we find appears here; if AWS has not got it by then, it goes out.',
});

export const approvalPending: Saying = {
  headline: 'Approval pending',
  known: 'AWS accepted it. The opportunity is locked until AWS has reviewed it.',
  next: "Nothing to do now: AWS's decision appears here. Check status asks AWS how far the review is.",
};

export const approvalPendingNotVisible: Saying = {
  headline: 'Approval pending',
  known: "AWS accepted it, but doesn't show it as submitted yet.",
  next: 'Nothing to do now. Check status asks AWS again.',
};

export const inReview: Saying = {
  headline: 'In review at AWS',
  known: 'AWS is reviewing it. The opportunity is locked until AWS has decided.',
  next: 'Nothing to do now. AWS publishes no review time.',
};

export const approved: Saying = {
  headline: 'Approved by AWS',
  known: 'AWS has approved the opportunity.',
  next: 'You can work on it with AWS now, and update it in Partner Central.',
};

export const askAwsFirst = 'Ask your AWS contact before you start again with a new opportunity.';
export const rejected: Saying = {
  headline: 'Rejected by AWS',
  known: 'AWS has rejected the opportunity.',
  next: `Show details has AWS's reason. ${askAwsFirst}`,
};

export const actionRequired: Saying = {
  headline: 'Action required',
  known: 'AWS has sent the opportunity back and asks for changes.',
  next: "Fix and send back shows AWS's comments and lets you change what may be changed now: customer address, website, target close date, expected spend, business problem and your own reference. By AWS's guide it reviews the opportunity again once that is saved, here or in Partner Central; it isn't submitted a second time.",
};

/** How a deal gets a review status again; observed to be the only ways. */
export const mendNoStatus =
  "AWS's support can mend it: open a support case in Partner Central. Or begin again with a new opportunity.";
export const noStatus: Saying = {
  headline: 'AWS shows no review status',
  known:
    "AWS shows no review status for it: another tool's update may have emptied it. Without one it can't be submitted or changed here, and AWS's lists by status leave it out.",
  next: mendNoStatus,
};

export const otherStatus = (shown: string): Saying => ({
  headline: `AWS says: ${shown}`,
  known: `AWS shows the review status "${shown}", which this bot doesn't know.`,
  next: 'Partner Central shows what it means.',
});

export const backToPending: Saying = {
  headline: 'Back to Pending Submission',
  known: 'AWS shows the opportunity as Pending Submission, though it had it before.',
  next: 'Please look at it in Partner Central before submitting it again.',
};

export const changed: Saying = {
  headline: 'Not sent: the opportunity has changed',
  known: 'Somebody changed the opportunity after you looked at it. Nothing was submitted.',
  next: 'Try again shows it as it is now.',
};

const NOTHING_SUBMITTED = 'Nothing was submitted.';
export const changedToSentBack: Saying = {
  headline: 'Not sent: AWS has sent it back',
  known: `AWS asks for changes, so it can't be submitted as it stands. ${NOTHING_SUBMITTED}`,
  next: "Fix and send back shows AWS's comments and lets you change what may be changed now.",
};
export const changedToNoStatus: Saying = {
  headline: 'Not sent: AWS shows no review status',
  known: `Without a review status an opportunity can't be submitted. ${NOTHING_SUBMITTED}`,
  next: mendNoStatus,
};
export const changedToOther = (shown: string): Saying => ({
  headline: `Not sent: AWS says: ${shown}`,
  known: `AWS shows the review status "${shown}", which this bot doesn't know, and not Pending Submission. ${NOTHING_SUBMITTED}`,
  next: 'Partner Central shows what it means.',
});

export const cancelled: Saying = {
  headline: 'Cancelled',
  known: 'It was taken back before it was sent. Nothing was submitted.',
  next: 'It can be submitted again at any time.',
};

/** What a request waited for until it was dropped; reads after a colon. */
export const waitedFor = {
  throttled: 'AWS took fewer requests than we had for it.',
  unreachable: 'AWS could not be reached, or did not answer as it should.',
  credentials: "AWS did not accept the bot's credentials.",
  signature: "AWS rejected the signature of the bot's requests.",
  clock: "the clock of the bot's machine was off.",
  'opt-in': 'the AWS account was not signed up for the service, or not linked to Partner Central.',
  paused: 'whoever runs this bot had paused sending.',
  'other-catalog': 'it was recorded for another catalog than the one this bot works in.',
  unknown: 'the bot was not running, or its turn did not come.',
} as const;

export const expired = (waited: keyof typeof waitedFor): Saying => ({
  headline: 'Not sent within 24 hours',
  known: `It couldn't be sent for a whole day and was dropped: ${waitedFor[waited]} Nothing was submitted.`,
  next: 'Try again begins with a fresh look at the opportunity. If this keeps happening, please tell whoever runs this bot.',
});

export const notPermitted: Saying = {
  headline: 'Not sent: no longer allowed',
  known:
    'The person who asked for it may no longer submit opportunities with this bot. Nothing was submitted.',
  next: 'Whoever runs this bot can say who may submit.',
};

/** By what AWS said of it: which fields, words of its own, or nothing. */
export const validation = {
  fields: {
    headline: 'AWS needs something changed first',
    known: NOT_SUBMITTED,
    next: 'Try again opens the form: choose anew there, and Fix this here changes what can be changed in Slack. Change the rest in Partner Central first.',
  },
  words: {
    headline: 'AWS needs something changed first',
    known: NOT_SUBMITTED,
    next: "Show details has AWS's explanation. Change it in Partner Central, then Try again.",
  },
  nothing: {
    headline: 'AWS did not accept it',
    known: `${NOT_SUBMITTED} AWS gave no reason.`,
    next: 'Look at the opportunity in Partner Central, then Try again.',
  },
} as const satisfies Record<string, Saying>;

export const notFound = (catalog: string, other: string): Saying => ({
  headline: "AWS doesn't find this opportunity",
  known: `${NOT_SUBMITTED} This bot works in ${catalog}.`,
  next: `Check the ID. If it is right, the opportunity is probably in ${other}, which this bot doesn't reach.`,
});

export const accessDenied = (incompatible: boolean): Saying => ({
  headline: incompatible
    ? "AWS doesn't allow this for your partner account"
    : "AWS doesn't let the bot submit this",
  known: NOT_SUBMITTED,
  next: incompatible
    ? "Your company's state in the AWS Partner Network doesn't include it. Your alliance manager or AWS partner manager can help."
    : "Please tell whoever runs this bot: its AWS permissions don't cover this opportunity.",
});

export const refusedOtherwise: Saying = {
  headline: 'AWS did not accept it',
  known: NOT_SUBMITTED,
  next: "Show details has AWS's explanation.",
};
