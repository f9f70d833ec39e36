import { LRUCache } from 'lru-cache';
import type { PartnerCentral } from '../aws/operations.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../observability/log.ts';

/** The partner's solutions that can be associated, or why they couldn't be listed; the names are as AWS wrote them. */
export type SolutionsListed =
  | { readonly type: 'found'; readonly solutions: readonly { readonly id: string; readonly name: string }[] }
  | { readonly type: 'unavailable'; readonly why: 'busy' | 'operator' | 'refused' };

/** Milliseconds for which a list is used again: whoever types asks for it with every letter. */
const FRESH_MS = 60_000;
/** AWS's most; and how many pages of them are worth a search as one types. */
const PAGE_SIZE = 100;
const PAGES = 5;

/**
 * Lists the partner's active solutions, and keeps them for a moment: whoever types meanwhile shares one reading.
 * ("ListSolutions", https://docs.aws.amazon.com/partner-central/latest/APIReference/API_ListSolutions.html)
 */
export function createListSolutions({
  aws,
  clock,
  log,
  catalog,
}: {
  readonly aws: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}): () => Promise<SolutionsListed> {
  const readings = new LRUCache<Catalog, Promise<SolutionsListed>>({
    max: 1,
    ttl: FRESH_MS,
    ttlResolution: 0,
    perf: { now: () => clock.monotonic() },
  });

  const read = async (): Promise<SolutionsListed> => {
    const solutions: { id: string; name: string }[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await aws.listSolutions({
        Catalog: catalog,
        MaxResults: PAGE_SIZE,
        Status: ['Active'],
        ...(token === undefined ? {} : { NextToken: token }),
      });
      if (!answer.ok) {
        const { kind, code, requestId } = answer.error;
        log.warn({ code, kind, requestId }, 'AWS could not be asked for the solutions');
        return { type: 'unavailable', why: kind === 'operator' || kind === 'refused' ? kind : 'busy' };
      }
      solutions.push(...answer.value.SolutionSummaries.map(({ Id, Name = '' }) => ({ id: Id, name: Name })));
      token = answer.value.NextToken;
      if (token === undefined) break;
    }
    return { type: 'found', solutions };
  };

  return () => {
    const known = readings.get(catalog);
    if (known !== undefined) return known;
    const reading = read();
    readings.set(catalog, reading);
    // What failed is asked for again with the next letter.
    const forget = () => readings.delete(catalog);
    void reading.then(({ type }) => type === 'found' || forget(), forget);
    return reading;
  };
}
