import {
  type AttemptBot,
  type Attempted,
  attempt,
  type Passed,
  type Ready,
  sendWindow,
} from '../attempts/attempt.ts';
import { mayStillArrive } from '../attempts/sendable.ts';
import { backoff, sendFailed } from '../attempts/waiting.ts';
import type { PartnerCentralError, RefusedError, Result } from '../aws/errors.ts';
import type { WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { editableStatusOf, relatedEntityTypeOf, reviewStatus } from '../aws/terms.ts';
import { asUpdated, lackOf, sendsBackRedacted, updateRequest } from '../aws/update-request.ts';
import type { Bot } from '../bot.ts';
import type { Refusal } from '../permissions.ts';
import type { Edit } from './edit.ts';
import {
  concludeSaved,
  type GivenUp,
  giveUpEdit,
  lookSince,
  moveEdit,
  type Progress,
  progressOf,
  putOffEdit,
  readWhole,
  refuseEdit,
  seenBefore,
  seenSince,
  withSolution,
} from './progress.ts';
import { drop } from './then-submit.ts';

/** The problem of an edit that ends in doubt: no read has settled it. */
const IN_DOUBT = { type: 'unknown', code: 'NotRead' } as const;
/** After a ConflictException of AWS's the deal is read again at once; after so many in a row, later. */
const QUICK_TRIES = 3;

type AdvanceBot = AttemptBot & Pick<Bot, 'edits' | 'aws' | 'jobs' | 'followChannel' | 'paused' | 'wake'>;

const EDIT: Attempted<Edit, WholeOpportunity, AdvanceBot> = {
  name: 'edit',
  records: ({ edits }) => edits,
  goesOut: ({ state }) => state !== 'saved',
  settle: lookSince,
  giveUp,
  read: readWhole,
  readRefused,
  found: foundSaved,
  compare,
};

/**
 * Advances a claimed edit, one step at a time: reads the opportunity again, compares, and sends what is left to do,
 * through the same fence and quota as submissions. Every step may be repeated: an update is guarded by the
 * LastModifiedDate it was made from, and associating twice changes nothing. So a doubt is settled by the same read, and
 * what AWS doesn't have goes again.
 */
export const advanceEdit = (bot: AdvanceBot, claimed: Edit): Promise<void> => attempt(bot, EDIT, claimed);

/**
 * Gives an edit up: it is too old, or its person may no longer change deals. Where it may have gone out, that it wasn't saved
 * is said only if a read proves it.
 */
async function giveUp(
  bot: AdvanceBot,
  claimed: Edit,
  why: 'expired' | Refusal,
): Promise<PartnerCentralError | undefined> {
  const isExpired = why === 'expired';
  const inDoubt = isExpired && claimed.state === 'uncertain';
  let edit: Edit = inDoubt ? { ...claimed, problem: IN_DOUBT } : claimed;
  if (inDoubt || claimed.problem?.type === 'set-back') {
    // That it isn't saved is only known by a read.
    const read = await readWhole(bot, claimed);
    if (read.ok && (await foundSaved(bot, claimed, read))) return undefined;
    if (!read.ok && !isExpired) return read.error;
    if (read.ok && isUnsent(claimed, read.value.opportunity, bot.clock.now())) {
      const thenSubmit = claimed.thenSubmit && ({ type: 'dropped', why: 'not-saved' } as const);
      edit = { ...claimed, problem: undefined, thenSubmit };
    }
  }
  if (isExpired) {
    await moveEdit(bot, edit, { to: 'expired', why: 'not saved within 24 hours', problem: edit.problem });
  } else {
    await giveUpEdit(bot, edit, {
      why: `may no longer change deals: ${why.reason}`,
      problem: { type: 'not-permitted' },
    });
  }
  return undefined;
}

/**
 * Whether a read proves that nothing of an edit was executed: the deal's LastModifiedDate, which updates, associations and
 * submissions all move (observed), is still the one that the form showed. That the fields read as before wouldn't prove it,
 * as somebody may have changed them back.
 */
const isUnsent = (edit: Edit, { LastModifiedDate }: Opportunity, at: Date): boolean =>
  LastModifiedDate === edit.lastModifiedDate && !mayStillArrive(edit, at);

async function readRefused(bot: AdvanceBot, claimed: Edit, error: RefusedError): Promise<void> {
  if (claimed.state === 'requested' && claimed.problem?.type !== 'set-back') {
    await refuseEdit(bot, claimed, error);
    return;
  }
  // In doubt, a refused read says nothing about what was sent.
  await putOffEdit(bot, claimed, claimed.problem, backoff(bot, claimed.tries, 2000, 120_000));
}

type Answered = Extract<Result<WholeOpportunity>, { ok: true }>;

const progressIn = (claimed: Edit, { value }: Answered): Progress =>
  progressOf(claimed, claimed.typed ?? new Map(), value.json);

async function foundSaved(bot: AdvanceBot, claimed: Edit, read: Answered): Promise<boolean> {
  const { newValues, solution, conflicts } = progressIn(claimed, read);
  if (newValues.size > 0 || conflicts.length > 0 || solution !== undefined) return false;
  const seen = seenBefore(claimed, read.value.opportunity);
  await concludeSaved(bot, claimed, 'a read shows what was typed', read.requestId, seen);
  return true;
}

async function compare(bot: AdvanceBot, claimed: Edit, read: Answered): Promise<Ready<Edit> | undefined> {
  const { value, requestId } = read;
  const progress = progressIn(claimed, read);
  const seen = seenBefore(claimed, value.opportunity);
  const record: Edit = {
    ...claimed,
    updated: claimed.updated || progress.hasFields,
    thenSubmit: seen.type === 'dropped' ? drop(claimed.thenSubmit, seen.why) : claimed.thenSubmit,
  };
  const instead = whyNot(claimed, value, progress);
  if (instead !== undefined) {
    await giveUpEdit(bot, record, { ...instead, requestId });
    return undefined;
  }
  if (claimed.state === 'uncertain' && bot.paused) {
    const why = 'AWS does not have it, and sending is paused';
    await moveEdit(bot, record, { to: 'requested', why, dueAt: bot.clock.now() });
    return undefined;
  }
  return { record, send: (passed) => sendEdit(bot, passed, value, progress) };
}

/** Why what is left doesn't go out; undefined: it may. */
function whyNot(
  claimed: Edit,
  { json, opportunity }: WholeOpportunity,
  { newValues, conflicts }: Progress,
): GivenUp | undefined {
  const inDoubt = claimed.state === 'uncertain';
  const review = reviewStatus(opportunity.LifeCycle?.ReviewStatus);
  if (editableStatusOf(review) !== claimed.editableStatus) {
    return {
      why: `the review is ${review.status}`,
      problem: { type: 'not-editable', reviewStatus: review.shown, inDoubt },
    };
  }
  if (conflicts.length > 0) {
    return {
      to: 'conflict',
      why: 'somebody else changed the same fields',
      problem: { type: 'changed-meanwhile', fields: [...conflicts], inDoubt },
    };
  }
  // To associate a solution writes nothing back, and AWS demands nothing of the deal for it.
  if (newValues.size === 0) return undefined;
  if (sendsBackRedacted(json)) {
    return { why: 'an update would write back what AWS has redacted', problem: { type: 'redacted' } };
  }
  const lack = lackOf(json, newValues);
  return lack === undefined
    ? undefined
    : { why: `AWS demands ${lack} in an update`, problem: { type: 'lacks', path: lack } };
}

/**
 * Sends what is left to do of an edit that has passed the fence, and writes down what came of it. Of the edits, this
 * alone writes at AWS.
 */
async function sendEdit(
  bot: AdvanceBot,
  passed: Passed<Edit>,
  { json }: WholeOpportunity,
  { newValues, solution = '' }: Progress,
): Promise<void> {
  const { aws, clock, edits } = bot;
  const { record: sending } = passed;
  const { catalog } = sending;
  const window = sendWindow(clock, passed);
  const updates = newValues.size > 0;
  const request = updateRequest(json, catalog, newValues);
  const answer = updates
    ? await aws.updateOpportunity(request, window)
    : await aws.associateOpportunity(
        {
          Catalog: catalog,
          OpportunityIdentifier: sending.opportunityId,
          RelatedEntityType: relatedEntityTypeOf(solution) ?? 'Solutions',
          RelatedEntityIdentifier: solution,
        },
        window,
      );
  if (answer.ok) {
    const { requestId } = answer;
    const expected = updates ? asUpdated(json, request) : withSolution(json, solution);
    const seen = await seenSince(bot, sending, json, expected);
    if (updates && solution !== '') {
      const why = 'AWS saved the fields; the solution is next';
      const dueAt = clock.now();
      await moveEdit(bot, sending, { to: 'requested', why, requestId, updated: true, dueAt, seen });
      return;
    }
    const why = updates ? 'AWS saved it' : 'AWS associated the solution';
    await concludeSaved(bot, sending, why, requestId, seen);
    return;
  }
  const { error } = answer;
  if (error.kind !== 'refused') {
    await sendFailed(bot, 'edit', edits, sending, error);
  } else if (error.code === 'ConflictException') {
    const { code: why, requestId } = error;
    const tries = sending.tries + 1;
    const dueAt = tries <= QUICK_TRIES ? clock.now() : backoff(bot, tries, 1000, 60_000);
    await moveEdit(bot, sending, { to: 'requested', why, requestId, dueAt, tries });
  } else await refuseEdit(bot, sending, error);
}
