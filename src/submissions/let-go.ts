import type { Bot } from '../bot.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';

export type LetGo =
  | { readonly type: 'let-go' }
  /** It is settled, or reading may still settle it. */
  | { readonly type: 'not-to-let-go' }
  | NotAllowed
  | { readonly type: 'unknown-submission' };

/**
 * Ends the wait for what reading couldn't settle for a day, for anyone who may submit: the opportunity can be submitted
 * anew. The record stays, and is read on.
 */
export async function letGo(
  { store, permissions, clock, wake }: Pick<Bot, 'store' | 'permissions' | 'clock' | 'wake'>,
  input: { readonly id: string; readonly who: Who },
): Promise<LetGo> {
  const submission = await store.find(input.id);
  if (submission === undefined) return { type: 'unknown-submission' };
  const instead = notAllowed(await permissions.ask(input.who, submission.channelId));
  if (instead !== undefined) return instead;
  const { problem } = submission;
  if (problem?.type !== 'unsettled' || !problem.mayLetGo) return { type: 'not-to-let-go' };
  const done = await store.letGo(submission.id, input.who.userId, clock.now());
  if (done === undefined) return { type: 'not-to-let-go' };
  wake();
  return { type: 'let-go' };
}
