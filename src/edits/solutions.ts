import type { PartnerCentral } from '../aws/operations.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import { LATE, within } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import { fold } from '../opportunities/candidates.ts';
import { isOwn, type NotAllowed, notAllowed, type Permissions, type Who } from '../permissions.ts';
import type { Changes } from './edits.ts';

/** A solution of the partner's that can be associated; its name is as AWS wrote it. */
export interface Solution {
  readonly id: string;
  readonly name: string;
}

/** What a person who looks for a solution is offered for what they typed, or why nothing is. */
export type SolutionsFound =
  | { readonly type: 'found'; readonly solutions: readonly Solution[] }
  | NotAllowed
  | { readonly type: 'unknown-form' }
  | { readonly type: 'unavailable'; readonly why: 'busy' | 'operator' | 'refused' };

export type Solutions = ReturnType<typeof createSolutions>;

/** Milliseconds; together they leave the answer its place in Slack's 3 s. */
const PERMISSION_WITHIN_MS = 1000;
const LIST_WITHIN_MS = 1500;
/** Milliseconds for which a list is used again: whoever types asks for it with every letter. */
const FRESH_MS = 60_000;
/** AWS's most; and how many pages of them are worth a search as one types. */
const PAGE_SIZE = 100;
const PAGES = 5;

/**
 * Offers the partner's active solutions to whoever has a form for changing a deal open. Permission comes first.
 * ("ListSolutions", https://docs.aws.amazon.com/partner-central/latest/APIReference/API_ListSolutions.html)
 */
export function createSolutions(dependencies: {
  readonly partnerCentral: PartnerCentral;
  readonly changes: Pick<Changes, 'changeDraft'>;
  readonly permissions: Permissions;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
}) {
  const { partnerCentral, changes, permissions, clock, log, catalog } = dependencies;
  let kept: { readonly solutions: readonly Solution[]; readonly at: number } | undefined;
  let reading: Promise<SolutionsFound> | undefined;

  const read = async (): Promise<SolutionsFound> => {
    const found: Solution[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await partnerCentral.listSolutions({
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

  const list = async (): Promise<SolutionsFound> => {
    if (kept !== undefined && clock.monotonic() - kept.at < FRESH_MS) {
      return { type: 'found', solutions: kept.solutions };
    }
    reading ??= read().finally(() => {
      reading = undefined;
    });
    const listed = await within(clock, LIST_WITHIN_MS, reading);
    return listed === LATE ? { type: 'unavailable', why: 'busy' } : listed;
  };

  return async (input: {
    readonly draftId: string;
    readonly who: Who;
    readonly query: string;
  }): Promise<SolutionsFound> => {
    try {
      const draft = await changes.changeDraft(input.draftId);
      if (!isOwn(draft, input.who)) return { type: 'unknown-form' };
      const asking = permissions.ask(input.who, draft.channelId);
      const instead = notAllowed(await within(clock, PERMISSION_WITHIN_MS, asking));
      if (instead !== undefined) return instead;
      const listed = await list();
      if (listed.type !== 'found') return listed;
      const words = fold(input.query.slice(0, 200)).split(/\s+/);
      return {
        type: 'found',
        solutions: listed.solutions.filter(({ id, name }) =>
          words.every((word) => fold(`${name}\n${id}`).includes(word)),
        ),
      };
    } catch (error) {
      log.error({ error }, 'no solutions could be offered');
      return { type: 'unavailable', why: 'busy' };
    }
  };
}
