import {
  type AttemptBot,
  type Attempted,
  attempt,
  type Passed,
  type Ready,
  sendWindow,
} from '../../attempts/attempt.ts';
import { INTERRUPTED, SET_BACK } from '../../attempts/sendable.ts';
import { sendFailed } from '../../attempts/waiting.ts';
import type { PartnerCentralError, RefusedError, Result } from '../../aws/errors.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isWithAws, type ReviewStatus, reviewStatus } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { fromNow } from '../../clock.ts';
import { reviewIn } from '../../opportunities/opportunity.ts';
import type { Refusal } from '../../permissions.ts';
import { FOUND_SET_BACK, isSetBack, type Submission } from '../submission.ts';
import { choicesAtAws, conclude, LOOK_AT_UNTOLD_MS, move, readDeal, refusal, settle, wait } from './steps.ts';

/** Sends a submission that has passed the fence, and writes down what came of it: the one place that calls SubmitOpportunity. */
async function sendOnce(
  bot: Pick<Bot, 'store' | 'aws' | 'clock' | 'log' | 'owner' | 'random' | 'intervalMs' | 'wake'>,
  passed: Passed<Submission>,
): Promise<void> {
  const { store, aws, clock } = bot;
  const { record: sending } = passed;
  const answer = await aws.submitOpportunity(
    {
      Catalog: sending.catalog,
      Identifier: sending.opportunityId,
      InvolvementType: sending.involvementType,
      Visibility: sending.visibility,
    },
    sendWindow(clock, passed),
  );
  if (answer.ok) {
    // Written down before anything else: a crash from here on leaves no doubt.
    await conclude(bot, sending, { to: 'submitted', why: 'AWS accepted it', requestId: answer.requestId });
    const askedAt = clock.now();
    const confirmed = await readDeal(bot, sending);
    if (!confirmed.ok) return;
    await store.noteReviews(sending.catalog, [reviewIn(confirmed.value)], {
      at: askedAt,
      requestId: confirmed.requestId,
      actor: 'bot',
      elsewhere: 'leave',
    });
    return;
  }
  const { error } = answer;
  if (error.kind !== 'refused') {
    await sendFailed(bot, 'submission', store, sending, error);
    return;
  }
  // The code doesn't tell: it stands for locked fields and a missing status as well (observed). AWS's own status does.
  const aboutState = error.fieldErrors.some(
    (field) => field.code === 'INVALID_RESOURCE_STATE' || field.code === 'ACTION_NOT_PERMITTED',
  );
  const now = aboutState ? await readDeal(bot, sending) : undefined;
  const deal = now?.ok === true ? now.value : undefined;
  if (deal === undefined || !isWithAws(reviewStatus(deal.LifeCycle?.ReviewStatus).status)) {
    await conclude(bot, sending, refusal(error));
    return;
  }
  await conclude(bot, sending, {
    to: 'already_submitted',
    why: 'AWS refused it, and a read shows it submitted',
    problem: { type: 'found-at-aws', ours: 'refused', ...(await choicesAtAws(bot, sending)) },
    requestId: error.requestId,
    review: reviewIn(deal),
  });
}

type SubmitBot = AttemptBot & Pick<Bot, 'aws' | 'wake'>;

type Answered = Extract<Result<Opportunity>, { ok: true }>;

const SUBMISSION: Attempted<Submission, Opportunity, SubmitBot> = {
  name: 'submission',
  records: ({ store }) => store,
  goesOut: ({ state }) => state === 'requested',
  settle,
  giveUp,
  read: readDeal,
  readRefused,
  found: foundSubmitted,
  compare,
};

/**
 * Advances a claimed submission one step: reads the opportunity again, passes the fence, sends, and writes the outcome
 * down; or settles a doubt by reading. Nothing in here sends a second time what may have been executed.
 */
export async function advance(bot: SubmitBot, claimed: Submission): Promise<void> {
  if (!(await restored(bot, claimed))) await attempt(bot, SUBMISSION, claimed);
}

/**
 * Writes down what this process knows of its own call for a submission and the database doesn't (any more): AWS's answer,
 * else that it is a doubt. True: there was something, and nothing may be sent.
 */
async function restored(
  { store, clock, log, owner }: Pick<Bot, 'store' | 'clock' | 'log' | 'owner'>,
  claimed: Submission,
): Promise<boolean> {
  const known = store.recall(claimed);
  if (known === undefined) return false;
  if (claimed.state === 'requested') {
    log.error(
      { submission: claimed.id },
      'the database has lost that a submission was sent; what this process knows of it is written again',
    );
  }
  const doubt = {
    to: 'uncertain',
    at: clock.now(),
    actor: 'bot',
    why: 'the database lost that it was being sent',
    problem: { type: 'unknown', code: INTERRUPTED },
    dueAt: clock.now(),
  } as const;
  await store.answer(known.sending, owner, known.step ?? doubt);
  return true;
}

/** The records were set back while it waited, and AWS doesn't show it: from here on it is a doubt like any other. */
const doubtSince = ({ clock }: Pick<Bot, 'clock'>) =>
  ({
    to: 'uncertain',
    why: 'the records were set back, and AWS did not show it',
    problem: { type: 'unknown', code: SET_BACK },
    dueAt: clock.now(),
  }) as const;

/** AWS refused the read before sending. */
async function readRefused(bot: SubmitBot, claimed: Submission, error: RefusedError): Promise<void> {
  if (!isSetBack(claimed)) await move(bot, claimed, refusal(error));
  // That AWS doesn't show it says nothing about what was sent before the records were set back.
  else if (error.code === 'ResourceNotFoundException') await move(bot, claimed, doubtSince(bot));
  // The bot may not read it, which somebody may correct: until it is too old there is time.
  else await wait(bot, claimed, claimed.problem, fromNow(bot.clock, LOOK_AT_UNTOLD_MS));
}

/** Gives a request up unsent. People are told that nothing was submitted, so AWS is looked at first. */
async function giveUp(
  bot: SubmitBot,
  claimed: Submission,
  why: 'expired' | Refusal,
): Promise<PartnerCentralError | undefined> {
  const isExpired = why === 'expired';
  if (claimed.catalog === bot.catalog || isSetBack(claimed)) {
    const read = await readDeal(bot, claimed);
    if (read.ok && (await foundSubmitted(bot, claimed, read))) return undefined;
    // Where AWS says that our clock is wrong, nothing is too old; and where the records were set back, it may have been sent.
    const isClock = !read.ok && read.error.kind === 'operator' && read.error.cause === 'clock';
    if (!read.ok && isSetBack(claimed) && isExpired && !isClock) {
      await move(bot, claimed, doubtSince(bot));
      return undefined;
    }
    if (!read.ok && ((isExpired && isClock) || isSetBack(claimed))) return read.error;
  }
  await move(
    bot,
    claimed,
    isExpired
      ? { to: 'expired', why: 'not sent within 24 hours', problem: claimed.problem }
      : {
          to: 'refused',
          why: `may no longer submit: ${why.reason}`,
          problem: { type: 'not-permitted' },
        },
  );
  return undefined;
}

async function compare(
  bot: SubmitBot,
  claimed: Submission,
  read: Answered,
): Promise<Ready<Submission> | undefined> {
  const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  const why = changedSince(claimed, read.value, review);
  if (why === undefined) return { record: claimed, send: (passed) => sendOnce(bot, passed) };
  await move(bot, claimed, {
    to: 'changed',
    why,
    requestId: read.requestId,
    review: reviewIn(read.value),
  });
  return undefined;
}

/** AWS has it: from somebody else, or from us before the database was restored from a backup. */
async function foundSubmitted(bot: SubmitBot, claimed: Submission, read: Answered): Promise<boolean> {
  const { status } = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  const isMaybeSent = isSetBack(claimed);
  // The form showed Pending Submission. Where AWS has sent it back by now, it has had it meanwhile, perhaps by this request.
  if (!isWithAws(status) && !(isMaybeSent && status === 'Action Required')) return false;
  await move(bot, claimed, {
    to: 'already_submitted',
    why: isMaybeSent ? FOUND_SET_BACK : 'the read before sending found it submitted',
    problem: {
      type: 'found-at-aws',
      ours: isMaybeSent ? 'maybe-sent' : 'not-sent',
      ...(await choicesAtAws(bot, claimed)),
    },
    requestId: read.requestId,
    review: reviewIn(read.value),
  });
  return true;
}

/** How the deal differs from what the form showed, which was Pending Submission; undefined: it doesn't. */
function changedSince(claimed: Submission, read: Opportunity, { status }: ReviewStatus): string | undefined {
  if (status !== 'Pending Submission') return `ReviewStatus isn't Pending Submission any more`;
  return read.LastModifiedDate === claimed.lastModifiedDate
    ? undefined
    : 'LastModifiedDate differs from the one the form showed';
}
