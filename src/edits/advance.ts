import type { PartnerCentralError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/exact-json.ts';
import { reviewStatus } from '../aws/review-status.ts';
import type { Catalog } from '../aws/terms.ts';
import { type Edits, lackOf, sendsBackRedacted } from '../aws/update-request.ts';
import type { Permissions } from '../permissions.ts';
import { createFence } from '../submissions/sending/fence.ts';
import { CHANGE_EXPIRES_AFTER_MS, type Change, type ChangeProblem } from './edit.ts';
import { doorOf } from './fix.ts';
import { type Progress, progressOf } from './progress.ts';
import { type ChangeStepDependencies, createChangeSteps, createSendChange } from './steps.ts';

/** How often what is held for another catalog is looked at. */
const LOOK_AT_HELD_MS = 5 * 60_000;

/** Whatever kept it from being looked at. */
const IN_DOUBT = { type: 'unknown', code: 'NotRead' } as const;

/** Advances a claimed change one step. */
export type AdvanceChange = (claimed: Change) => Promise<void>;

/** Why no update goes out, whatever it changes; undefined: it may, or there is nothing to update. */
function whyNoUpdate(
  json: JsonObject,
  edits: Edits,
): { readonly why: string; readonly problem: ChangeProblem } | undefined {
  if (edits.size === 0) return undefined;
  if (sendsBackRedacted(json)) {
    return { why: 'an update would write back what AWS has redacted', problem: { type: 'redacted' } };
  }
  const lack = lackOf(json, edits);
  return lack === undefined
    ? undefined
    : { why: `AWS demands ${lack} in an update`, problem: { type: 'lacks', path: lack } };
}

/**
 * One step at a time: reads the opportunity again, compares, and sends what is left to do, through the same fence and
 * quota as submissions. Every step may be repeated: an update is guarded by the LastModifiedDate it was made from, and
 * associating twice changes nothing. So a doubt is settled by the same read, and what AWS doesn't have goes again.
 */
export function createAdvanceChange(
  dependencies: ChangeStepDependencies & {
    readonly permissions: Permissions;
    readonly catalog: Catalog;
    /** Sending is switched off by the operator. */
    readonly paused: boolean;
    /** Whether this process still has the database for its own. */
    readonly isOurs: () => boolean;
    readonly submitsPerSecond: number;
  },
): AdvanceChange {
  const { changes, permissions, pause, paused, clock, log, catalog, owner } = dependencies;
  const steps = createChangeSteps(dependencies);
  const { later, backoff, move, wait, get, giveUp, refuse, afterFailure, saved } = steps;
  const send = createSendChange({ ...dependencies, steps });
  const passFence = createFence<Change>({
    begin: changes.beginSaving,
    putOff: (claimed) => wait(claimed, claimed.problem, later(250), claimed.tries),
    clock,
    owner,
    isOurs: dependencies.isOurs,
    intervalMs: 1000 / dependencies.submitsPerSecond,
  });

  const readFailed = async (claimed: Change, error: PartnerCentralError): Promise<void> => {
    // In doubt, a refused read says nothing about what was sent.
    if (error.kind === 'refused' && claimed.state === 'requested') {
      await refuse(claimed, error);
      return;
    }
    if (error.kind === 'refused') {
      await wait(claimed, claimed.problem, backoff(claimed.tries, 2000, 120_000));
      return;
    }
    const { problem, dueAt } = await afterFailure(claimed, error);
    await wait(claimed, claimed.state === 'requested' ? problem : claimed.problem, dueAt);
  };

  /** True: the person may still change deals. Else the change has been put off or refused. */
  const isStillAllowed = async (claimed: Change): Promise<boolean> => {
    const permission = await permissions.ask(
      { userId: claimed.userId, teamId: claimed.teamId },
      claimed.channelId,
    );
    if (permission.allowed === true) return true;
    if (permission.allowed === 'unknown') {
      await wait(claimed, claimed.problem, backoff(claimed.tries, 1000, 60_000));
    } else {
      const why = `may no longer change deals: ${permission.why.reason}`;
      await giveUp(claimed, why, { type: 'not-permitted' });
    }
    return false;
  };

  /** `requested`, or in doubt: everything that could be wrong is looked at again, then the fence, then the one call. */
  const step = async (claimed: Change): Promise<void> => {
    if (clock.now().getTime() - claimed.requestedAt.getTime() >= CHANGE_EXPIRES_AFTER_MS) {
      const problem = claimed.state === 'uncertain' ? IN_DOUBT : claimed.problem;
      await move(claimed, { to: 'expired', why: 'not saved within 24 hours', problem });
      return;
    }
    if (claimed.catalog !== catalog) {
      if (claimed.problem?.type !== 'other-catalog') {
        log.error(
          { change: claimed.id, catalog: claimed.catalog },
          "held: for another catalog than this bot's",
        );
      }
      await wait(claimed, { type: 'other-catalog' }, later(LOOK_AT_HELD_MS));
      return;
    }
    if (claimed.state === 'requested' && !(await isStillAllowed(claimed))) return;
    const readAt = clock.monotonic();
    const read = await get(claimed);
    if (!read.ok) {
      await readFailed(claimed, read.error);
      return;
    }
    await pause.end();
    const progress = progressOf(claimed, claimed.typed ?? new Map(), read.value.json);
    const { edits, solution, conflicts, hasFields } = progress;
    if (edits.size === 0 && conflicts.length === 0 && solution === undefined) {
      const why = 'a read shows what was typed';
      await saved(claimed, why, read.requestId);
      return;
    }
    await sendWhatIsLeft({ ...claimed, updated: claimed.updated || hasFields }, read, progress, readAt);
  };

  /** AWS doesn't have all of it. `claimed` knows of the fields by the read. */
  const sendWhatIsLeft = async (
    claimed: Change,
    read: Extract<Awaited<ReturnType<typeof get>>, { ok: true }>,
    progress: Progress,
    readAt: number,
  ): Promise<void> => {
    const { conflicts } = progress;
    const inDoubt = claimed.state === 'uncertain';
    const review = reviewStatus(read.value.opportunity.LifeCycle?.ReviewStatus);
    if (doorOf(review) !== claimed.door) {
      const problem = { type: 'not-editable', reviewStatus: review.shown, inDoubt } as const;
      await giveUp(claimed, `the review is ${review.status}`, problem);
      return;
    }
    if (conflicts.length > 0) {
      await move(claimed, {
        to: 'conflict',
        why: 'somebody else changed the same fields',
        problem: { type: 'changed-meanwhile', fields: [...conflicts], inDoubt },
        requestId: read.requestId,
      });
      return;
    }
    const hindrance = whyNoUpdate(read.value.json, progress.edits);
    if (hindrance !== undefined) {
      await giveUp(claimed, hindrance.why, hindrance.problem, read.requestId);
      return;
    }
    if (inDoubt && paused) {
      const why = 'AWS does not have it, and sending is paused';
      await move(claimed, { to: 'requested', why, dueAt: clock.now() });
      return;
    }
    if (inDoubt && !(await isStillAllowed(claimed))) return;
    const passed = await passFence(claimed, readAt);
    if (passed !== undefined) await send(passed, read.value, progress);
  };

  return async (claimed) => {
    if (claimed.state === 'saved') return steps.lookSince(claimed);
    if (claimed.state !== 'sending') return step(claimed);
    // Its lease ran out while sending: whoever had it is gone, and nobody knows how far it came.
    await move(claimed, {
      to: 'uncertain',
      why: 'the process that was sending it stopped',
      problem: { type: 'unknown', code: 'Interrupted' },
      dueAt: clock.now(),
    });
  };
}
