import type { ConnectionCode, OperatorError, RefusedError, Result } from '../../aws/errors.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import type { Bot } from '../../bot.ts';
import { LONGEST_HINT_MS, untilWritten } from '../../clock.ts';
import type { Problem, Submission } from '../submission.ts';
import { beginPause, type OperatorProblem } from './pause.ts';
import type { Transition } from './queue.ts';

type RecordBot = Pick<Bot, 'store' | 'clock' | 'owner'>;

/** Gives a claimed record back until `dueAt`. */
export const wait = (
  { store, clock, owner }: RecordBot,
  claimed: Submission,
  problem: Problem | undefined,
  dueAt: Date,
) => store.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 });

/** The bot's own access to AWS is broken: sending pauses for all. The operator's log says so once. */
export async function waitForOperator(
  bot: Pick<Bot, 'store' | 'clock' | 'log'>,
  about: { readonly submission: string } | { readonly edit: string },
  error: OperatorError,
) {
  const problem: OperatorProblem = { type: 'operator', cause: error.cause, code: error.code };
  const { until, began } = await beginPause(bot, problem);
  if (began) {
    bot.log.error(
      { ...about, cause: error.cause, code: error.code, requestId: error.requestId },
      'sending is paused for all: AWS rejected the call before it reached the deal; it goes on by itself once that is mended',
    );
  }
  return { problem, until };
}

/** Writes an outcome down, where a failure to do so would lose what AWS answered. */
export const conclude = ({ store, clock, owner }: RecordBot, claimed: Submission, transition: Transition) =>
  untilWritten(clock, () => store.transition(claimed, owner, transition));

/** AWS refused it, and would again. */
export const refuse = (bot: RecordBot, claimed: Submission, error: RefusedError) =>
  conclude(bot, claimed, {
    to: 'refused',
    at: bot.clock.now(),
    actor: 'bot',
    why: error.code,
    problem: {
      type: 'refused',
      code: error.code,
      reason: error.reason,
      message: error.message,
      fieldErrors: error.fieldErrors.map((field) => ({ ...field })),
    },
    requestId: error.requestId,
  });

/**
 * Reads a submission's opportunity to conclude from it whether AWS has it. AWS answers a `LifeCycle` always
 * (*recorded*), with a status or without: an answer that has none is no answer of AWS's, and is asked for again.
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

/** In so many milliseconds. */
export const later = ({ clock }: Pick<Bot, 'clock'>, ms: number) => new Date(clock.now().getTime() + ms);

/** When what didn't work is tried again. Full jitter over exponential growth ("Exponential Backoff And Jitter", AWS Architecture Blog). */
export const backoff = (bot: Pick<Bot, 'clock' | 'random'>, tries: number, baseMs: number, mostMs: number) =>
  later(bot, Math.max(250, bot.random() * Math.min(mostMs, baseMs * 2 ** Math.min(tries, 20))));

/** When AWS said to come back. */
export const hinted = (bot: Pick<Bot, 'clock'>, ms: number) => later(bot, Math.min(ms, LONGEST_HINT_MS));
