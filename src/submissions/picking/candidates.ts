import type { OpportunitySummary } from '../../partner-central/opportunity.ts';
import { readable } from '../../partner-central/readable.ts';
import { type DealSummary, dealOf } from '../home/deal-summary.ts';

/** An opportunity that can be submitted, as AWS's list tells of it; the texts are as AWS wrote them. */
export interface Candidate {
  readonly id: string;
  readonly companyName: string | undefined;
  /** What may be said of the deal where nobody has looked at it yet. */
  readonly deal: DealSummary;
  readonly stage: string | undefined;
  readonly targetCloseDate: string | undefined;
  /** What a search looks through: customer, ID and stage, folded. */
  readonly searched: string;
}

/** Longer ones can't come from somebody typing; a search compares them with thousands of opportunities. */
const QUERY_LENGTH = 200;

/** Of a list filtered by *Pending Submission*: what AWS would take, Closed Lost left out. */
export function candidatesOf(summaries: readonly OpportunitySummary[]): readonly Candidate[] {
  return summaries
    .filter(({ LifeCycle }) => LifeCycle?.Stage?.trim().toLowerCase() !== 'closed lost')
    .map((summary) => {
      const { Id, Customer, LifeCycle } = summary;
      const companyName = Customer?.Account?.CompanyName;
      const stage = LifeCycle?.Stage;
      return {
        id: Id,
        companyName,
        deal: dealOf(summary, { isKnown: false }),
        stage,
        targetCloseDate: LifeCycle?.TargetCloseDate,
        searched: fold([companyName ?? '', Id, stage ?? ''].join('\n')),
      };
    });
}

/** Two lists as one: the newer one, then what only the older one has. */
export function merged(newer: readonly Candidate[], older: readonly Candidate[]): readonly Candidate[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}

/**
 * The candidates in which every word of `query` occurs, in the order they came, but for the one whose ID was
 * typed whole: it is first. `without`: IDs that are left out.
 */
export function search(
  candidates: readonly Candidate[],
  query: string,
  without: ReadonlySet<string>,
): readonly Candidate[] {
  const typed = fold(query.slice(0, QUERY_LENGTH));
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const found = candidates.filter(
    ({ id, searched }) => !without.has(id) && words.every((word) => searched.includes(word)),
  );
  const exact = found.filter(({ id }) => fold(id) === typed.trim());
  return exact.length === 0 ? found : [...exact, ...found.filter(({ id }) => fold(id) !== typed.trim())];
}

/** Letters that people also type without what Unicode doesn't take for an accent. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ø: 'o', ł: 'l', đ: 'd', ð: 'd', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ı: 'i' }),
);

/** As a person would type it in a hurry: no case, no accents, HTML entities decoded. */
export function fold(text: string): string {
  return readable(text)
    .normalize('NFKD')
    .replaceAll(/\p{M}|\p{Cf}/gu, '')
    .toLowerCase()
    .replaceAll(/[øłđðßæœþı]/g, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
}
