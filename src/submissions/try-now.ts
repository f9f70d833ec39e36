import type { Bot } from '../bot.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';

export type TriedNow =
  | { readonly type: 'due' }
  | { readonly type: 'just-now' }
  /** Nothing keeps it waiting, or nothing that a try now could help. */
  | { readonly type: 'not-waiting' }
  | NotAllowed
  | { readonly type: 'unknown-submission' };

/** Milliseconds in which a request is tried once, however often and by however many that is asked for. */
const ONCE_IN_MS = 10_000;

/** Tries a request now that waits for AWS, for anyone who may submit. What has gone out is never tried again. */
export async function tryNow(
  {
    store,
    permissions,
    clock,
    intervalMs,
    paused,
    wake,
  }: Pick<Bot, 'store' | 'permissions' | 'clock' | 'intervalMs' | 'paused' | 'wake'>,
  input: { readonly id: string; readonly who: Who },
): Promise<TriedNow> {
  const submission = await store.find(input.id);
  if (submission === undefined) return { type: 'unknown-submission' };
  const instead = notAllowed(await permissions.ask(input.who, submission.channelId));
  if (instead !== undefined) return instead;
  if (paused || submission.state !== 'requested') return { type: 'not-waiting' };
  const at = clock.now();
  const turn = `try-now ${submission.id} ${Math.floor(at.getTime() / ONCE_IN_MS)}`;
  if ((await store.firstDeliveries([turn], at)).length === 0) return { type: 'just-now' };
  if (!(await store.tryNow(submission.id, at, intervalMs))) return { type: 'not-waiting' };
  wake();
  return { type: 'due' };
}
