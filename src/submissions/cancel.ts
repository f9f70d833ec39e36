import type { Clock } from '../clock.ts';
import type { Permissions, Refusal, Who } from './permissions.ts';
import type { Store } from './store.ts';

export type Cancelled =
  | { readonly type: 'cancelled' }
  | { readonly type: 'too-late' }
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' };

/** Takes back a request that isn't being sent yet, for anyone who may submit. The database decides the race. */
export async function cancel(
  input: { readonly submissionId: string; readonly who: Who; readonly channelId: string },
  {
    store,
    permissions,
    clock,
    wake,
  }: { store: Store; permissions: Permissions; clock: Clock; wake: () => void },
): Promise<Cancelled> {
  const permission = await permissions.ask(input.who, input.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };
  const cancelled = await store.cancel(input.submissionId, input.who.userId, clock.now());
  if (cancelled === undefined) return { type: 'too-late' };
  wake();
  return { type: 'cancelled' };
}
