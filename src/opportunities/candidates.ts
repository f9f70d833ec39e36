import type { OpportunitySummary } from '../aws/opportunity.ts';
import { readable } from '../aws/readable.ts';

/** An opportunity to choose, as AWS's list tells of it; the texts are as AWS wrote them. */
export interface Candidate {
  readonly id: string;
  readonly companyName: string | undefined;
  readonly stage: string | undefined;
  readonly targetCloseDate: string | undefined;
  /** What a search looks through: customer, ID and stage, folded. */
  readonly searched: string;
}

/** Longer ones can't come from somebody typing; a search compares them with thousands of opportunities. */
const QUERY_LENGTH = 200;

/** Of a list filtered by *Pending Submission*: what AWS would take, Closed Lost left out. */
export const candidatesOf = (summaries: readonly OpportunitySummary[]): readonly Candidate[] =>
  summaries
    .filter(({ LifeCycle }) => LifeCycle?.Stage?.trim().toLowerCase() !== 'closed lost')
    .map(candidateIn);

export function candidateIn({ Id, Customer, LifeCycle }: OpportunitySummary): Candidate {
  const companyName = Customer?.Account?.CompanyName;
  const stage = LifeCycle?.Stage;
  return {
    id: Id,
    companyName,
    stage,
    targetCloseDate: LifeCycle?.TargetCloseDate,
    searched: fold([companyName ?? '', Id, stage ?? ''].join('\n')),
  };
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

/** What of a deal a person may read in a line of their home tab, as AWS wrote it. */
export interface DealSummary {
  readonly companyName: string | undefined;
  readonly expectedSpend: readonly Spend[];
}

/** `amount` is a decimal number as text. */
export interface Spend {
  readonly amount: string;
  readonly currency: string | undefined;
  /** Such as `Monthly`. */
  readonly frequency: string | undefined;
}

/**
 * The list doesn't say which deals are National Security, and AWS takes such deals from the industry Government only:
 * where nobody knows better, a deal of that industry shows nothing but its ID.
 */
export const mayBeSecret = ({ Customer }: OpportunitySummary): boolean =>
  Customer?.Account?.Industry?.trim().toLowerCase() === 'government';

/** Of an entry of AWS's list, of a deal that isn't National Security. */
export const dealIn = ({ Customer, Project }: OpportunitySummary): DealSummary => ({
  companyName: Customer?.Account?.CompanyName,
  expectedSpend: (Project?.ExpectedCustomerSpend ?? []).flatMap(({ Amount, CurrencyCode, Frequency }) =>
    Amount === undefined ? [] : [{ amount: Amount, currency: CurrencyCode, frequency: Frequency }],
  ),
});

/** Amounts of several deals added up, one for each currency and frequency, in the order in which they turn up. */
export function totalOf(deals: readonly DealSummary[]): readonly Spend[] {
  const totals = new Map<string, { readonly spend: Spend; readonly sum: number }>();
  for (const spend of deals.flatMap(({ expectedSpend }) => expectedSpend)) {
    const amount = Number(spend.amount);
    if (spend.amount.trim() === '' || !Number.isFinite(amount)) continue;
    const key = JSON.stringify([spend.currency, spend.frequency?.toLowerCase()]);
    totals.set(key, { spend, sum: (totals.get(key)?.sum ?? 0) + amount });
  }
  return [...totals.values()].map(({ spend, sum }) => ({ ...spend, amount: sum.toFixed(2) }));
}
