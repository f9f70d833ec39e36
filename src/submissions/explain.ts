import { type Catalog, catalogName, type ReviewStatusName, reviewStatus } from '../aws/terms.ts';
import type { ReminderAbout } from '../messages/outbox.ts';
import { namesField, type RefusedField, refusedFields } from '../opportunities/field-names.ts';
import type { Review } from '../opportunities/opportunity.ts';
import * as doubts from './doubt-outcomes.ts';
import type { Saying, Sign } from './outcomes.ts';
import * as outcomes from './outcomes.ts';
import * as reminders from './reminder-words.ts';
import { type Entry, type Reviewed, SIGNATURE_LIFETIME_MS, type Submission } from './submission.ts';

/** What makes sense now, in the order in which it is shown: at most two buttons. What always does is in the menu beside them. */
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
  /** Until when we look, at the least, where we are looking. */
  readonly until: Date | undefined;
  /** When it is tried next, where that isn't in seconds. */
  readonly nextTry: Date | undefined;
}

type Parts = Partial<Pick<Explanation, 'fields' | 'until' | 'nextTry'>>;

const NOW: readonly NextStep[] = ['try-now', 'cancel'];
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
  /** Requests that go out before this one. */
  readonly waitingBefore: number;
  /** When AWS's throttling ends, as far as that is worth a time. */
  readonly nextTry?: Date | undefined;
}

/** Explains what stands for an opportunity, as it is now. */
export function explain(submission: Entry, bot: Circumstances): Explanation {
  const say = (
    sign: Sign,
    saying: Saying,
    nextSteps: readonly NextStep[],
    parts: Parts = {},
  ): Explanation => ({
    ...saying,
    sign,
    nextSteps,
    fields: parts.fields ?? [],
    until: parts.until,
    nextTry: parts.nextTry,
  });

  switch (submission.state) {
    case 'requested':
      return waits(submission, bot, say);
    case 'sending':
      return say('waiting', outcomes.beingSent, []);
    case 'submitted':
    case 'elsewhere':
      return review(submission, say);
    case 'refused':
      return refused(submission, say);
    case 'uncertain':
      return uncertain(submission, say);
    case 'not_seen':
      return say('unsure', doubts.notSeen(codeOf(submission)), AGAIN);
    case 'let_go':
      return say('unsure', doubts.letGo, AGAIN);
    case 'already_submitted':
      return atAws(submission, say);
    case 'changed':
      return changed(submission, say);
    case 'cancelled':
      return say('cancelled', outcomes.cancelled, []);
    case 'expired':
      return say('refused', outcomes.expired(waitedFor(submission, bot)), RETRY);
  }
}

type Say = (sign: Sign, saying: Saying, nextSteps: readonly NextStep[], parts?: Parts) => Explanation;

/** What can't be told from what was sent can't be taken back. */
function waits(submission: Submission, bot: Circumstances, say: Say): Explanation {
  const { problem } = submission;
  if (problem?.type === 'set-back') {
    const until = bot.paused ? {} : { until: new Date(problem.until) };
    return say('unsure', outcomes.setBack(problem.by, bot.paused), [], until);
  }
  const isThrottled = problem?.type === 'waiting' && problem.throttled;
  const nextTry = isThrottled && !bot.paused ? bot.nextTry : undefined;
  return say('waiting', waiting(submission, bot), mayTryNow(submission, bot) ? NOW : ['cancel'], { nextTry });
}

/** Whether a try now may help, and can do no harm: nothing of it has gone out, and the operator lets things go out. */
const mayTryNow = ({ problem }: Submission, { paused }: Pick<Circumstances, 'paused'>): boolean =>
  !paused && (problem?.type === 'waiting' || problem?.type === 'operator');

function waiting({ problem, catalog }: Submission, bot: Circumstances): Saying {
  if (bot.paused) return outcomes.paused;
  switch (problem?.type) {
    case 'waiting':
      return outcomes.waitingForAws(problem.throttled);
    case 'operator':
      return outcomes.waitingForOperator[problem.cause];
    case 'other-catalog':
      return outcomes.otherCatalog(catalogName(catalog), catalogName(bot.catalog));
    default:
      return outcomes.onItsWay(bot.waitingBefore);
  }
}

function waitedFor({ problem }: Submission, bot: Circumstances): keyof typeof outcomes.waitedFor {
  switch (problem?.type) {
    case 'waiting':
      return problem.throttled ? 'throttled' : 'unreachable';
    case 'operator':
      return problem.cause;
    case 'other-catalog':
      return 'other-catalog';
    default:
      return bot.paused ? 'paused' : 'unknown';
  }
}

const codeOf = ({ problem }: Pick<Submission, 'problem'>): string | undefined =>
  problem !== undefined && 'code' in problem ? problem.code : undefined;

function uncertain({ problem, sendingAt, changedAt }: Submission, say: Say): Explanation {
  if (problem?.type === 'unsettled' && problem.mayLetGo) {
    return say('unsure', doubts.unsettled(problem.why), ['let-go', ...SEE]);
  }
  return say('unsure', doubts.uncertain(codeOf({ problem })), SEE, {
    until: new Date((sendingAt ?? changedAt).getTime() + SIGNATURE_LIFETIME_MS),
  });
}

/** AWS has it, and nobody is credited: what is known of our own request, and what AWS shows. */
function atAws({ problem, reviewStatus: read, nationalSecurity }: Reviewed, say: Say): Explanation {
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

/** AWS's decision in a seller's words, and the buttons that make sense then. */
export interface Decision extends Saying {
  readonly sign: Sign;
  readonly nextSteps: readonly NextStep[];
}

/** Explains a decision, for a message of its own. `now`: AWS's review, which may have gone on since. */
export function explainDecision(reviewStatusShown: string, now: string | undefined): Decision {
  const { status, shown } = reviewStatus(reviewStatusShown);
  switch (status) {
    case 'Approved':
      return decision('approved', outcomes.approved);
    case 'Rejected':
      return decision('rejected', outcomes.rejected, ['see-why']);
    case 'Action Required':
      return reviewStatus(now).status === status
        ? decision('sent-back', outcomes.actionRequired, ['fix'])
        : decision('sent-back', { ...outcomes.actionRequired, next: outcomes.hasGoneOn });
    case 'none':
      return decision('refused', outcomes.noStatus);
    default:
      return decision('unsure', outcomes.otherStatus(shown));
  }
}

/** A reminder in a seller's words; `days`: since when it has been so; undefined: it isn't any more. */
export function explainReminder(
  about: ReminderAbout,
  submission: Pick<Entry, 'reviewStatus'>,
  days: number | undefined,
): Decision {
  if (days === undefined) {
    const sign = about === 'action-required' ? 'sent-back' : 'pending';
    return decision(sign, { headline: reminders.headlines[about], known: outcomes.hasGoneOn, next: '' });
  }
  const isSentBack = reviewStatus(submission.reviewStatus).status === 'Action Required';
  const fix: readonly NextStep[] = isSentBack ? ['fix'] : [];
  switch (about) {
    case 'waiting':
      return decision('pending', reminders.waiting(days), ['check-status']);
    case 'action-required':
      return decision('sent-back', reminders.sentBack(days), fix);
    case 'close-date':
      return decision(isSentBack ? 'sent-back' : 'pending', reminders.closeDate(isSentBack), fix);
  }
}

const decision = (sign: Sign, saying: Saying, nextSteps: readonly NextStep[] = []): Decision => ({
  ...saying,
  sign,
  nextSteps,
});

function review(submission: Entry, say: Say): Explanation {
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
function changed({ reviewStatus: read }: Review, say: Say): Explanation {
  const { status, shown } = reviewStatus(read);
  if (status === 'Action Required') return say('sent-back', outcomes.changedToSentBack, FIX);
  if (status === 'none' && read !== undefined) return say('refused', outcomes.changedToNoStatus, SEE);
  if (status === 'unknown') return say('refused', outcomes.changedToOther(shown), SEE);
  return say('refused', outcomes.changed, RETRY);
}

function refused({ problem, nationalSecurity }: Submission, say: Say): Explanation {
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
