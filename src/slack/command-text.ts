import leven from 'leven';
import { isTooLong, parseOpportunityIds, plainText } from './opportunity-ids.ts';

/** What can be asked for beside submitting. */
export type Question =
  | { readonly type: 'help' }
  | { readonly type: 'list' }
  /** Where one opportunity stands; undefined: everything of the person's own that isn't settled. */
  | { readonly type: 'status'; readonly opportunityId: string | undefined };

/** What somebody who wasn't understood may have meant. */
export type Suggestion = Question | { readonly type: 'submit'; readonly opportunityIds: readonly string[] };

/** What somebody typed after `/submit-opportunity`, or wrote to the bot. */
export type CommandText =
  | Question
  | { readonly type: 'opportunity'; readonly opportunityId: string }
  /** `leftOut`: pieces among them that may have been meant as an ID and aren't one. */
  | {
      readonly type: 'several';
      readonly opportunityIds: readonly string[];
      readonly leftOut: readonly string[];
    }
  /** Nothing but words around an ID that isn't there. */
  | { readonly type: 'ask' }
  /** Nothing of it was read. */
  | { readonly type: 'too-long' }
  /** No ID and no word of ours: perhaps a customer's name. */
  | { readonly type: 'search'; readonly query: string }
  | { readonly type: 'unclear'; readonly typed: string; readonly suggestions: readonly Suggestion[] };

/** Words around an ID that change nothing about what is asked for. */
const FILLERS = new Set(
  'submit submitting please pls opportunity opportunities opp deal deals id ids and or of for review to aws the my our this these a an thanks'.split(
    ' ',
  ),
);

/** Our own words, for those who mistype them. */
const KNOWN = ['help', 'list', 'status', 'submit'] as const;
/** Characters; a longer text is no customer's name. */
const LONGEST_QUERY = 60;

/**
 * Reads a command's text: upper or lower case, any mark around an ID, Slack's `<…|…>` links and pasted links that hold
 * it, polite words, and a number without its `O`. Never throws, whatever was typed, and takes no word that it doesn't
 * know for one that asks to submit.
 */
export function parseCommandText(text: string): CommandText {
  if (isTooLong(text)) return { type: 'too-long' };
  const typed = text.trim();
  const bare = plainText(typed).trim();
  if (bare === '?') return { type: 'help' };
  const { opportunityIds, others } = parseOpportunityIds(bare);
  const words = others.map((word) => word.toLowerCase()).filter((word) => !FILLERS.has(word));
  const question = questionIn(words, opportunityIds);
  if (question !== undefined) return question;
  const [opportunityId, another] = opportunityIds;
  if (opportunityId === undefined) return withoutIds(words, typed, bare);
  if (another === undefined) {
    if (words.length === 0) return { type: 'opportunity', opportunityId };
    return {
      type: 'unclear',
      typed,
      suggestions: [
        { type: 'submit', opportunityIds },
        { type: 'status', opportunityId },
      ],
    };
  }
  const leftOut = others.filter(mayBeMeantAsAnId);
  if (leftOut.length === words.length) return { type: 'several', opportunityIds, leftOut };
  return { type: 'unclear', typed, suggestions: [{ type: 'submit', opportunityIds }] };
}

/** A word of ours that stands alone, or a `status` with an ID before or behind it. */
function questionIn(
  [word, ...more]: readonly string[],
  [opportunityId, ...further]: readonly string[],
): Question | undefined {
  if (more.length > 0 || further.length > 0) return undefined;
  if (word === 'status') return { type: 'status', opportunityId };
  return (word === 'help' || word === 'list') && opportunityId === undefined ? { type: word } : undefined;
}

function withoutIds(words: readonly string[], typed: string, bare: string): CommandText {
  const joined = words.join(' ');
  if (joined === '' || joined === 'o') return { type: 'ask' };
  // `o 123`: a space that slipped in. Two numbers are never put together: that would be another opportunity.
  const [, digits] = /^(?:o )?([1-9][0-9]{0,18})$/.exec(joined) ?? [];
  if (digits !== undefined) return { type: 'opportunity', opportunityId: `O${digits}` };
  const suggestions = likely(words);
  if (suggestions.length > 0 || words.some(mayBeMeantAsAnId) || !/^[\p{L}\p{N}]/u.test(joined)) {
    return { type: 'unclear', typed, suggestions };
  }
  const isLink = /[/@]|:\S/.test(joined);
  return isLink || typed.length > LONGEST_QUERY
    ? { type: 'unclear', typed, suggestions }
    : { type: 'search', query: bare };
}

/**
 * What a text without an ID may have been meant as: one of our words, among others or mistyped; or an ID with a zero or a
 * mark after its O, or in place of it.
 */
function likely(words: readonly string[]): readonly Suggestion[] {
  const joined = words.join(' ');
  const [, digits] = /^[o0]+[\s#:-]*([1-9][0-9]{0,17})$/.exec(joined) ?? [];
  if (digits !== undefined) return [{ type: 'submit', opportunityIds: [`O${digits}`] }];
  const [nearest] = KNOWN.map((word) => ({
    word,
    typos: words.includes(word) ? 0 : joined.length > 9 ? Number.POSITIVE_INFINITY : leven(joined, word),
  }))
    .filter(({ word, typos }) => typos <= (lettersOf(word) === lettersOf(joined) ? 2 : word.length / 4))
    .sort((one, other) => one.typos - other.typos);
  if (nearest === undefined) return [];
  const { word } = nearest;
  if (word === 'submit') return [{ type: 'submit', opportunityIds: [] }];
  return [word === 'status' ? { type: word, opportunityId: undefined } : { type: word }];
}

const lettersOf = (word: string): string => [...word].sort().join('');

/** Digits, perhaps after an O. */
const mayBeMeantAsAnId = (piece: string): boolean => /^(?:O?\d\w*|O\d[\w.．'’]*)$/i.test(piece);
