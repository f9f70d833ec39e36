import type { Clock } from '../../clock.ts';
import type { Permissions, Refusal, Who } from '../permissions.ts';
import type { Store } from '../store.ts';

export type Cancelled =
  | { readonly type: 'cancelled' }
  | { readonly type: 'too-late' }
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' }
  | { readonly type: 'unknown-submission' };

/** Takes back a request that isn't being sent yet, for anyone who may submit. The database decides the race. */
export async function cancel(
  input: { readonly id: string; readonly who: Who },
  {
    store,
    permissions,
    clock,
    wake,
  }: { store: Store; permissions: Permissions; clock: Clock; wake: () => void },
): Promise<Cancelled> {
  const submission = await store.find(input.id);
  if (submission === undefined) return { type: 'unknown-submission' };
  const permission = await permissions.ask(input.who, submission.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };
  const cancelled = await store.cancel(submission.id, input.who.userId, clock.now());
  if (cancelled === undefined) return { type: 'too-late' };
  wake();
  return { type: 'cancelled' };
}
