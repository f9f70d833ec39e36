import type { Bot } from '../bot.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';

export type Cancelled =
  | { readonly type: 'cancelled' }
  | { readonly type: 'too-late' }
  /** The records were set back: it isn't known whether it was sent. */
  | { readonly type: 'perhaps-sent' }
  | NotAllowed
  | { readonly type: 'unknown-submission' };

/** Takes back a request that isn't being sent yet, for anyone who may submit. The database decides the race. */
export async function cancel(
  { store, permissions, clock, wake }: Pick<Bot, 'store' | 'permissions' | 'clock' | 'wake'>,
  input: { readonly id: string; readonly who: Who },
): Promise<Cancelled> {
  const submission = await store.find(input.id);
  if (submission === undefined) return { type: 'unknown-submission' };
  const instead = notAllowed(await permissions.ask(input.who, submission.channelId));
  if (instead !== undefined) return instead;
  if (submission.problem?.type === 'set-back') return { type: 'perhaps-sent' };
  const cancelled = await store.cancel(submission.id, input.who.userId, clock.now());
  if (cancelled === undefined) return { type: 'too-late' };
  wake();
  return { type: 'cancelled' };
}

export type RestCancelled =
  /** `count`: how many were taken back; none: the last went out meanwhile. */
  { readonly type: 'cancelled'; readonly count: number } | NotAllowed | { readonly type: 'unknown-batch' };

/** Takes back what of a batch isn't being sent yet, for anyone who may submit. The database decides each race. */
export async function cancelRest(
  { store, permissions, clock, wake }: Pick<Bot, 'store' | 'permissions' | 'clock' | 'wake'>,
  input: { readonly batchId: string; readonly who: Who },
): Promise<RestCancelled> {
  const batch = await store.batch(input.batchId);
  if (batch === undefined) return { type: 'unknown-batch' };
  const instead = notAllowed(await permissions.ask(input.who, batch.channelId));
  if (instead !== undefined) return instead;
  const waiting = (await store.batchSubmissions(batch.id)).filter(
    ({ state, problem }) => state === 'requested' && problem?.type !== 'set-back',
  );
  let count = 0;
  // The last first: it is the first that goes out meanwhile.
  for (const { id } of waiting.reverse()) {
    if ((await store.cancel(id, input.who.userId, clock.now())) !== undefined) count += 1;
  }
  wake();
  return { type: 'cancelled', count };
}

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
