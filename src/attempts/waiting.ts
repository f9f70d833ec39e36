import type { OperatorError, PartnerCentralError, RefusedError } from '../aws/errors.ts';
import type { Bot } from '../bot.ts';
import { fromNow, LONGEST_HINT_MS, untilWritten } from '../clock.ts';
import type { CallProblem, OperatorProblem, Records, Sendable } from './sendable.ts';

/** Between two tries while the bot's own access to AWS is broken (milliseconds). */
const PROBE_EVERY_MS = 10_000;
/** The longest wait between two tries (milliseconds): in general, and for a request that can't reach AWS, which costs AWS nothing. */
const MOST_MS = 60_000;
const AWAY_MOST_MS = 15_000;

export type SendBot = Pick<Bot, 'store' | 'clock' | 'log' | 'random' | 'intervalMs'>;

/**
 * For a call that executed nothing, or only read: why the record waits, and until when. Where AWS throttles, all wait, and
 * it keeps its place among them.
 */
export async function afterFailure(
  bot: SendBot,
  name: 'submission' | 'edit',
  claimed: Sendable,
  error: Exclude<PartnerCentralError, RefusedError>,
): Promise<{ readonly problem: CallProblem; readonly dueAt: Date }> {
  if (error.kind === 'operator') {
    const { problem, until } = await waitForOperator(bot, { [name]: claimed.id }, error);
    return { problem, dueAt: until };
  }
  const throttled = error.kind === 'retryable' && error.throttled;
  const hint = error.kind === 'retryable' ? error.retryAfterMs : undefined;
  const isSoonAgain = !throttled && claimed.state === 'requested';
  const again =
    hint === undefined
      ? backoff(bot, claimed.tries, throttled ? 2000 : 1000, isSoonAgain ? AWAY_MOST_MS : MOST_MS)
      : fromNow(bot.clock, Math.min(hint, LONGEST_HINT_MS));
  if (throttled) {
    await bot.store.slowDown(new Date(again.getTime() + bot.intervalMs), bot.clock.now());
  }
  // A doubt is claimed whatever AWS's pace is, so only its own due time makes it wait.
  const keepsPlace = throttled && claimed.state !== 'uncertain';
  return {
    problem: { type: 'waiting', code: error.code, throttled },
    dueAt: keepsPlace ? claimed.requestedAt : again,
  };
}

/**
 * The bot's own access to AWS is broken: all replicas stop sending. Every 10 s one waiting record is let through to its
 * read before sending, which is harmless and shows whether they can go on. The operator's log and the people who wait are
 * told once.
 */
export async function waitForOperator(
  { store, clock, log }: Pick<Bot, 'store' | 'clock' | 'log'>,
  /** How the log names the record. */
  about: Readonly<Record<string, string>>,
  { cause, code, requestId }: OperatorError,
): Promise<{ readonly problem: OperatorProblem; readonly until: Date }> {
  const problem: OperatorProblem = { type: 'operator', cause, code };
  const until = fromNow(clock, PROBE_EVERY_MS);
  const { began } = await store.pauseSending(problem, clock.now(), until);
  if (began) {
    log.error(
      { ...about, cause, code, requestId },
      'sending is paused for all: AWS rejected the call before it reached the deal; it goes on by itself once that is mended',
    );
  }
  return { problem, until };
}

/** When to try again, after so many tries. Full jitter over exponential growth ("Exponential Backoff And Jitter", AWS Architecture Blog). */
export const backoff = (
  { clock, random }: Pick<Bot, 'clock' | 'random'>,
  tries: number,
  baseMs: number,
  mostMs: number,
): Date => fromNow(clock, Math.max(250, random() * Math.min(mostMs, baseMs * 2 ** Math.min(tries, 20))));

/**
 * Writes down that a write failed: where nothing was executed it goes again later, where nobody knows it is settled by
 * reading. What AWS refused is the kind's own.
 */
export async function sendFailed<Record_ extends Sendable>(
  bot: SendBot & Pick<Bot, 'owner'>,
  name: 'submission' | 'edit',
  records: Pick<Records<Record_>, 'answer'>,
  sending: Record_,
  error: Exclude<PartnerCentralError, RefusedError>,
): Promise<void> {
  const { clock, owner } = bot;
  const { code, requestId } = error;
  const step = { actor: 'bot', why: code, requestId } as const;
  if (error.kind === 'unknown') {
    const problem = { type: 'unknown', code } as const;
    const dueAt = fromNow(clock, 1000);
    await untilWritten(clock, () =>
      records.answer(sending, owner, { ...step, to: 'uncertain', at: clock.now(), problem, dueAt }),
    );
    return;
  }
  const tries = sending.tries + 1;
  const { problem, dueAt } = await untilWritten(clock, () =>
    afterFailure(bot, name, { ...sending, tries }, error),
  );
  await untilWritten(clock, () =>
    records.answer(sending, owner, { ...step, to: 'requested', at: clock.now(), problem, dueAt, tries }),
  );
}
