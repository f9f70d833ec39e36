import { LRUCache } from 'lru-cache';
import type { PartnerCentral } from '../aws/operations.ts';
import type { OpportunitySummary } from '../aws/opportunity.ts';
import { isNationalSecurity } from '../aws/readable.ts';
import type { Catalog } from '../aws/terms.ts';
import { type Clock, DAY_MS } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import { findingsOf } from './readiness.ts';

/** What the list doesn't say of a deal that isn't submitted yet. Holds no value of the deal. */
export interface DealCheck {
  /** AWS's paths of what keeps AWS from taking it, whatever involvement is chosen. */
  readonly missing: readonly string[];
  readonly nationalSecurity: boolean;
  /** AWS referred it to the partner: it isn't submitted. */
  readonly isReferral: boolean;
}

/** Deals whose check is kept; those not looked at the longest go first. */
const KEPT = 5000;
/** Deals looked up within a day: two reads each. */
const CHECKS_A_DAY = 200;
/** Deals looked up at the same time. */
const AT_ONCE = 3;

/**
 * Looks up what is missing in the deals that somebody has before their eyes, once for each change of a deal, in memory
 * only. What a day's reads don't reach is looked up the next day, or by whoever opens its form.
 */
export function createDealChecks(dependencies: {
  readonly aws: Pick<PartnerCentral, 'getOpportunity' | 'getAwsOpportunitySummary'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}) {
  const { aws, clock, log, catalog } = dependencies;
  const kept = new LRUCache<string, { readonly modifiedAt: string; readonly check: DealCheck }>({
    max: KEPT,
  });
  const underWay = new Map<string, Promise<void>>();
  /** Starts of the lookups of the last day, by the monotonic clock, oldest first. */
  let started: readonly number[] = [];

  const lookUp = async ({ Id, LastModifiedDate }: OpportunitySummary): Promise<void> => {
    const [read, summary] = await Promise.all([
      aws.getOpportunity({ Catalog: catalog, Identifier: Id }),
      aws.getAwsOpportunitySummary({ Catalog: catalog, RelatedOpportunityIdentifier: Id }),
    ]);
    if (!read.ok) {
      const { code, kind, requestId } = read.error;
      log.warn({ code, kind, requestId, opportunity: Id }, 'AWS could not be asked what a deal still needs');
      return;
    }
    const given = { involvementType: undefined, visibility: 'Full', catalog, now: clock.now() } as const;
    const missing = findingsOf(read.value, given).flatMap(({ weight, path }) =>
      weight === 'block' ? [path] : [],
    );
    kept.set(Id, {
      modifiedAt: LastModifiedDate,
      check: {
        missing: [...new Set(missing)],
        nationalSecurity: isNationalSecurity(read.value),
        isReferral: summary.ok && summary.value.Origin === 'AWS Referral',
      },
    });
  };

  return {
    /** What is known of a deal as its list's entry has it, without asking AWS. */
    known({ Id, LastModifiedDate }: OpportunitySummary): DealCheck | undefined {
      const known = kept.get(Id);
      return known?.modifiedAt === LastModifiedDate ? known.check : undefined;
    },

    /** Looks up those that aren't known as they are now. Never rejects. */
    async read(deals: readonly OpportunitySummary[]): Promise<void> {
      const left = deals.filter(({ Id, LastModifiedDate }) => kept.get(Id)?.modifiedAt !== LastModifiedDate);
      const worker = async (): Promise<void> => {
        for (let deal = left.shift(); deal !== undefined; deal = left.shift()) {
          const { Id } = deal;
          const now = clock.monotonic();
          started = started.filter((at) => now - at < DAY_MS);
          if (!underWay.has(Id)) {
            if (started.length >= CHECKS_A_DAY) return;
            started = [...started, now];
            const done = lookUp(deal)
              .catch((error: unknown) => log.error({ error }, 'a deal could not be checked'))
              .finally(() => underWay.delete(Id));
            underWay.set(Id, done);
          }
          await underWay.get(Id);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    },
  };
}
