/** What somebody typed after `/submit-opportunity`. */
export type CommandText =
  | { readonly type: 'opportunity'; readonly opportunityId: string }
  | { readonly type: 'ask' }
  | { readonly type: 'help' }
  | { readonly type: 'list' }
  | { readonly type: 'status'; readonly opportunityId: string | undefined }
  | { readonly type: 'many' | 'unreadable'; readonly typed: string };

/** `^O[0-9]{1,19}$`, anchored (the service's model doesn't). */
const ID = /^O[0-9]{1,19}$/;
/** An ID inside a link or a sentence: not a piece of a longer word or number. */
const IDS_IN_TEXT = /(?<![A-Za-z0-9])O[0-9]{1,19}(?![A-Za-z0-9])/gi;

/**
 * Reads a command's text: upper or lower case, spaces, backticks, quotes, Slack's `<…|…>` links and pasted
 * links that hold the ID are all understood. Never throws, whatever was typed.
 */
export function parseCommandText(text: string): CommandText {
  const typed = text.trim();
  const bare = typed.replaceAll(/[`"'“”‘’*_~\u200B\u2060\uFEFF]/g, '').trim();
  if (bare === '') return { type: 'ask' };
  if (/^(help|\?)$/i.test(bare)) return { type: 'help' };
  if (/^list$/i.test(bare)) return { type: 'list' };
  if (/^status$/i.test(bare)) return { type: 'status', opportunityId: undefined };
  const [, ofStatus] = /^status\s+(.+)$/is.exec(bare) ?? [];
  if (ofStatus !== undefined) {
    const asked = parseOne(ofStatus, ofStatus);
    return asked.type === 'opportunity' ? { ...asked, type: 'status' } : asked;
  }
  return parseOne(bare, typed);
}

/** One ID in `bare`; what isn't one is quoted back as `typed`. */
function parseOne(
  bare: string,
  typed: string,
): Extract<CommandText, { readonly type: 'opportunity' | 'many' | 'unreadable' }> {
  const id = parseOpportunityId(bare);
  if (id !== undefined) return { type: 'opportunity', opportunityId: id };
  const found = new Set(opportunityIdsIn(bare));
  return { type: found.size > 1 ? 'many' : 'unreadable', typed };
}

/** Every opportunity ID in a sentence or a link, in AWS's form; one that stands there twice comes twice. */
export const opportunityIdsIn = (text: string): string[] =>
  (text.match(IDS_IN_TEXT) ?? []).map((match) => match.toUpperCase());

/** The one opportunity ID in `text`, in AWS's form; undefined where there is none, or more than one. */
export function parseOpportunityId(text: string): string | undefined {
  const bare = text.trim().toUpperCase();
  if (ID.test(bare)) return bare;
  // `o 123`: a space that slipped in. Two numbers are never put together: that would be another opportunity.
  const joined = bare.replace(/^O\s+/, 'O');
  if (ID.test(joined)) return joined;
  if (!/[/:?=<]/.test(text)) return undefined;
  const found = new Set(opportunityIdsIn(text));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
