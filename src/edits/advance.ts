import { createAttempt, type Ready } from '../attempts/attempt.ts';
import { backoff } from '../attempts/waiting.ts';
import type { RefusedError, Result } from '../aws/errors.ts';
import type { JsonObject } from '../aws/exact-json.ts';
import type { WholeOpportunity } from '../aws/operations.ts';
import { editableStatusOf, reviewStatus } from '../aws/terms.ts';
import { lackOf, type NewValues, sendsBackRedacted } from '../aws/update-request.ts';
import type { Bot } from '../bot.ts';
import type { Edit, EditProblem } from './edit.ts';
import { seenBefore } from './seen.ts';
import {
  concludeSaved,
  giveUpEdit,
  lookSince,
  moveEdit,
  progressOf,
  putOffEdit,
  readWhole,
  refuseEdit,
  sendEdit,
} from './steps.ts';
import { drop } from './then-submit.ts';

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
  | 'lineage'
  | 'random'
  | 'paused'
  | 'intervalMs'
  | 'wake'
>;

/** Advances a claimed edit one step. */
export type AdvanceEdit = (claimed: Edit) => Promise<void>;

/**
 * One step at a time: reads the opportunity again, compares, and sends what is left to do, through the same fence and
 * quota as submissions. Every step may be repeated: an update is guarded by the LastModifiedDate it was made from, and
 * associating twice changes nothing. So a doubt is settled by the same read, and what AWS doesn't have goes again.
 */
export const createAdvanceEdit = (bot: AdvanceBot): AdvanceEdit =>
  createAttempt<Edit, WholeOpportunity>(bot, {
    name: 'edit',
    records: bot.edits,
    goesOut: ({ state }) => state !== 'saved',
    settle: (claimed) => lookSince(bot, claimed),
    giveUp: async (claimed, why) => {
      if (claimed.problem?.type === 'set-back') {
        // That it isn't saved is only known by a read.
        const read = await readWhole(bot, claimed);
        if (read.ok && (await foundSaved(bot, claimed, read))) return undefined;
        if (!read.ok && why !== 'expired') return read.error;
      }
      if (why === 'expired') {
        const problem = claimed.state === 'uncertain' ? IN_DOUBT : claimed.problem;
        await moveEdit(bot, claimed, { to: 'expired', why: 'not saved within 24 hours', problem });
      } else {
        const said = `may no longer change deals: ${why.reason}`;
        await giveUpEdit(bot, claimed, said, { type: 'not-permitted' });
      }
      return undefined;
    },
    read: (claimed) => readWhole(bot, claimed),
    readRefused: (claimed, error) => readRefused(bot, claimed, error),
    found: (claimed, read) => foundSaved(bot, claimed, read),
    compare: (claimed, read) => compare(bot, claimed, read),
  });

async function readRefused(bot: AdvanceBot, claimed: Edit, error: RefusedError): Promise<void> {
  if (claimed.state === 'requested' && claimed.problem?.type !== 'set-back')
    await refuseEdit(bot, claimed, error);
  // In doubt, a refused read says nothing about what was sent.
  else await putOffEdit(bot, claimed, claimed.problem, backoff(bot, claimed.tries, 2000, 120_000));
}

type Answered = Extract<Result<WholeOpportunity>, { ok: true }>;

const progressIn = (claimed: Edit, { value }: Answered) =>
  progressOf(claimed, claimed.typed ?? new Map(), value.json);

async function foundSaved(bot: AdvanceBot, claimed: Edit, read: Answered): Promise<boolean> {
  const { newValues, solution, conflicts } = progressIn(claimed, read);
  if (newValues.size > 0 || conflicts.length > 0 || solution !== undefined) return false;
  const seen = seenBefore(claimed, read.value);
  await concludeSaved(bot, claimed, 'a read shows what was typed', read.requestId, seen);
  return true;
}

async function compare(bot: AdvanceBot, claimed: Edit, read: Answered): Promise<Ready<Edit> | undefined> {
  const { value, requestId } = read;
  const progress = progressIn(claimed, read);
  const { newValues, conflicts, hasFields } = progress;
  const seen = seenBefore(claimed, value);
  const record: Edit = {
    ...claimed,
    updated: claimed.updated || hasFields,
    thenSubmit: seen.type === 'dropped' ? drop(claimed.thenSubmit, seen.why) : claimed.thenSubmit,
  };
  const inDoubt = claimed.state === 'uncertain';
  const review = reviewStatus(value.opportunity.LifeCycle?.ReviewStatus);
  if (editableStatusOf(review) !== claimed.editableStatus) {
    const problem = { type: 'not-editable', reviewStatus: review.shown, inDoubt } as const;
    await giveUpEdit(bot, record, `the review is ${review.status}`, problem);
    return undefined;
  }
  if (conflicts.length > 0) {
    const problem = {
      type: 'changed-meanwhile' as const,
      fields: [...conflicts],
      inDoubt,
    } satisfies EditProblem;
    const why = 'somebody else changed the same fields';
    await moveEdit(bot, record, { to: 'conflict', why, problem, requestId });
    return undefined;
  }
  const hindrance = whyNoUpdate(value.json, newValues);
  if (hindrance !== undefined) {
    await giveUpEdit(bot, record, hindrance.why, hindrance.problem, requestId);
    return undefined;
  }
  if (inDoubt && bot.paused) {
    const why = 'AWS does not have it, and sending is paused';
    await moveEdit(bot, record, { to: 'requested', why, dueAt: bot.clock.now() });
    return undefined;
  }
  return { record, send: (passed) => sendEdit(bot, passed, value, progress) };
}

/** Why no update goes out, whatever it changes; undefined: it may, or there is nothing to update. */
function whyNoUpdate(
  json: JsonObject,
  newValues: NewValues,
): { readonly why: string; readonly problem: EditProblem } | undefined {
  if (newValues.size === 0) return undefined;
  if (sendsBackRedacted(json)) {
    return { why: 'an update would write back what AWS has redacted', problem: { type: 'redacted' } };
  }
  const lack = lackOf(json, newValues);
  return lack === undefined
    ? undefined
    : { why: `AWS demands ${lack} in an update`, problem: { type: 'lacks', path: lack } };
}
