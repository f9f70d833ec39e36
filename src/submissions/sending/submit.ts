import type { PartnerCentralError, Result } from '../../aws/errors.ts';
import type { PartnerCentral } from '../../aws/operations.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isWithAws, type ReviewStatus, reviewStatus } from '../../aws/review-status.ts';
import type { Catalog } from '../../aws/terms.ts';
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../observability/log.ts';
import { reviewIn } from '../../opportunities/review-read.ts';
import type { Permissions } from '../../permissions.ts';
import type { Store } from '../store.ts';
import { EXPIRES_AFTER_MS, type Problem, type Submission } from '../submission.ts';
import { createFence } from './fence.ts';
import type { Pause } from './pause.ts';
import { createConclude, createPostponing, createReadDeal } from './postponing.ts';
import type { Change } from './queue.ts';
import { createSendOnce } from './send-once.ts';
import { createSettle } from './settle.ts';

/** Between two reads, over all replicas, while AWS can't be reached. */
const READ_WHILE_AWAY_MS = 1_000;
/** How often what is held for another catalog is looked at: the operator may have mended it. */
const LOOK_AT_HELD_MS = 5 * 60_000;

export interface SubmitDependencies {
  readonly store: Store;
  readonly partnerCentral: PartnerCentral;
  readonly permissions: Permissions;
  readonly pause: Pause;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  /** This process, in the leases. */
  readonly owner: string;
  /** Whether this process still has the database for its own. */
  readonly isOurs: () => boolean;
  readonly submitsPerSecond: number;
  /** From 0 up to 1, for jitter. */
  readonly random: () => number;
}

/** Advances a claimed submission one step. */
export type Advance = (claimed: Submission) => Promise<void>;

/** In what the deal isn't any more what the form showed, which was Pending Submission; undefined: it is. */
function changedSince(claimed: Submission, read: Opportunity, { status }: ReviewStatus): string | undefined {
  if (status !== 'Pending Submission') return `ReviewStatus isn't Pending Submission any more`;
  return read.LastModifiedDate === claimed.lastModifiedDate
    ? undefined
    : 'LastModifiedDate differs from the one the form showed';
}

/**
 * One attempt at a time: reads the opportunity again, passes the fence, sends, and writes the outcome down; or
 * settles a doubt by reading. Nothing in here sends a second time what may have been executed.
 */
export function createAdvance(dependencies: SubmitDependencies): Advance {
  const { store, partnerCentral, permissions, pause, clock, log, catalog, owner } = dependencies;
  const postponing = createPostponing(dependencies);
  const { later, backoff, hinted, wait, waitForOperator } = postponing;
  const settle = createSettle({ store, partnerCentral, clock, owner, postponing, pause });
  const sendOnce = createSendOnce({ store, partnerCentral, clock, owner, postponing });
  const intervalMs = 1000 / dependencies.submitsPerSecond;
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
    isOurs: dependencies.isOurs,
    intervalMs,
  });

  const { refuse } = createConclude({ store, clock, owner });
  const get = createReadDeal(partnerCentral);

  const readFailed = async (claimed: Submission, error: PartnerCentralError) => {
    switch (error.kind) {
      case 'refused':
        return refuse(claimed, error);
      case 'operator': {
        const { problem, until } = await waitForOperator(claimed, error);
        return wait(claimed, problem, until);
      }
      case 'retryable':
      case 'unknown': {
        const throttled = error.kind === 'retryable' && error.throttled;
        const hint = error.kind === 'retryable' ? error.retryAfterMs : undefined;
        const again =
          hint === undefined ? backoff(claimed.tries, throttled ? 2000 : 1000, 60_000) : hinted(hint);
        const problem: Problem = { type: 'waiting', code: error.code, throttled };
        if (!throttled) {
          // AWS is away for all: the others needn't find out each for themselves, many times a second.
          await store.slowDown(later(intervalMs + READ_WHILE_AWAY_MS));
          return wait(claimed, problem, again);
        }
        // The next one would be throttled too: all wait, and this one keeps its place.
        await store.slowDown(new Date(again.getTime() + intervalMs));
        return wait(claimed, problem, claimed.requestedAt);
      }
    }
  };

  /** AWS has it: from somebody else, or from us before the database was restored from a backup. */
  const foundSubmitted = async (claimed: Submission, read: Result<Opportunity>): Promise<boolean> => {
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
  };

  /** Gives a request up unsent; AWS is looked at first, because that tells people that nothing was submitted. */
  const drop = async (claimed: Submission, change: Change): Promise<void> => {
    if (claimed.catalog === catalog) {
      const read = await get(claimed);
      if (await foundSubmitted(claimed, read)) return;
      // Nothing is too old by a clock that AWS calls wrong.
      if (
        change.to === 'expired' &&
        !read.ok &&
        read.error.kind === 'operator' &&
        read.error.cause === 'clock'
      ) {
        await readFailed(claimed, read.error);
        return;
      }
    }
    await store.transition(claimed, owner, change);
  };

  /** `requested`: everything that could be wrong is looked at again, then the fence, then the one request. */
  const send = async (claimed: Submission): Promise<void> => {
    if (clock.now().getTime() - claimed.requestedAt.getTime() >= EXPIRES_AFTER_MS) {
      await drop(claimed, {
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
      await wait(claimed, { type: 'other-catalog' }, later(LOOK_AT_HELD_MS));
      return;
    }
    const permission = await permissions.ask(
      { userId: claimed.userId, teamId: claimed.teamId },
      claimed.channelId,
    );
    if (permission.allowed === 'unknown') {
      await wait(claimed, claimed.problem, backoff(claimed.tries, 1000, 60_000));
      return;
    }
    if (!permission.allowed) {
      await drop(claimed, {
        to: 'refused',
        at: clock.now(),
        actor: 'bot',
        why: `may no longer submit: ${permission.why.reason}`,
        problem: { type: 'not-permitted' },
      });
      return;
    }
    const readAt = clock.monotonic();
    const read = await get(claimed);
    if (!read.ok) {
      await readFailed(claimed, read.error);
      return;
    }
    await pause.end();
    if (await foundSubmitted(claimed, read)) return;
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
    if (sending !== undefined) await sendOnce(sending);
  };

  return async (claimed) => {
    switch (claimed.state) {
      case 'requested':
        return send(claimed);
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
        return settle(claimed);
      default:
        // Nothing is left to do in a settled state: `due_at` was from before.
        return store.rest(claimed, owner);
    }
  };
}
