import type { Clock } from '../../clock.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import type { Opportunity, OpportunitySummary } from '../../partner-central/opportunity.ts';
import { reviewStatus } from '../../partner-central/review-status.ts';
import type { Store } from '../store.ts';
import type { ReadAt } from './read-order.ts';
import type { ReviewRead } from './reviews.ts';

/** What a read said of an opportunity, whole or as a list has it. */
export type Seen = Pick<OpportunitySummary | Opportunity, 'Id' | 'LastModifiedDate' | 'LifeCycle'>;

export interface Compare {
  /** Which of these opportunities (at most a hundred) this bot follows. */
  concerned(opportunityIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Writes down what a read says of opportunities (at most a hundred) that this bot follows.
   */
  compare(seen: readonly Seen[], read: ReadAt): Promise<void>;
}

/** Compares what was read at AWS, by a list or one by one, with the records. AWS is right where they differ. */
export function createCompare(dependencies: {
  readonly store: Store;
  readonly clock: Clock;
  readonly catalog: Catalog;
  /** Whether decisions on what this bot didn't submit are news. */
  readonly tellsElsewhere: () => Promise<boolean>;
  /** There is something to tell. */
  readonly wake: () => void;
}): Compare {
  const { store, clock, catalog, tellsElsewhere, wake } = dependencies;

  return {
    async concerned(opportunityIds) {
      if (await tellsElsewhere()) return new Set(opportunityIds);
      const followed = await store.followed(catalog, opportunityIds);
      return new Set(followed.map(({ opportunityId }) => opportunityId));
    },

    async compare(seen, read) {
      const byId = new Map(seen.map((each) => [each.Id, each]));
      const followed = await store.followed(catalog, [...byId.keys()]);
      for (const { id, opportunityId, state, reviewStatus: known } of followed) {
        const deal = byId.get(opportunityId);
        if (deal?.LifeCycle === undefined) continue;
        const { shown: status } = reviewStatus(deal.LifeCycle.ReviewStatus);
        if (state === 'uncertain' || state === 'not_seen') {
          if (reviewStatus(status).status !== 'Pending Submission') await store.hurry(id, clock.now());
          continue;
        }
        if (status === known) continue;
        const { LastModifiedDate: lastModifiedDate } = deal;
        await store.recordReview(id, { ...read, status, lastModifiedDate, actor: 'aws' });
      }
      const toldElsewhere = (await tellsElsewhere())
        ? await store.noteReviews(catalog, reviewsIn(seen), { ...read, tell: true })
        : 0;
      if (followed.length > 0 || toldElsewhere > 0) wake();
    },
  };
}

/** What is said of reviews in what was read; nothing of a deal without a `LifeCycle`, which AWS always answers. */
export const reviewsIn = (seen: readonly Seen[]): readonly ReviewRead[] =>
  seen.flatMap(({ Id, LastModifiedDate, LifeCycle }) => {
    if (LifeCycle === undefined) return [];
    const { shown } = reviewStatus(LifeCycle.ReviewStatus);
    return [{ opportunityId: Id, status: shown, lastModifiedDate: LastModifiedDate }];
  });
