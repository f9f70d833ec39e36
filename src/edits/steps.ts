import { refusedProblem } from '../attempts/sendable.ts';
import type { RefusedError, Result } from '../aws/errors.ts';
import type { WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { reviewStatus } from '../aws/terms.ts';
import type { Bot } from '../bot.ts';
import { fromNow, sleep, untilWritten } from '../clock.ts';
import { type CompareBot, compareReviews } from '../opportunities/follow.ts';
import { reviewIn } from '../opportunities/opportunity.ts';
import type { Edit, EditProblem } from './edit.ts';
import type { EditTransition } from './edits.ts';
import type { Seen } from './then-submit.ts';

const ASK_AGAIN_MS = 1000;
/**
 * How long AWS is read after a deal that it had sent back was changed, and how often (milliseconds): how soon it shows
 * isn't documented.
 */
const LOOK_FOR_MS = 2 * 60_000;
const LOOK_EVERY_MS = 15_000;

type StepBot = Pick<Bot, 'edits' | 'clock' | 'owner'>;
/** A step of the bot's own, now. */
type Step = Omit<EditTransition, 'at' | 'actor'>;

/** Moves a claimed edit on. */
export const moveEdit = ({ edits, clock, owner }: StepBot, claimed: Edit, step: Step) =>
  edits.transition(claimed, owner, { at: clock.now(), actor: 'bot', ...step });

/** The same, again and again until it is written: a failure would lose what AWS answered. */
export const concludeEdit = (bot: StepBot, claimed: Edit, step: Step) =>
  untilWritten(bot.clock, () => moveEdit(bot, claimed, step));

/** Gives it back until `dueAt`; undefined: for good. */
export const putOffEdit = (
  { edits, clock, owner }: StepBot,
  claimed: Edit,
  problem: EditProblem | undefined,
  dueAt: Date | undefined,
) => edits.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 });

/** Reads an edit's deal with everything AWS has of it. */
export const readWhole = ({ aws }: Pick<Bot, 'aws'>, edit: Edit): Promise<Result<WholeOpportunity>> =>
  aws.getWholeOpportunity({ Catalog: edit.catalog, Identifier: edit.opportunityId });

/** What keeps what is left of an edit from going out, for good. */
export type GivenUp = Pick<Step, 'why' | 'requestId'> & {
  readonly to?: 'refused' | 'conflict';
  readonly problem: EditProblem;
};

/** Nothing more goes out. Where AWS has the fields, the trail says that it is about the solution alone. */
export const giveUpEdit = (bot: StepBot, claimed: Edit, { to = 'refused', why, ...step }: GivenUp) =>
  concludeEdit(bot, claimed, {
    to,
    why: claimed.updated ? `the solution alone; the fields are saved (${why})` : why,
    ...step,
  });

/** AWS refused it, and would again. */
export const refuseEdit = (bot: StepBot, claimed: Edit, error: RefusedError) =>
  giveUpEdit(bot, claimed, {
    why: error.code,
    problem: refusedProblem(error),
    requestId: error.requestId,
  });

/** What the review shows since an edit was saved; undefined: nothing, or still what it showed before. */
function reviewSince(opportunity: Opportunity | undefined): EditProblem | undefined {
  if (opportunity?.LifeCycle === undefined) return undefined;
  const { status, shown } = reviewStatus(opportunity.LifeCycle.ReviewStatus);
  return status === 'Action Required' ? undefined : { type: 'review-since', reviewStatus: shown };
}

/** A saved edit: whether AWS reviews the deal again is said once a read shows it, or after two minutes without. */
export async function lookSince(bot: StepBot & CompareBot & Pick<Bot, 'aws'>, claimed: Edit): Promise<void> {
  const { clock } = bot;
  const at = clock.now();
  const read = await readWhole(bot, claimed);
  const opportunity = read.ok ? read.value.opportunity : undefined;
  if (opportunity !== undefined) await compareReviews(bot, [reviewIn(opportunity)], { at, actor: 'aws' });
  const since = reviewSince(opportunity);
  if (since === undefined && at.getTime() - claimed.changedAt.getTime() < LOOK_FOR_MS) {
    await putOffEdit(bot, claimed, undefined, fromNow(clock, LOOK_EVERY_MS));
    return;
  }
  const { ReviewStatus: still } = opportunity?.LifeCycle ?? {};
  await putOffEdit(bot, claimed, since ?? { type: 'review-since', reviewStatus: still }, undefined);
}

/**
 * AWS has it all. Of a deal that it had sent back, that is told in its submission's thread, and the review is read at
 * once, and for a while if need be; not in Sandbox, where nobody reviews.
 */
export async function concludeSaved(
  bot: StepBot & CompareBot & Pick<Bot, 'aws'>,
  claimed: Edit,
  why: string,
  requestId: string | undefined,
  seen: Seen | undefined,
): Promise<void> {
  const { store, clock } = bot;
  if (claimed.editableStatus === 'Pending Submission') {
    await concludeEdit(bot, claimed, { to: 'saved', why, requestId, seen });
    bot.wake();
    return;
  }
  const at = clock.now();
  let read = await readWhole(bot, claimed);
  if (!read.ok) {
    // AWS was reached a moment ago, and nobody asks later.
    await sleep(clock, ASK_AGAIN_MS);
    read = await readWhole(bot, claimed);
  }
  const opportunity = read.ok ? read.value.opportunity : undefined;
  const review = opportunity && reviewIn(opportunity);
  const problem = reviewSince(opportunity);
  await concludeEdit(bot, claimed, {
    to: 'saved',
    why,
    requestId,
    // What was submitted elsewhere becomes this person's. The edit's response_url answers where it was opened, which
    // may be another channel.
    tellInThreadOf: await store.takeOn(claimed, claimed, review, at),
    problem,
    dueAt: problem !== undefined || claimed.catalog === 'Sandbox' ? undefined : fromNow(clock, LOOK_EVERY_MS),
  });
  if (review !== undefined) await compareReviews(bot, [review], { at, actor: 'aws' });
}
