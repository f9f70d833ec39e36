import { mayStillArrive, refusedProblem } from '../../attempts/sendable.ts';
import { backoff, waitForOperator } from '../../attempts/waiting.ts';
import type { RefusedError, Result } from '../../aws/errors.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { INVOLVEMENTS, isWithAws, reviewStatus, VISIBILITIES } from '../../aws/terms.ts';
import type { ConnectionCode } from '../../aws/transport.ts';
import type { Bot } from '../../bot.ts';
import { DAY_MS, fromNow, untilWritten } from '../../clock.ts';
import type { Choices } from '../../forms/form.ts';
import { reviewIn } from '../../opportunities/opportunity.ts';
import type { SubmissionTransition } from '../store.ts';
import {
  type Doubt,
  isDoubtful,
  isSetBack,
  MAY_LET_GO_AFTER_MS,
  type Problem,
  type Submission,
} from '../submission.ts';

type RecordBot = Pick<Bot, 'store' | 'clock' | 'owner'>;
/** A step of the bot's own, now. */
type Step = Omit<SubmissionTransition, 'at' | 'actor'>;

/** Moves a claimed submission on. */
export const move = ({ store, clock, owner }: RecordBot, claimed: Submission, step: Step) =>
  store.transition(claimed, owner, { at: clock.now(), actor: 'bot', ...step });

/**
 * Writes down what AWS answered to the one call, whatever became of the lease meanwhile. People are told at once, whatever
 * the bot does next.
 */
export async function conclude(
  { store, clock, owner, wake }: RecordBot & Pick<Bot, 'wake'>,
  sending: Submission,
  step: Step,
): Promise<void> {
  await untilWritten(clock, () => store.answer(sending, owner, { at: clock.now(), actor: 'bot', ...step }));
  wake();
}

/** Gives a claimed submission back until `dueAt`; undefined: for good. */
export const wait = (
  { store, clock, owner }: RecordBot,
  claimed: Submission,
  problem: Problem | undefined,
  dueAt: Date | undefined,
) => store.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 });

/** AWS refused it, and would again. */
export const refusal = (error: RefusedError): Step => ({
  to: 'refused',
  why: error.code,
  problem: refusedProblem(error),
  requestId: error.requestId,
});

/**
 * Reads a submission's opportunity to conclude from it whether AWS has it. AWS's answer always has a
 * `LifeCycle` (*recorded*), with a status or without: one that has none isn't AWS's, and is asked for again.
 */
export async function readDeal(
  { aws }: Pick<Bot, 'aws'>,
  { catalog, opportunityId }: Pick<Submission, 'catalog' | 'opportunityId'>,
): Promise<Result<Opportunity>> {
  const read = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  if (!read.ok || read.value.LifeCycle !== undefined) return read;
  const code = 'UnreadableAnswer' satisfies ConnectionCode;
  return {
    ok: false,
    error: { kind: 'unknown', code, message: 'No LifeCycle.', requestId: read.requestId },
  };
}

/**
 * The choices AWS shows of a deal that it has: those that could be read, and that this bot knows. Equal to ours or not,
 * they credit nobody.
 */
export async function choicesAtAws(
  { aws }: Pick<Bot, 'aws'>,
  { catalog, opportunityId }: Pick<Submission, 'catalog' | 'opportunityId'>,
): Promise<Partial<Choices>> {
  const summary = await aws.getAwsOpportunitySummary({
    Catalog: catalog,
    RelatedOpportunityIdentifier: opportunityId,
  });
  if (!summary.ok) return {};
  const involvementType = INVOLVEMENTS.find((each) => each === summary.value.InvolvementType);
  const visibility = VISIBILITIES.find((each) => each === summary.value.Visibility);
  return {
    ...(involvementType === undefined ? {} : { involvementType }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}

/** Milliseconds between two reads of what AWS hasn't shown, or a person let go: for as long as the record is kept. */
const LOOK_AT_UNSEEN_MS = DAY_MS;

/** The same where what AWS shows proves nothing: reading more often finds no more. */
export const LOOK_AT_UNTOLD_MS = 15 * 60 * 1000;

/** What a read says of a doubt: AWS has it, shows it unsubmitted, or nothing that proves anything. */
type Seen = 'at-aws' | 'pending' | Extract<Problem, { type: 'unsettled' }>['why'];

function seenIn(read: Result<Opportunity>): Seen {
  if (!read.ok) {
    const { kind, code } = read.error;
    return kind === 'refused' && code === 'ResourceNotFoundException' ? 'gone' : 'unreadable';
  }
  const { status } = reviewStatus(read.value.LifeCycle?.ReviewStatus);
  if (status === 'Pending Submission') return 'pending';
  // It was Pending Submission when it was asked for. Where AWS has sent it back by now, it has had it meanwhile.
  if (isWithAws(status) || status === 'Action Required') return 'at-aws';
  return status === 'none' ? 'no-status' : 'other-status';
}

/** Settles a doubt one step further: a doubt is settled by reading, never by sending. */
export async function settle(
  bot: Pick<Bot, 'store' | 'aws' | 'clock' | 'log' | 'owner' | 'random'>,
  claimed: Submission,
): Promise<void> {
  const { store, clock } = bot;
  // In a settled state nothing is left to do: `due_at` was from before.
  if (!isDoubtful(claimed)) return wait(bot, claimed, claimed.problem, undefined);
  const read = await readDeal(bot, claimed);
  if (read.ok) await store.resumeSending(clock.now());
  else if (read.error.kind === 'operator') await waitForOperator(bot, { submission: claimed.id }, read.error);

  const seen = seenIn(read);
  if (read.ok && seen === 'at-aws') {
    await move(bot, claimed, {
      to: 'already_submitted',
      why: 'a read shows it submitted',
      problem: {
        type: 'found-at-aws',
        ours: isSetBack(claimed) ? 'maybe-sent' : 'in-doubt',
        ...(await choicesAtAws(bot, claimed)),
      },
      requestId: read.requestId,
      review: reviewIn(read.value),
    });
    return;
  }
  if (claimed.state !== 'uncertain') {
    await wait(bot, claimed, claimed.problem, fromNow(clock, LOOK_AT_UNSEEN_MS));
    return;
  }
  const doubt = doubtIn(claimed);
  const soon = backoff(bot, claimed.tries, 2000, 120_000);
  const signatureOver = !mayStillArrive(claimed, clock.now());
  if (seen !== 'pending' && seen !== 'at-aws') {
    const again = seen === 'unreadable' || !signatureOver ? soon : fromNow(clock, LOOK_AT_UNTOLD_MS);
    await wait(bot, claimed, unsettled(doubt, seen, clock.now()), again);
    return;
  }
  const unknown: Doubt = { type: 'unknown', code: doubt.code };
  if (!read.ok || !signatureOver) {
    await wait(bot, claimed, unknown, soon);
    return;
  }
  await move(bot, claimed, {
    to: 'not_seen',
    why: 'AWS still shows Pending Submission, and the signature is no longer accepted',
    requestId: read.requestId,
    review: reviewIn(read.value),
    problem: unknown,
    dueAt: fromNow(clock, LOOK_AT_UNSEEN_MS),
  });
}

const doubtIn = ({ problem }: Submission): Doubt =>
  problem?.type === 'unknown' || problem?.type === 'unsettled' ? problem : { type: 'unknown', code: '' };

/** One more read that brought nothing: after a day of them a person may let it go. */
function unsettled(doubt: Doubt, why: Extract<Problem, { type: 'unsettled' }>['why'], at: Date): Doubt {
  const since = doubt.type === 'unsettled' ? doubt.since : at.toISOString();
  const mayLetGo = at.getTime() - Date.parse(since) >= MAY_LET_GO_AFTER_MS;
  return { type: 'unsettled', code: doubt.code, why, since, mayLetGo };
}
