import { parseOpportunityId } from './opportunity-ids.ts';

/** What a button that opens the form carries: which opportunities, and the thread in which the outcome belongs. */
export interface OpenFormValue {
  readonly opportunityIds: readonly string[];
  readonly threadTs: string | undefined;
}

/** IDs, divided by commas, and after a space the thread: `O1,O2 1700000000.000100`. */
export const openFormValue = ({ opportunityIds, threadTs }: OpenFormValue): string =>
  [opportunityIds.join(','), ...(threadTs === undefined ? [] : [threadTs])].join(' ');

/** Reads what `openFormValue` wrote; what isn't an ID or a thread is left out. */
export function parseOpenFormValue(value: string): OpenFormValue {
  const [ids = '', thread = ''] = value.split(' ');
  return {
    opportunityIds: ids
      .split(',')
      .map(parseOpportunityId)
      .filter((id) => id !== undefined),
    threadTs: /^\d+\.\d+$/.test(thread) ? thread : undefined,
  };
}
