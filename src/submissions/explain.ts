import { SIGNATURE_LIFETIME_MS } from '../attempts/sendable.ts';
import { type Catalog, catalogName, type ReviewStatusName, reviewStatus } from '../aws/terms.ts';
import { namesField, type RefusedField, refusedFields } from '../opportunities/field-names.ts';
import type { Review } from '../opportunities/opportunity.ts';
import * as doubts from './doubt-outcomes.ts';
import type { Saying, Sign } from './outcomes.ts';
import * as outcomes from './outcomes.ts';
import type { Entry, Reviewed, Submission } from './submission.ts';

/** Buttons that make sense now, at most two, in their order. What makes sense always is in the menu beside them. */
export type NextStep =
  | 'try-now'
  | 'cancel'
  | 'let-go'
  | 'fix'
  /** What AWS refused: the form for it, and for submitting it then. */
  | 'fix-and-submit'
  | 'check-status'
  | 'try-again'
  /** Details, where they say why. */
  | 'see-why'
  | 'show-details'
  | 'partner-central';

/** A submission in a seller's words, whatever it is shown on. Plain text throughout. */
export interface Explanation extends Saying {
  readonly sign: Sign;
  /** The fields AWS objected to. */
  readonly fields: readonly RefusedField[];
  readonly nextSteps: readonly NextStep[];
  /** While we are looking: until when, at the least. */
  readonly until: Date | undefined;
  /** When it is tried next, where that isn't in seconds. */
  readonly nextTry: Date | undefined;
}

const SEE: readonly NextStep[] = ['check-status'];
const FIX: readonly NextStep[] = ['fix', 'check-status'];
const AGAIN: readonly NextStep[] = ['try-again', 'check-status'];
const RETRY: readonly NextStep[] = ['try-again'];
const FIX_AND_SUBMIT: readonly NextStep[] = ['fix-and-submit'];
const WHY: readonly NextStep[] = ['try-again', 'see-why'];

/** What the explanation depends on beside the record. */
export interface Circumstances {
  /** The catalog this bot works in. */
  readonly catalog: Catalog;
  /** Sending is switched off by the operator. */
  readonly paused: boolean;
  /** Requests that go out before this one, where that is to be said. */
  readonly waitingBefore?: number;
  /** When AWS's throttling ends, as far as that is worth a time. */
  readonly nextTry?: Date | undefined;
}

const say = (
  sign: Sign,
  { headline, known, next }: Saying,
  nextSteps: readonly NextStep[] = [],
  more: Partial<Pick<Explanation, 'fields' | 'until' | 'nextTry'>> = {},
): Explanation => ({
  headline,
  known,
  next,
  sign,
  nextSteps,
  fields: [],
  until: undefined,
  nextTry: undefined,
  ...more,
});

/** Explains what stands for an opportunity, as it is now. */
export function explain(entry: Entry, bot: Circumstances): Explanation {
  switch (entry.state) {
    case 'requested':
      return waits(entry, bot);
    case 'sending':
      return say('waiting', outcomes.beingSent);
    case 'submitted':
    case 'elsewhere':
      return review(entry);
    case 'refused':
      return refused(entry);
    case 'uncertain':
      return uncertain(entry);
    case 'not_seen':
      return say('unsure', doubts.notSeen(codeOf(entry)), AGAIN);
    case 'let_go':
      return say('unsure', doubts.letGo, AGAIN);
    case 'already_submitted':
      return atAws(entry);
    case 'changed':
      return changed(entry);
    case 'cancelled':
      return say('cancelled', outcomes.cancelled);
    case 'expired':
      return say('refused', outcomes.expired(whyExpired(entry, bot)), RETRY);
  }
}

/** What of AWS's a request waits for, where a try now may help and can do no harm; undefined: for nothing of the kind. */
function waitsFor({ problem }: Submission): keyof typeof outcomes.waiting | undefined {
  if (problem?.type === 'operator') return problem.cause;
  if (problem?.type !== 'waiting') return undefined;
  return problem.throttled ? 'throttled' : 'unreachable';
}

function waits(submission: Submission, bot: Circumstances): Explanation {
  const { problem, catalog } = submission;
  if (problem?.type === 'set-back') {
    const until = bot.paused ? undefined : new Date(problem.until);
    // What can't be told from what was sent can't be taken back.
    return say('unsure', outcomes.setBack(problem.by, bot.paused), [], { until });
  }
  if (bot.paused) return say('waiting', outcomes.paused, ['cancel']);
  const cause = waitsFor(submission);
  if (cause !== undefined) {
    const nextTry = cause === 'throttled' ? bot.nextTry : undefined;
    return say('waiting', outcomes.waiting[cause], ['try-now', 'cancel'], { nextTry });
  }
  const saying =
    problem?.type === 'other-catalog'
      ? outcomes.otherCatalog(catalogName(catalog), catalogName(bot.catalog))
      : outcomes.onItsWay(bot.waitingBefore ?? 0);
  return say('waiting', saying, ['cancel']);
}

function whyExpired(submission: Submission, { paused }: Circumstances): string {
  const cause = waitsFor(submission);
  if (cause !== undefined) return outcomes.waiting[cause].expired;
  if (submission.problem?.type === 'other-catalog') return outcomes.expiredBecause.otherCatalog;
  return paused ? outcomes.expiredBecause.paused : outcomes.expiredBecause.unknown;
}

const codeOf = ({ problem }: Pick<Submission, 'problem'>): string | undefined =>
  problem !== undefined && 'code' in problem ? problem.code : undefined;

function uncertain({ problem, sendingAt, changedAt }: Submission): Explanation {
  if (problem?.type === 'unsettled' && problem.mayLetGo) {
    return say('unsure', doubts.unsettled(problem.why), ['let-go', ...SEE]);
  }
  return say('unsure', doubts.uncertain(codeOf({ problem })), SEE, {
    until: new Date((sendingAt ?? changedAt).getTime() + SIGNATURE_LIFETIME_MS),
  });
}

/** AWS has it, and nobody is credited: what is known of our own request, and what AWS shows. */
function atAws({ problem, reviewStatus: read, nationalSecurity }: Reviewed): Explanation {
  const { status, shown } = reviewStatus(read);
  const found = problem?.type === 'found-at-aws' ? problem : undefined;
  const saying = doubts.foundAtAws(found?.ours ?? 'not-sent', {
    choices: nationalSecurity ? [] : [found?.involvementType, found?.visibility],
    review: read === undefined ? undefined : shown,
  });
  return say(SIGN_OF[status], saying, status === 'Action Required' ? FIX : SEE);
}

/** Of what AWS has, by its review status. */
const SIGN_OF: Readonly<Record<ReviewStatusName, Sign>> = {
  Submitted: 'pending',
  'In review': 'in-review',
  Approved: 'approved',
  Rejected: 'rejected',
  'Action Required': 'sent-back',
  'Pending Submission': 'unsure',
  none: 'unsure',
  unknown: 'unsure',
};

/** What a message of its own says, once, and the buttons that make sense then. */
export type Decision = Pick<Explanation, keyof Saying | 'sign' | 'nextSteps'>;

/** Explains a decision, for a message of its own. `now`: AWS's review, which may have gone on since. */
export function explainDecision(reviewStatusShown: string, now: string | undefined): Decision {
  const { status, shown } = reviewStatus(reviewStatusShown);
  switch (status) {
    case 'Approved':
      return say('approved', outcomes.approved);
    case 'Rejected':
      return say('rejected', outcomes.rejected, ['see-why']);
    case 'Action Required':
      return reviewStatus(now).status === status
        ? say('sent-back', outcomes.actionRequired, ['fix'])
        : say('sent-back', { ...outcomes.actionRequired, next: outcomes.hasGoneOn });
    case 'none':
      return say('refused', outcomes.noStatus);
    default:
      return say('unsure', outcomes.otherStatus(shown));
  }
}

function review(submission: Entry): Explanation {
  const { status, shown } = reviewStatus(submission.reviewStatus);
  switch (status) {
    case 'Submitted':
      return say('pending', outcomes.approvalPending, SEE);
    case 'In review':
      return say('in-review', outcomes.inReview, SEE);
    case 'Approved':
      return say('approved', outcomes.approved, SEE);
    case 'Rejected':
      return say('rejected', outcomes.rejected, ['see-why', 'check-status']);
    case 'Action Required':
      return say('sent-back', outcomes.actionRequired, FIX);
    case 'Pending Submission':
      // Right after a submit AWS may not show it yet; later it means that somebody moved it back.
      return submission.state === 'elsewhere' ||
        (submission.reviewReadAt !== undefined &&
          submission.reviewReadAt.getTime() - submission.changedAt.getTime() > SIGNATURE_LIFETIME_MS)
        ? say('unsure', outcomes.backToPending, SEE)
        : say('pending', outcomes.approvalPendingNotVisible, SEE);
    case 'none':
      return submission.reviewStatus === undefined
        ? say('pending', outcomes.approvalPending, SEE)
        : say('refused', outcomes.noStatus, SEE);
    case 'unknown':
      return say('unsure', outcomes.otherStatus(shown), SEE);
  }
}

/** The read before sending found that it isn't what the form showed. */
function changed({ reviewStatus: read }: Review): Explanation {
  const { status, shown } = reviewStatus(read);
  if (status === 'Action Required') return say('sent-back', outcomes.changedToSentBack, FIX);
  if (status === 'none' && read !== undefined) return say('refused', outcomes.changedToNoStatus, SEE);
  if (status === 'unknown') return say('refused', outcomes.changedToOther(shown), SEE);
  return say('refused', outcomes.changed, RETRY);
}

function refused({ problem, nationalSecurity }: Submission): Explanation {
  if (problem?.type === 'not-permitted') return say('refused', outcomes.notPermitted, []);
  if (problem?.type === 'not-executed') return say('refused', outcomes.notExecuted, AGAIN);
  if (problem?.type !== 'refused') return say('refused', outcomes.refusedOtherwise, WHY);
  switch (problem.code) {
    case 'ValidationException': {
      const fields = refusedFields(problem.fieldErrors);
      const saysWhy = fields.length > 0 || problem.message.trim() !== '';
      if (nationalSecurity && saysWhy) return say('refused', outcomes.validation.redacted, RETRY, { fields });
      const told = namesField(problem.fieldErrors) ? 'fields' : saysWhy ? 'words' : 'nothing';
      const next = told === 'fields' ? FIX_AND_SUBMIT : told === 'words' ? WHY : RETRY;
      return say('refused', outcomes.validation[told], next, { fields });
    }
    case 'ResourceNotFoundException':
      return say('refused', outcomes.notFound, RETRY);
    case 'AccessDeniedException':
      return say(
        'refused',
        outcomes.accessDenied(problem.reason === 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE'),
        RETRY,
      );
    default:
      return say('refused', outcomes.refusedOtherwise, WHY);
  }
}
