import {
  isTooLong,
  opportunityIdsIn,
  parseOpportunityId,
  parseOpportunityIds,
  plainText,
} from './opportunity-ids.ts';

/** What somebody typed after `/submit-opportunity`. */
export type CommandText =
  | { readonly type: 'opportunity'; readonly opportunityId: string }
  | { readonly type: 'several'; readonly opportunityIds: readonly string[] }
  /** Several IDs, and pieces among them that may have been meant as one. */
  | { readonly type: 'partly-unreadable'; readonly unread: readonly string[] }
  | { readonly type: 'ask' }
  /** Nothing of it was read. */
  | { readonly type: 'too-long' }
  | { readonly type: 'help' }
  | { readonly type: 'list' }
  | { readonly type: 'status'; readonly opportunityId: string | undefined }
  | { readonly type: 'many' | 'unreadable'; readonly typed: string };

/**
 * Reads a command's text: upper or lower case, spaces, backticks, quotes, Slack's `<…|…>` links and pasted
 * links that hold the ID are all understood. Never throws, whatever was typed.
 */
export function parseCommandText(text: string): CommandText {
  if (isTooLong(text)) return { type: 'too-long' };
  const typed = text.trim();
  const bare = plainText(typed)
    .replaceAll(/["'“”‘’]/g, ' ')
    .trim();
  if (bare === '') return { type: 'ask' };
  if (/^(help|\?)$/i.test(bare)) return { type: 'help' };
  if (/^list$/i.test(bare)) return { type: 'list' };
  if (/^status$/i.test(bare)) return { type: 'status', opportunityId: undefined };
  const [, ofStatus] = /^status\s+(.+)$/is.exec(bare) ?? [];
  if (ofStatus !== undefined) {
    const asked = parseOne(ofStatus, ofStatus);
    return asked.type === 'opportunity' ? { ...asked, type: 'status' } : asked;
  }
  const one = parseOne(bare, typed);
  if (one.type === 'opportunity') return one;
  const { opportunityIds, unread } = parseOpportunityIds(bare);
  if (opportunityIds.length < 2) return one;
  return unread.length > 0 ? { type: 'partly-unreadable', unread } : { type: 'several', opportunityIds };
}

/** One ID in `bare`, perhaps several times; what isn't one is quoted back as `typed`. */
function parseOne(
  bare: string,
  typed: string,
): Extract<CommandText, { readonly type: 'opportunity' | 'many' | 'unreadable' }> {
  const { opportunityIds, isAll } = parseOpportunityIds(bare);
  const [first, ...others] = opportunityIds;
  const id = isAll && others.length === 0 ? first : parseOpportunityId(bare);
  if (id !== undefined) return { type: 'opportunity', opportunityId: id };
  return { type: new Set(opportunityIdsIn(bare)).size > 1 ? 'many' : 'unreadable', typed };
}
