import { sendFailed } from '../../attempts/attempt.ts';
import { type Passed, sendWindow } from '../../attempts/fence.ts';
import { isWithAws, reviewStatus } from '../../aws/review-status.ts';
import type { Bot } from '../../bot.ts';
import { reviewIn } from '../../opportunities/review-read.ts';
import type { Submission } from '../submission.ts';
import { choicesAtAws } from './choices-at-aws.ts';
import { conclude, readDeal, refusal } from './steps.ts';

/** Sends a submission that has passed the fence, and writes down what came of it: the one place that calls SubmitOpportunity. */
export async function sendOnce(
  bot: Pick<Bot, 'store' | 'aws' | 'clock' | 'log' | 'owner' | 'random' | 'config'>,
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
    await sendFailed(bot, { name: 'submission', records: store }, sending, error);
    return;
  }
  // Not by the code: it stands for locked fields and a missing status as well (observed). AWS's own status says it.
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
