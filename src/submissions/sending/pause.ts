import type { Bot } from '../../bot.ts';
import type { Problem } from '../submission.ts';

export type OperatorProblem = Extract<Problem, { type: 'operator' }>;

/** Milliseconds between two tries while the bot's own access to AWS is broken. */
const PROBE_EVERY_MS = 30_000;

/**
 * All replicas stop sending while credentials, signature or clock are wrong, and go on by themselves: every
 * 30 s one waiting submission is let through to its read before sending, which is harmless and tells. Begins or
 * prolongs this pause; tells the waiting people once. Answers when to try again, and whether it began with this.
 */
export async function beginPause(
  { store, clock }: Pick<Bot, 'store' | 'clock'>,
  problem: OperatorProblem,
): Promise<{ readonly until: Date; readonly began: boolean }> {
  const at = clock.now();
  const until = new Date(at.getTime() + PROBE_EVERY_MS);
  return { until, ...(await store.pauseSending(problem, at, until)) };
}

/** A call went through: the pause, if there was one, is over and the waiting go on at once. */
export const endPause = ({ store, clock }: Pick<Bot, 'store' | 'clock'>): Promise<void> =>
  store.resumeSending(clock.now());
