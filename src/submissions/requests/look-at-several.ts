import { type Found, find, type Look, type LookDependencies, type LookRequest } from './look.ts';

/** Where a look at several begins. `formId` becomes the batch's ID when it is sent. */
export interface SeveralRequest
  extends Omit<LookRequest, 'draftId' | 'opportunityId' | 'choices' | 'batchId'> {
  readonly formId: string;
  /** In the person's order, each once; few enough for one form. */
  readonly opportunityIds: readonly string[];
}

/** What was found of one of several. */
export interface FoundOne {
  readonly opportunityId: string;
  readonly found: Found;
}

export type LookAtSeveral =
  | Extract<Look, { readonly type: 'not-permitted' | 'permission-unknown' }>
  | { readonly type: 'looked'; readonly found: readonly FoundOne[] };

export interface SeveralDependencies extends LookDependencies {
  readonly newId: () => string;
}

/** Milliseconds from one opportunity to the next: with two reads each, below AWS's 10 reads a second for all. */
const BETWEEN_MS = 250;
/** Milliseconds until one that AWS didn't answer is asked for again, once. */
const AGAIN_AFTER_MS = 1000;

/**
 * Looks several opportunities up for a person, a few at a time, and writes down what their form stands on: a draft for
 * each that can be submitted. `onProgress` hears how many were looked up so far.
 */
export async function lookAtSeveral(
  request: SeveralRequest,
  dependencies: SeveralDependencies,
  onProgress: (count: number) => void,
): Promise<LookAtSeveral> {
  const { store, permissions, clock, newId } = dependencies;
  const permission = await permissions.ask(request.who, request.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };

  const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  let count = 0;
  const lookAt = async (opportunityId: string, index: number): Promise<FoundOne> => {
    // The command's answer belongs to the batch: its uses are few.
    const one = {
      ...request,
      draftId: newId(),
      opportunityId,
      batchId: request.formId,
      responseUrl: undefined,
    };
    if (index > 0) await pause(index * BETWEEN_MS);
    let found = await find(one, dependencies);
    if (found.type === 'unavailable') {
      await pause(AGAIN_AFTER_MS);
      found = await find(one, dependencies);
    }
    count += 1;
    onProgress(count);
    return { opportunityId, found };
  };
  const found = await Promise.all(request.opportunityIds.map(lookAt));
  await store.saveBatchDrafts(
    request.formId,
    found.flatMap((one) => (one.found.type === 'form' ? [one.found.draft] : [])),
  );
  return { type: 'looked', found };
}
