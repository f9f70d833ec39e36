import type { PartnerCentralError, Result } from '../../aws/errors.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isWithAws, type ReviewStatus, reviewStatus } from '../../aws/review-status.ts';
import type { Bot } from '../../bot.ts';
import { reviewIn } from '../../opportunities/review-read.ts';
import { askedAnew } from '../../permissions.ts';
import { EXPIRES_AFTER_MS, type Problem, type Submission } from '../submission.ts';
import { createFence, type PassFence } from './fence.ts';
import { endPause } from './pause.ts';
import { backoff, hinted, later, readDeal, refuse, wait, waitForOperator } from './postponing.ts';
import type { Transition } from './queue.ts';
import { sendOnce } from './send-once.ts';
import { settle } from './settle.ts';

/** Between two reads, over all replicas, while AWS can't be reached. */
const READ_WHILE_AWAY_MS = 1_000;
/** How often what is held for another catalog is looked at: the operator may have mended it. */
const LOOK_AT_HELD_MS = 5 * 60_000;

type SendBot = Pick<
  Bot,
  'store' | 'aws' | 'permissions' | 'clock' | 'log' | 'catalog' | 'owner' | 'hold' | 'random' | 'config'
>;

/** Advances a claimed submission one step. */
export type Advance = (claimed: Submission) => Promise<void>;

/**
 * One attempt at a time: reads the opportunity again, passes the fence, sends, and writes the outcome down; or
 * settles a doubt by reading. Nothing in here sends a second time what may have been executed.
 */
export function createAdvance(bot: SendBot): Advance {
  const { store, clock, owner } = bot;
  const passFence = createFence<Submission>({
    begin: store.beginSending,
    // Not a failure: it keeps its place.
    putOff: (claimed) =>
      store.postpone(claimed, owner, {
        at: clock.now(),
        dueAt: claimed.requestedAt,
        problem: claimed.problem,
        tries: claimed.tries,
      }),
    clock,
    owner,
    isOurs: bot.hold.isOurs,
    intervalMs: 1000 / bot.config.submitsPerSecond,
  });

  return async (claimed) => {
    switch (claimed.state) {
      case 'requested':
        return send(bot, passFence, claimed);
      case 'sending': {
        // Its lease ran out while sending: whoever had it is gone, and nobody knows how far it came.
        await store.transition(claimed, owner, {
          to: 'uncertain',
          at: clock.now(),
          actor: 'bot',
          why: 'the process that was sending it stopped',
          problem: { type: 'unknown', code: 'Interrupted' },
          dueAt: clock.now(),
        });
        return;
      }
      case 'uncertain':
      case 'not_seen':
        return settle(bot, claimed);
      default:
        // Nothing is left to do in a settled state: `due_at` was from before.
        return store.rest(claimed, owner);
    }
  };
}

/** `requested`: everything that could be wrong is looked at again, then the fence, then the one request. */
async function send(bot: SendBot, passFence: PassFence<Submission>, claimed: Submission): Promise<void> {
  const { store, permissions, clock, log, catalog, owner } = bot;
  if (clock.now().getTime() - claimed.requestedAt.getTime() >= EXPIRES_AFTER_MS) {
    await drop(bot, claimed, {
      to: 'expired',
      at: clock.now(),
      actor: 'bot',
      why: 'not sent within 24 hours',
      problem: claimed.problem,
    });
    return;
  }
  if (claimed.catalog !== catalog) {
    if (claimed.problem?.type !== 'other-catalog') {
      log.error(
        { submission: claimed.id, catalog: claimed.catalog },
        "held: for another catalog than this bot's",
      );
    }
    await wait(bot, claimed, { type: 'other-catalog' }, later(bot, LOOK_AT_HELD_MS));
    return;
  }
  const permission = await permissions.ask(
    { userId: claimed.userId, teamId: claimed.teamId },
    claimed.channelId,
    { begunAfter: askedAnew(clock, claimed) },
  );
  if (permission.allowed === 'unknown') {
    await wait(bot, claimed, claimed.problem, backoff(bot, claimed.tries, 1000, 60_000));
    return;
  }
  if (!permission.allowed) {
    await drop(bot, claimed, {
      to: 'refused',
      at: clock.now(),
      actor: 'bot',
      why: `may no longer submit: ${permission.why.reason}`,
      problem: { type: 'not-permitted' },
    });
    return;
  }
  const readAt = clock.monotonic();
  const read = await readDeal(bot, claimed);
  if (!read.ok) {
    await readFailed(bot, claimed, read.error);
    return;
  }
  await endPause(bot);
  if (await foundSubmitted(bot, claimed, read)) return;
  const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  const why = changedSince(claimed, read.value, review);
  if (why !== undefined) {
    await store.transition(claimed, owner, {
      to: 'changed',
      at: clock.now(),
      actor: 'bot',
      why,
      requestId: read.requestId,
      review: reviewIn(read.value),
    });
    return;
  }
  const sending = await passFence(claimed, readAt);
  if (sending !== undefined) await sendOnce(bot, sending);
}

async function readFailed(bot: SendBot, claimed: Submission, error: PartnerCentralError): Promise<void> {
  const { store } = bot;
  const intervalMs = 1000 / bot.config.submitsPerSecond;
  switch (error.kind) {
    case 'refused':
      await refuse(bot, claimed, error);
      return;
    case 'operator': {
      const { problem, until } = await waitForOperator(bot, { submission: claimed.id }, error);
      await wait(bot, claimed, problem, until);
      return;
    }
    case 'retryable':
    case 'unknown': {
      const throttled = error.kind === 'retryable' && error.throttled;
      const hint = error.kind === 'retryable' ? error.retryAfterMs : undefined;
      const again =
        hint === undefined ? backoff(bot, claimed.tries, throttled ? 2000 : 1000, 60_000) : hinted(bot, hint);
      const problem: Problem = { type: 'waiting', code: error.code, throttled };
      if (!throttled) {
        // AWS is away for all: the others needn't find out each for themselves, many times a second.
        await store.slowDown(later(bot, intervalMs + READ_WHILE_AWAY_MS));
        await wait(bot, claimed, problem, again);
        return;
      }
      // The next one would be throttled too: all wait, and this one keeps its place.
      await store.slowDown(new Date(again.getTime() + intervalMs));
      await wait(bot, claimed, problem, claimed.requestedAt);
      return;
    }
  }
}

/** AWS has it: from somebody else, or from us before the database was restored from a backup. */
async function foundSubmitted(
  { store, clock, owner }: Pick<Bot, 'store' | 'clock' | 'owner'>,
  claimed: Submission,
  read: Result<Opportunity>,
): Promise<boolean> {
  if (!read.ok) return false;
  const review = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  if (!isWithAws(review.status)) return false;
  await store.transition(claimed, owner, {
    to: 'already_submitted',
    at: clock.now(),
    actor: 'bot',
    why: 'the read before sending found it submitted',
    requestId: read.requestId,
    review: reviewIn(read.value),
  });
  return true;
}

/** Gives a request up unsent; AWS is looked at first, because that tells people that nothing was submitted. */
async function drop(bot: SendBot, claimed: Submission, transition: Transition): Promise<void> {
  if (claimed.catalog === bot.catalog) {
    const read = await readDeal(bot, claimed);
    if (await foundSubmitted(bot, claimed, read)) return;
    // Nothing is too old by a clock that AWS calls wrong.
    if (
      transition.to === 'expired' &&
      !read.ok &&
      read.error.kind === 'operator' &&
      read.error.cause === 'clock'
    ) {
      await readFailed(bot, claimed, read.error);
      return;
    }
  }
  await bot.store.transition(claimed, bot.owner, transition);
}

/** In what the deal isn't any more what the form showed, which was Pending Submission; undefined: it is. */
function changedSince(claimed: Submission, read: Opportunity, { status }: ReviewStatus): string | undefined {
  if (status !== 'Pending Submission') return `ReviewStatus isn't Pending Submission any more`;
  return read.LastModifiedDate === claimed.lastModifiedDate
    ? undefined
    : 'LastModifiedDate differs from the one the form showed';
}
