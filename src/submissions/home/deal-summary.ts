import type { OpportunitySummary } from '../../partner-central/opportunity.ts';

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

/** Nothing but its ID is said of such a deal. */
const NOTHING: DealSummary = { companyName: undefined, expectedSpend: [] };

/**
 * Of an entry of AWS's list. The list doesn't say which deals are National Security, and AWS takes such deals from the
 * industry Government only: where the bot doesn't know better (`isKnown`, by the record of a submission), a deal of
 * that industry shows nothing but its ID.
 */
export function dealOf(
  { Customer, Project }: OpportunitySummary,
  { isKnown }: { readonly isKnown: boolean },
): DealSummary {
  const account = Customer?.Account;
  if (!isKnown && account?.Industry?.trim().toLowerCase() === 'government') return NOTHING;
  return {
    companyName: account?.CompanyName,
    expectedSpend: (Project?.ExpectedCustomerSpend ?? []).flatMap(({ Amount, CurrencyCode, Frequency }) =>
      Amount === undefined ? [] : [{ amount: Amount, currency: CurrencyCode, frequency: Frequency }],
    ),
  };
}

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
