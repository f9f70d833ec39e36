import { isWithAws, reviewStatus } from '../../aws/review-status.ts';
import type { Bot } from '../../bot.ts';
import { untilWritten } from '../../clock.ts';
import { reviewIn } from '../../opportunities/review-read.ts';
import { SEND_WITHIN_MS, type Submission } from '../submission.ts';
import { choicesAtAws } from './choices-at-aws.ts';
import type { Passed } from './fence.ts';
import { backoff, conclude, hinted, later, readDeal, refuse, waitForOperator } from './postponing.ts';

/** Sends a submission that has passed the fence, and writes down what came of it: the one place that calls SubmitOpportunity. */
export async function sendOnce(
  bot: Pick<Bot, 'store' | 'aws' | 'clock' | 'log' | 'owner' | 'random'>,
  { record: sending, fencedAt }: Passed<Submission>,
): Promise<void> {
  const { store, aws, clock } = bot;
  const latest = (sending.sendingAt?.getTime() ?? 0) + SEND_WITHIN_MS;
  const answer = await aws.submitOpportunity(
    {
      Catalog: sending.catalog,
      Identifier: sending.opportunityId,
      InvolvementType: sending.involvementType,
      Visibility: sending.visibility,
    },
    // Two clocks: one that a changed wall clock can't fool, one that a suspended machine can't.
    { maySend: () => clock.monotonic() - fencedAt < SEND_WITHIN_MS && clock.now().getTime() < latest },
  );
  if (answer.ok) {
    // Written down before anything else: a crash from here on leaves no doubt.
    await conclude(bot, sending, {
      to: 'submitted',
      at: clock.now(),
      actor: 'bot',
      why: 'AWS accepted it',
      requestId: answer.requestId,
    });
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
  switch (error.kind) {
    case 'refused': {
      // Not by the code: it stands for locked fields and a missing status as well (observed). AWS's own status says it.
      const aboutState = error.fieldErrors.some(
        (field) => field.code === 'INVALID_RESOURCE_STATE' || field.code === 'ACTION_NOT_PERMITTED',
      );
      const now = aboutState ? await readDeal(bot, sending) : undefined;
      const deal = now?.ok === true ? now.value : undefined;
      const review = reviewStatus(deal?.LifeCycle?.ReviewStatus);
      if (deal === undefined || !isWithAws(review.status)) {
        await refuse(bot, sending, error);
        return;
      }
      await conclude(bot, sending, {
        to: 'already_submitted',
        at: clock.now(),
        actor: 'bot',
        why: 'AWS refused it, and a read shows it submitted',
        problem: { type: 'found-at-aws', ours: 'refused', ...(await choicesAtAws(bot, sending)) },
        requestId: error.requestId,
        review: reviewIn(deal),
      });
      return;
    }
    case 'operator': {
      const { problem, until } = await untilWritten(clock, () =>
        waitForOperator(bot, { submission: sending.id }, error),
      );
      await conclude(bot, sending, {
        to: 'requested',
        at: clock.now(),
        actor: 'bot',
        why: error.code,
        problem,
        requestId: error.requestId,
        dueAt: until,
      });
      return;
    }
    case 'retryable': {
      const tries = sending.tries + 1;
      const dueAt =
        error.retryAfterMs === undefined
          ? backoff(bot, tries, error.throttled ? 2000 : 1000, 60_000)
          : hinted(bot, error.retryAfterMs);
      // All wait with it, so that it keeps its place.
      if (error.throttled) await untilWritten(clock, () => store.slowDown(dueAt));
      await conclude(bot, sending, {
        to: 'requested',
        at: clock.now(),
        actor: 'bot',
        why: error.code,
        problem: { type: 'waiting', code: error.code, throttled: error.throttled },
        requestId: error.requestId,
        dueAt: error.throttled ? sending.requestedAt : dueAt,
        tries,
      });
      return;
    }
    case 'unknown':
      await conclude(bot, sending, {
        to: 'uncertain',
        at: clock.now(),
        actor: 'bot',
        why: error.code,
        problem: { type: 'unknown', code: error.code },
        requestId: error.requestId,
        dueAt: later(bot, 1000),
      });
  }
}
