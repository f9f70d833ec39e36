/** What somebody typed after `/submit-opportunity`. */
export type CommandText =
  | { readonly type: 'opportunity'; readonly opportunityId: string }
  | { readonly type: 'ask' }
  | { readonly type: 'help' }
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
  const id = parseOpportunityId(bare);
  if (id !== undefined) return { type: 'opportunity', opportunityId: id };
  const found = new Set((bare.match(IDS_IN_TEXT) ?? []).map((match) => match.toUpperCase()));
  return { type: found.size > 1 ? 'many' : 'unreadable', typed };
}

/** The one opportunity ID in `text`, in AWS's form; undefined where there is none, or more than one. */
export function parseOpportunityId(text: string): string | undefined {
  const bare = text.trim().toUpperCase();
  if (ID.test(bare)) return bare;
  // `o 123`: a space that slipped in. Two numbers are never put together: that would be another opportunity.
  const joined = bare.replace(/^O\s+/, 'O');
  if (ID.test(joined)) return joined;
  if (!/[/:?=<]/.test(text)) return undefined;
  const found = new Set((text.match(IDS_IN_TEXT) ?? []).map((match) => match.toUpperCase()));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
