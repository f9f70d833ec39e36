import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Catalog, ListOpportunitiesRequest, PartnerCentral } from '../partner-central/operations.ts';
import type { OpportunitySummary } from '../partner-central/opportunity.ts';

/** Between two calls in a row: at most two reads a second of the quota of 10, which other tools share. */
export const BETWEEN_CALLS_MS = 500;
const PAGE_SIZE = 100;

/** Goes through a list page by page; false where AWS stopped answering. */
export type EachPage = (
  filter: Omit<ListOpportunitiesRequest, 'Catalog' | 'MaxResults' | 'NextToken'>,
  /** `askedAt`: when the read began. */
  onPage: (page: readonly OpportunitySummary[], askedAt: Date) => Promise<void>,
) => Promise<boolean>;

/** Reads lists in the background: at leisure, and with failures left to the next round. */
export function createEachPage(dependencies: {
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}): EachPage {
  const { partnerCentral, clock, log, catalog } = dependencies;
  return async (filter, onPage) => {
    let token: string | undefined;
    for (let first = true; ; first = false) {
      if (!first) await new Promise<void>((resolve) => clock.after(BETWEEN_CALLS_MS, resolve));
      const askedAt = clock.now();
      const answer = await partnerCentral.listOpportunities({
        Catalog: catalog,
        MaxResults: PAGE_SIZE,
        ...filter,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      if (!answer.ok) {
        const { code, kind, requestId } = answer.error;
        log.warn(
          { code, kind, requestId },
          'AWS could not be asked how the reviews stand; the next round asks again',
        );
        return false;
      }
      await onPage(answer.value.OpportunitySummaries, askedAt);
      token = answer.value.NextToken;
      if (token === undefined) return true;
    }
  };
}
