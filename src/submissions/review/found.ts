import type { Catalog } from '../../partner-central/operations.ts';
import type { Store } from '../store.ts';
import type { Submission } from '../submission.ts';
import type { Review } from './reviews.ts';

/** What the ID in a button stands for, and the channel whose rules hold for it. */
export type Found =
  | { readonly type: 'submission'; readonly submission: Submission; readonly channelId: string }
  /** Of an opportunity that this bot didn't submit. */
  | { readonly type: 'review'; readonly review: Review; readonly channelId: string };

export interface FindDependencies {
  readonly store: Store;
  readonly catalog: Catalog;
  /** Where decisions on opportunities submitted elsewhere are told; undefined: they aren't followed. */
  readonly followChannel: string | undefined;
}

/** Finds what a button is about; undefined where there is no record of it (any more). */
export async function find(
  id: string,
  { store, catalog, followChannel }: FindDependencies,
): Promise<Found | undefined> {
  const submission = await store.find(id);
  // By the channel it was asked for in: the button may stand in a DM.
  if (submission !== undefined) return { type: 'submission', submission, channelId: submission.channelId };
  if (followChannel === undefined) return undefined;
  const review = await store.review(catalog, id);
  return review === undefined ? undefined : { type: 'review', review, channelId: followChannel };
}

/** The opportunity that a button is about, and where the outcome of what is done with it belongs. */
export async function findAbout(
  id: string,
  dependencies: FindDependencies,
): Promise<
  | { readonly opportunityId: string; readonly channelId: string; readonly threadTs: string | undefined }
  | undefined
> {
  const found = await find(id, dependencies);
  if (found === undefined) return undefined;
  const { channelId } = found;
  return found.type === 'submission'
    ? { opportunityId: found.submission.opportunityId, channelId, threadTs: found.submission.threadTs }
    : { opportunityId: found.review.opportunityId, channelId, threadTs: undefined };
}
