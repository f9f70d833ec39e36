/** What somebody typed after `/submit-opportunity`. */
export type CommandText =
  | { readonly type: 'opportunity'; readonly opportunityId: string }
  | { readonly type: 'several'; readonly opportunityIds: readonly string[] }
  /** Several IDs, and pieces among them that may have been meant as one. */
  | { readonly type: 'partly-unreadable'; readonly unread: readonly string[] }
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
  // The same one twice is one.
  const [only, ...others] = new Set(bare.toUpperCase().split(/[\s,;]+/));
  const one = parseOne(others.length === 0 ? (only ?? '') : bare, typed);
  if (one.type === 'opportunity') return one;
  const { opportunityIds, unread } = parseOpportunityIds(bare);
  if (opportunityIds.length < 2) return one;
  return unread.length > 0 ? { type: 'partly-unreadable', unread } : { type: 'several', opportunityIds };
}

/** What may have been meant as an ID: digits, perhaps after an O. */
const LIKE_AN_ID = /^\W*O?\d+\w*\W*$/i;

/**
 * The opportunity IDs in what somebody typed, each once, in the order in which they were typed; and the pieces that may
 * have been meant as one, so that none is passed over in silence.
 */
export function parseOpportunityIds(text: string): {
  readonly opportunityIds: readonly string[];
  readonly unread: readonly string[];
} {
  const pieces = text
    // Of a link's label only what is an ID counts: its other numbers were no attempt at one.
    .replaceAll(/<([^|>]*)\|([^>]*)>/g, (_, url: string, label: string) =>
      [url, ...opportunityIdsIn(label)].join(' '),
    )
    .split(/[\s,;<>]+/)
    .filter((piece) => piece !== '');
  const read = pieces.map((piece) => ({ piece, ids: opportunityIdsIn(piece) }));
  return {
    opportunityIds: [...new Set(read.flatMap(({ ids }) => ids))],
    unread: read
      .filter(({ piece, ids }) => ids.length === 0 && LIKE_AN_ID.test(piece))
      .map(({ piece }) => piece),
  };
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
