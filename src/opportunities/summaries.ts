import { LRUCache } from 'lru-cache';
import type { PartnerCentral } from '../aws/operations.ts';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../observability/log.ts';

/** Milliseconds for which an answer counts as new; and for which it is better than none. */
const FRESH_MS = 45_000;
const KEPT_MS = 10 * 60_000;
/** Opportunities kept; those not looked at the longest go first. */
const KEPT = 2000;
/** AWS takes at most 20 IDs in one list. */
const IDS_A_CALL = 20;

/**
 * What AWS's list says of some opportunities, kept in memory for a moment and written down nowhere: whoever looks at the
 * same ones meanwhile shares one reading.
 */
export function createSummaries(dependencies: {
  readonly aws: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}) {
  const { aws, clock, log, catalog } = dependencies;
  const kept = new LRUCache<string, { readonly summary: OpportunitySummary | undefined }>({
    max: KEPT,
    ttl: KEPT_MS,
    ttlResolution: 0,
    perf: { now: () => clock.monotonic() },
  });

  return {
    /** What is known of these without asking AWS. */
    known: (ids: readonly string[]): ReadonlyMap<string, OpportunitySummary> =>
      new Map(
        ids.flatMap((id) => {
          const summary = kept.get(id)?.summary;
          return summary === undefined ? [] : [[id, summary]];
        }),
      ),

    /** Reads those that aren't known, or where `age` is `new` not lately; false where AWS didn't answer. */
    async read(ids: readonly string[], age: 'new' | 'kept'): Promise<boolean> {
      const least = age === 'new' ? KEPT_MS - FRESH_MS : 0;
      const missing = ids.filter((id) => kept.getRemainingTTL(id) <= least);
      for (let start = 0; start < missing.length; start += IDS_A_CALL) {
        const asked = missing.slice(start, start + IDS_A_CALL);
        const answer = await aws.listOpportunities({
          Catalog: catalog,
          MaxResults: IDS_A_CALL,
          Identifier: asked,
        });
        if (!answer.ok) {
          const { code, kind, requestId } = answer.error;
          log.warn({ code, kind, requestId }, 'AWS could not be asked about the deals on a home tab');
          return false;
        }
        const found = new Map(answer.value.OpportunitySummaries.map((summary) => [summary.Id, summary]));
        for (const id of asked) kept.set(id, { summary: found.get(id) });
      }
      return true;
    },
  };
}
