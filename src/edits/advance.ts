import type { PartnerCentralError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/exact-json.ts';
import { editableStatusOf, reviewStatus } from '../aws/review-status.ts';
import { lackOf, type NewValues, sendsBackRedacted } from '../aws/update-request.ts';
import type { Bot } from '../bot.ts';
import { askedAnew } from '../permissions.ts';
import { createFence, type PassFence } from '../submissions/sending/fence.ts';
import { endPause } from '../submissions/sending/pause.ts';
import { backoff, later } from '../submissions/sending/postponing.ts';
import { EDIT_EXPIRES_AFTER_MS, type Edit, type EditProblem } from './edit.ts';
import { type Progress, progressOf } from './progress.ts';
import {
  afterFailure,
  concludeSaved,
  giveUpEdit,
  lookSince,
  moveEdit,
  putOffEdit,
  readWhole,
  refuseEdit,
  sendEdit,
} from './steps.ts';

/** How often what is held for another catalog is looked at. */
const LOOK_AT_HELD_MS = 5 * 60_000;

/** Whatever kept it from being looked at. */
const IN_DOUBT = { type: 'unknown', code: 'NotRead' } as const;

type AdvanceBot = Pick<
  Bot,
  | 'store'
  | 'edits'
  | 'aws'
  | 'permissions'
  | 'compare'
  | 'clock'
  | 'log'
  | 'catalog'
  | 'owner'
  | 'hold'
  | 'random'
  | 'paused'
  | 'config'
>;

/** Advances a claimed edit one step. */
export type AdvanceEdit = (claimed: Edit) => Promise<void>;

/**
 * One step at a time: reads the opportunity again, compares, and sends what is left to do, through the same fence and
 * quota as submissions. Every step may be repeated: an update is guarded by the LastModifiedDate it was made from, and
 * associating twice changes nothing. So a doubt is settled by the same read, and what AWS doesn't have goes again.
 */
export function createAdvanceEdit(bot: AdvanceBot): AdvanceEdit {
  const passFence = createFence<Edit>({
    begin: bot.edits.beginSaving,
    putOff: (claimed) => putOffEdit(bot, claimed, claimed.problem, later(bot, 250), claimed.tries),
    clock: bot.clock,
    owner: bot.owner,
    isOurs: bot.hold.isOurs,
    intervalMs: 1000 / bot.config.submitsPerSecond,
  });

  return async (claimed) => {
    if (claimed.state === 'saved') return lookSince(bot, claimed);
    if (claimed.state !== 'sending') return step(bot, passFence, claimed);
    // Its lease ran out while sending: whoever had it is gone, and nobody knows how far it came.
    await moveEdit(bot, claimed, {
      to: 'uncertain',
      why: 'the process that was sending it stopped',
      problem: { type: 'unknown', code: 'Interrupted' },
      dueAt: bot.clock.now(),
    });
  };
}

/** `requested`, or in doubt: everything that could be wrong is looked at again, then the fence, then the one call. */
async function step(bot: AdvanceBot, passFence: PassFence<Edit>, claimed: Edit): Promise<void> {
  const { clock, log, catalog } = bot;
  if (clock.now().getTime() - claimed.requestedAt.getTime() >= EDIT_EXPIRES_AFTER_MS) {
    const problem = claimed.state === 'uncertain' ? IN_DOUBT : claimed.problem;
    await moveEdit(bot, claimed, { to: 'expired', why: 'not saved within 24 hours', problem });
    return;
  }
  if (claimed.catalog !== catalog) {
    if (claimed.problem?.type !== 'other-catalog') {
      log.error({ edit: claimed.id, catalog: claimed.catalog }, "held: for another catalog than this bot's");
    }
    await putOffEdit(bot, claimed, { type: 'other-catalog' }, later(bot, LOOK_AT_HELD_MS));
    return;
  }
  if (claimed.state === 'requested' && !(await isStillAllowed(bot, claimed))) return;
  const readAt = clock.monotonic();
  const read = await readWhole(bot, claimed);
  if (!read.ok) {
    await readFailed(bot, claimed, read.error);
    return;
  }
  await endPause(bot);
  const progress = progressOf(claimed, claimed.typed ?? new Map(), read.value.json);
  const { edits, solution, conflicts, hasFields } = progress;
  if (edits.size === 0 && conflicts.length === 0 && solution === undefined) {
    const why = 'a read shows what was typed';
    await concludeSaved(bot, claimed, why, read.requestId);
    return;
  }
  await sendWhatIsLeft(
    bot,
    passFence,
    { ...claimed, updated: claimed.updated || hasFields },
    read,
    progress,
    readAt,
  );
}

/** AWS doesn't have all of it. `claimed` knows of the fields by the read. */
async function sendWhatIsLeft(
  bot: AdvanceBot,
  passFence: PassFence<Edit>,
  claimed: Edit,
  read: Extract<Awaited<ReturnType<typeof readWhole>>, { ok: true }>,
  progress: Progress,
  readAt: number,
): Promise<void> {
  const { conflicts } = progress;
  const inDoubt = claimed.state === 'uncertain';
  const review = reviewStatus(read.value.opportunity.LifeCycle?.ReviewStatus);
  if (editableStatusOf(review) !== claimed.editableStatus) {
    const problem = { type: 'not-editable', reviewStatus: review.shown, inDoubt } as const;
    await giveUpEdit(bot, claimed, `the review is ${review.status}`, problem);
    return;
  }
  if (conflicts.length > 0) {
    await moveEdit(bot, claimed, {
      to: 'conflict',
      why: 'somebody else changed the same fields',
      problem: { type: 'changed-meanwhile', fields: [...conflicts], inDoubt },
      requestId: read.requestId,
    });
    return;
  }
  const hindrance = whyNoUpdate(read.value.json, progress.edits);
  if (hindrance !== undefined) {
    await giveUpEdit(bot, claimed, hindrance.why, hindrance.problem, read.requestId);
    return;
  }
  if (inDoubt && bot.paused) {
    const why = 'AWS does not have it, and sending is paused';
    await moveEdit(bot, claimed, { to: 'requested', why, dueAt: bot.clock.now() });
    return;
  }
  if (inDoubt && !(await isStillAllowed(bot, claimed))) return;
  const passed = await passFence(claimed, readAt);
  if (passed !== undefined) await sendEdit(bot, passed, read.value, progress);
}

async function readFailed(bot: AdvanceBot, claimed: Edit, error: PartnerCentralError): Promise<void> {
  // In doubt, a refused read says nothing about what was sent.
  if (error.kind === 'refused' && claimed.state === 'requested') {
    await refuseEdit(bot, claimed, error);
    return;
  }
  if (error.kind === 'refused') {
    await putOffEdit(bot, claimed, claimed.problem, backoff(bot, claimed.tries, 2000, 120_000));
    return;
  }
  const { problem, dueAt } = await afterFailure(bot, claimed, error);
  await putOffEdit(bot, claimed, claimed.state === 'requested' ? problem : claimed.problem, dueAt);
}

/** True: the person may still edit deals. Else the edit has been put off or refused. */
async function isStillAllowed(bot: AdvanceBot, claimed: Edit): Promise<boolean> {
  const permission = await bot.permissions.ask(
    { userId: claimed.userId, teamId: claimed.teamId },
    claimed.channelId,
    { begunAfter: askedAnew(bot.clock, claimed) },
  );
  if (permission.allowed === true) return true;
  if (permission.allowed === 'unknown') {
    await putOffEdit(bot, claimed, claimed.problem, backoff(bot, claimed.tries, 1000, 60_000));
  } else {
    const why = `may no longer change deals: ${permission.why.reason}`;
    await giveUpEdit(bot, claimed, why, { type: 'not-permitted' });
  }
  return false;
}

/** Why no update goes out, whatever it edits; undefined: it may, or there is nothing to update. */
function whyNoUpdate(
  json: JsonObject,
  edits: NewValues,
): { readonly why: string; readonly problem: EditProblem } | undefined {
  if (edits.size === 0) return undefined;
  if (sendsBackRedacted(json)) {
    return { why: 'an update would write back what AWS has redacted', problem: { type: 'redacted' } };
  }
  const lack = lackOf(json, edits);
  return lack === undefined
    ? undefined
    : { why: `AWS demands ${lack} in an update`, problem: { type: 'lacks', path: lack } };
}
