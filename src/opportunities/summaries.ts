import type { PartnerCentral } from '../aws/operations.ts';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../observability/log.ts';

/** Milliseconds for which an answer counts as new; and for which it is better than none. */
const FRESH_MS = 45_000;
const KEPT_MS = 10 * 60_000;
/** Opportunities kept; the oldest go first. */
const KEPT = 2000;
/** AWS takes at most 20 IDs in one list. */
const IDS_A_CALL = 20;

export type Summaries = ReturnType<typeof createSummaries>;

/**
 * What AWS's list says of some opportunities, kept in memory for a moment and written down nowhere: whoever looks at the
 * same ones meanwhile shares one reading.
 */
export function createSummaries(dependencies: {
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}) {
  const { partnerCentral, clock, log, catalog } = dependencies;
  const kept = new Map<string, { readonly summary: OpportunitySummary | undefined; readonly at: number }>();

  const isYounger = (id: string, ms: number): boolean => {
    const at = kept.get(id)?.at;
    return at !== undefined && clock.monotonic() - at < ms;
  };

  const keep = (id: string, summary: OpportunitySummary | undefined): void => {
    kept.delete(id);
    kept.set(id, { summary, at: clock.monotonic() });
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
  };

  return {
    /** What is known of these without asking AWS. */
    known: (ids: readonly string[]): ReadonlyMap<string, OpportunitySummary> =>
      new Map(
        ids.flatMap((id) => {
          const summary = isYounger(id, KEPT_MS) ? kept.get(id)?.summary : undefined;
          return summary === undefined ? [] : [[id, summary]];
        }),
      ),

    /** Reads those that aren't known, or where `age` is `new` not lately; false where AWS didn't answer. */
    async read(ids: readonly string[], age: 'new' | 'kept'): Promise<boolean> {
      const missing = ids.filter((id) => !isYounger(id, age === 'new' ? FRESH_MS : KEPT_MS));
      for (let start = 0; start < missing.length; start += IDS_A_CALL) {
        const asked = missing.slice(start, start + IDS_A_CALL);
        const answer = await partnerCentral.listOpportunities({
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
        for (const id of asked) keep(id, found.get(id));
      }
      return true;
    },
  };
}
