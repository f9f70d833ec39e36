import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { Opportunities } from './opportunities.ts';
import type { Reading, ReviewRead } from './opportunity.ts';
import { isReviewed } from './opportunity.ts';

export interface Compare {
  /** Which of these opportunities (at most a hundred) are followed here. */
  concerned(opportunityIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Writes down what a read says of opportunities (at most a hundred) that are followed here. */
  compare(reads: readonly ReviewRead[], reading: Omit<Reading, 'elsewhere'>): Promise<void>;
}

/** Compares what was read at AWS, by a list or one by one, with the records. AWS is right where they differ. */
export function createCompare(dependencies: {
  readonly opportunities: Pick<Opportunities, 'noteReviews' | 'knownAmong'>;
  /** What a read means for a doubt is for the worker to conclude, once. True: there is one to look at now. */
  readonly hurryDoubts: (catalog: Catalog, opportunityIds: readonly string[], at: Date) => Promise<boolean>;
  readonly clock: Clock;
  readonly catalog: Catalog;
  /** Whether decisions on what nobody here asked for or works on are news. */
  readonly tellsElsewhere: () => Promise<boolean>;
  /** There is something to tell. */
  readonly wake: () => void;
}): Compare {
  const { opportunities, hurryDoubts, clock, catalog, tellsElsewhere, wake } = dependencies;

  return {
    async concerned(opportunityIds) {
      if (await tellsElsewhere()) return new Set(opportunityIds);
      return opportunities.knownAmong(catalog, opportunityIds);
    },

    async compare(reads, reading) {
      const elsewhere = (await tellsElsewhere()) ? 'tell' : 'leave';
      const steps = await opportunities.noteReviews(catalog, reads, { ...reading, elsewhere });
      const submitted = reads.flatMap(({ status, opportunityId }) =>
        isReviewed(status) ? [opportunityId] : [],
      );
      const hurried = await hurryDoubts(catalog, submitted, clock.now());
      if (steps > 0 || hurried) wake();
    },
  };
}
