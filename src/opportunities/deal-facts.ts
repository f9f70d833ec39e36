import type { OpportunitySummary } from '../aws/opportunity.ts';

/** What of a deal a person may read in a line, as AWS wrote it. */
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
