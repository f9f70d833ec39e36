import { backoff, waitForOperator } from '../../attempts/attempt.ts';
import { SEND_WITHIN_MS } from '../../attempts/sendable.ts';
import { isWithAws, reviewStatus } from '../../aws/review-status.ts';
import type { Bot } from '../../bot.ts';
import { DAY_MS, fromNow } from '../../clock.ts';
import { reviewIn } from '../../opportunities/review-read.ts';
import { type Problem, SIGNATURE_LIFETIME_MS, type Submission } from '../submission.ts';
import { readDeal, wait } from './steps.ts';

/** What isn't seen at AWS is looked at again this often (milliseconds), for as long as the record stands. */
const LOOK_AT_UNSEEN_MS = DAY_MS;

/** Where AWS shows a status that proves nothing, looking more often finds no more (milliseconds). */
const LOOK_AT_UNTOLD_MS = 15 * 60 * 1000;

/** AWS holds it, though our own send didn't tell so: do AWS's choices match ours? */
async function choicesAtAws({ aws }: Pick<Bot, 'aws'>, submission: Submission): Promise<Problem | 'ours'> {
  const summary = await aws.getAwsOpportunitySummary({
    Catalog: submission.catalog,
    RelatedOpportunityIdentifier: submission.opportunityId,
  });
  if (!summary.ok) return { type: 'choices-differ' };
  const { InvolvementType: involvementType, Visibility: visibility } = summary.value;
  if (involvementType === submission.involvementType && visibility === submission.visibility) return 'ours';
  return { type: 'choices-differ', involvementType, visibility };
}

/** After "not seen" a person may have tried again: then it is that request that AWS has. */
async function laterRequest(
  { store }: Pick<Bot, 'store'>,
  submission: Submission,
): Promise<Problem | undefined> {
  const newest = await store.entryOf(submission.catalog, submission.opportunityId);
  if (newest === undefined || newest.id === submission.id) return undefined;
  const sent = newest.state === 'sending' || newest.state === 'uncertain' || newest.state === 'submitted';
  return sent ? { type: 'later-request' } : undefined;
}

/** Settles a doubt one step further: `uncertain` and `not_seen` are settled by reading, never by sending. */
export async function settle(
  bot: Pick<Bot, 'store' | 'aws' | 'clock' | 'log' | 'owner' | 'random'>,
  claimed: Submission,
): Promise<void> {
  const { store, clock, owner } = bot;
  const sentAt = claimed.sendingAt ?? claimed.changedAt;
  const signatureOver = clock.now().getTime() - sentAt.getTime() > SEND_WITHIN_MS + SIGNATURE_LIFETIME_MS;
  const read = await readDeal(bot, claimed);
  const again =
    claimed.state === 'not_seen'
      ? fromNow(clock, LOOK_AT_UNSEEN_MS)
      : backoff(bot, claimed.tries, 2000, 120_000);
  if (!read.ok) {
    if (read.error.kind === 'operator') await waitForOperator(bot, { submission: claimed.id }, read.error);
    await wait(bot, claimed, claimed.problem, again);
    return;
  }
  await store.resumeSending(clock.now());
  const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  // We sent it because it read Pending Submission, seconds before: sent back by now, AWS has had it meanwhile.
  if (isWithAws(review.status) || review.status === 'Action Required') {
    const found = (await laterRequest(bot, claimed)) ?? (await choicesAtAws(bot, claimed));
    await store.transition(claimed, owner, {
      to: found === 'ours' ? 'submitted' : 'already_submitted',
      at: clock.now(),
      actor: 'bot',
      why: found === 'ours' ? 'a read shows it submitted with our choices' : 'a read shows it submitted',
      problem: found === 'ours' ? undefined : found,
      requestId: read.requestId,
      review: reviewIn(read.value),
    });
    return;
  }
  const isStale = claimed.state === 'uncertain' && signatureOver;
  if (review.status !== 'Pending Submission') {
    await wait(bot, claimed, claimed.problem, isStale ? fromNow(clock, LOOK_AT_UNTOLD_MS) : again);
    return;
  }
  if (isStale) {
    await store.transition(claimed, owner, {
      to: 'not_seen',
      at: clock.now(),
      actor: 'bot',
      why: 'AWS still shows Pending Submission, and the signature is no longer accepted',
      requestId: read.requestId,
      review: reviewIn(read.value),
      problem: claimed.problem,
      dueAt: fromNow(clock, LOOK_AT_UNSEEN_MS),
    });
    return;
  }
  await wait(bot, claimed, claimed.problem, again);
}
