import type { Bot } from '../bot.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';
import { isSetBack } from './submission.ts';

export type Cancelled =
  | { readonly type: 'cancelled' }
  | { readonly type: 'too-late' }
  /** An edit is at AWS already, and what was to be submitted then isn't. */
  | { readonly type: 'only-saved' }
  /** The records were set back: it isn't known whether it was sent. */
  | { readonly type: 'perhaps-sent' }
  | NotAllowed
  | { readonly type: 'unknown-submission' };

type CancelBot = Pick<Bot, 'store' | 'permissions' | 'clock' | 'lineage' | 'database' | 'wake'>;

/** Whether the records were set back, before they are read: then it is noted of each that waits. */
const noteSetBack = ({ lineage, database, clock }: CancelBot) => lineage.setBack(database.db, clock.now());

/** Takes back a request that isn't being sent yet, for anyone who may submit. The database decides the race. */
export async function cancel(
  bot: CancelBot,
  input: { readonly id: string; readonly who: Who },
): Promise<Cancelled> {
  const { store, permissions, clock, wake } = bot;
  await noteSetBack(bot);
  const submission = await store.find(input.id);
  if (submission === undefined) return { type: 'unknown-submission' };
  const instead = notAllowed(await permissions.ask(input.who, submission.channelId));
  if (instead !== undefined) return instead;
  if (isSetBack(submission)) return { type: 'perhaps-sent' };
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
  bot: CancelBot,
  input: { readonly batchId: string; readonly who: Who },
): Promise<RestCancelled> {
  const { store, permissions, clock, wake } = bot;
  const batch = await store.batch(input.batchId);
  if (batch === undefined) return { type: 'unknown-batch' };
  const instead = notAllowed(await permissions.ask(input.who, batch.channelId));
  if (instead !== undefined) return instead;
  await noteSetBack(bot);
  const waiting = (await store.batchSubmissions(batch.id)).filter(
    (submission) => submission.state === 'requested' && !isSetBack(submission),
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
