import type { PartnerCentral } from '../aws/operations.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import { LATE, within } from '../clock.ts';
import type { Logger } from '../observability/log.ts';

/** A solution of the partner's that can be associated; its name is as AWS wrote it. */
export interface Solution {
  readonly id: string;
  readonly name: string;
}

export type SolutionsListed =
  | { readonly type: 'found'; readonly solutions: readonly Solution[] }
  | { readonly type: 'unavailable'; readonly why: 'busy' | 'operator' | 'refused' };

/** Answers the partner's active solutions. */
export type ListSolutions = () => Promise<SolutionsListed>;

/** Milliseconds. */
const LIST_WITHIN_MS = 1500;
/** Milliseconds for which a list is used again: whoever types asks for it with every letter. */
const FRESH_MS = 60_000;
/** AWS's most; and how many pages of them are worth a search as one types. */
const PAGE_SIZE = 100;
const PAGES = 5;

/**
 * Lists the partner's active solutions, and keeps them for a moment: whoever types meanwhile shares one reading.
 * ("ListSolutions", https://docs.aws.amazon.com/partner-central/latest/APIReference/API_ListSolutions.html)
 */
export function createListSolutions(dependencies: {
  readonly aws: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}): ListSolutions {
  const { aws, clock, log, catalog } = dependencies;
  let kept: { readonly solutions: readonly Solution[]; readonly at: number } | undefined;
  let reading: Promise<SolutionsListed> | undefined;

  const read = async (): Promise<SolutionsListed> => {
    const found: Solution[] = [];
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
      found.push(...answer.value.SolutionSummaries.map(({ Id, Name }) => ({ id: Id, name: Name ?? '' })));
      token = answer.value.NextToken;
      if (token === undefined) break;
    }
    kept = { solutions: found, at: clock.monotonic() };
    return { type: 'found', solutions: found };
  };

  return async (): Promise<SolutionsListed> => {
    if (kept !== undefined && clock.monotonic() - kept.at < FRESH_MS) {
      return { type: 'found', solutions: kept.solutions };
    }
    reading ??= read().finally(() => {
      reading = undefined;
    });
    const listed = await within(clock, LIST_WITHIN_MS, reading);
    return listed === LATE ? { type: 'unavailable', why: 'busy' } : listed;
  };
}
