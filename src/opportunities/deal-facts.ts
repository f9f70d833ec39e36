import { countriesWithoutPostalCode, DO_NOT_NEED_SUPPORT, listSpelling } from '../aws/lists.ts';
import type { Opportunity, OpportunitySummary } from '../aws/opportunity.ts';

/** What the rules of readiness read off a deal. */

export const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
export const some = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;
export const length = (text: string | undefined): number => [...(text?.trim() ?? '')].length;

/** A public web address: a host with a dot, no address of a private network, no user or password. */
export function isPublicWebsite(text: string): boolean {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    /^[^.]+(\.[^.]+)*\.[a-z][a-z0-9-]+$/i.test(url.hostname) &&
    !/\.(local|internal|localhost)$/i.test(url.hostname)
  );
}

const HOUR = 60 * 60 * 1000;
/** The day `hoursEast` hours east of UTC, `YYYY-MM-DD`. */
export const dayAt = (now: Date, hoursEast: number): string =>
  new Date(now.getTime() + hoursEast * HOUR).toISOString().slice(0, 10);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const closesAfter = ({ LifeCycle }: Opportunity, day: string): boolean =>
  DAY.test(LifeCycle?.TargetCloseDate ?? '') && (LifeCycle?.TargetCloseDate ?? '') > day;

/** Whether a value is an entry of the closed list at a path, however it is written. */
export const isOf = (path: string, value: string | undefined, entry: string): boolean =>
  listSpelling(path, value ?? '') === entry;
export const industryIs = ({ Customer }: Opportunity, industry: string): boolean =>
  isOf('Customer.Account.Industry', Customer?.Account?.Industry, industry);
export const sourceIs = ({ Marketing }: Opportunity, source: string): boolean =>
  isOf('Marketing.Source', Marketing?.Source, source);

export const addressOf = ({ Customer }: Opportunity) => Customer?.Account?.Address;
export const countryOf = (opportunity: Opportunity): string =>
  addressOf(opportunity)?.CountryCode?.trim().toUpperCase() ?? '';
export const needsPostalCode = (opportunity: Opportunity): boolean =>
  !countriesWithoutPostalCode.has(countryOf(opportunity));
export const spendOf = ({ Project }: Opportunity) => Project?.ExpectedCustomerSpend ?? [];
/** The needs for Co-Sell: not the one that says there is none. */
export const coSellNeeds = ({ PrimaryNeedsFromAws }: Opportunity): readonly string[] =>
  (PrimaryNeedsFromAws ?? []).filter((need) => !isNoNeed(need));
export const isNoNeed = (need: string): boolean => isOf('PrimaryNeedsFromAws', need, DO_NOT_NEED_SUPPORT);

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
