import type { LISTS } from './evidence.ts';
import lists from './lists.json' with { type: 'json' };
import { readable, withoutIndexes } from './values.ts';

/**
 * The values that AWS takes, as `lists.json` has them. A test compares each list with the official client's, or with the
 * text or file of AWS's that has it.
 */

/** ISO 3166, as the model's `CountryCode` has it. */
export const countryCodes: readonly string[] = lists.countries.split(' ');

/**
 * The states of the United States as AWS takes them ("Address: StateOrRegion",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_Address.html); its list for imports is the same.
 * Elsewhere a state is free text.
 */
export const usStates: readonly string[] = lists.usStates;

/** The states of a country (ISO 3166) where AWS takes no others; undefined: any text goes. */
export const statesOf = (countryCode: unknown): readonly string[] | undefined =>
  countryCode === 'US' ? usStates : undefined;

/** Countries of whose addresses AWS asks no postal code, from its list for imports (version 14.3). */
export const countriesWithoutPostalCode: ReadonlySet<string> = new Set(
  lists.countriesWithoutPostalCode.split(' '),
);

/**
 * How a postal code is written, and where; a country may stand in several rows. From AWS's list for imports, which has
 * nothing usable for El Salvador and Great Britain; the latter's are the ones of the United Kingdom.
 */
const FORMATS = Object.entries(lists.postalCodeFormats).map(
  ([formats, countries]) => [formats, countries.split(' ')] as const,
);

/**
 * How AWS writes postal codes of a country (ISO 3166): N is a digit, A a letter, everything else itself. Empty where
 * nothing is known of them.
 */
export const postalCodeFormats = (countryCode: string): readonly string[] =>
  FORMATS.filter(([, countries]) => countries.includes(countryCode)).flatMap(([formats]) =>
    formats.split('|'),
  );

/** Whether a postal code is written as AWS's list has it for that country, but for case; true where none is known. */
export function isPostalCodeOf(countryCode: string, postalCode: string): boolean {
  const formats = postalCodeFormats(countryCode);
  const written = [...postalCode.trim().toUpperCase()];
  return formats.length === 0 || formats.some((format) => isWrittenAs(format, written));
}

const isWrittenAs = (format: string, written: readonly string[]): boolean =>
  format.length === written.length && written.every((sign, at) => isSign(format.charAt(at), sign));

function isSign(expected: string, sign: string): boolean {
  if (expected === 'N') return /^[0-9]$/.test(sign);
  return expected === 'A' ? /^[A-Z]$/.test(sign) : sign === expected;
}

/** What a partner can need for Co-Sell. */
export const primaryNeeds: readonly string[] = lists.closed.PrimaryNeedsFromAws;

/**
 * What AWS itself writes as the one need of a deal submitted for visibility only (recorded, Sandbox, 2025-12). The
 * model's enum doesn't have it. It is no need for Co-Sell, and can't stand beside those.
 */
export const DO_NOT_NEED_SUPPORT = 'Do Not Need Support from AWS Sales Rep';

/** Where an expected spend is in EUR. */
export const EUROPEAN_PARTITION = 'aws-eusc';

/**
 * The values AWS takes at a path where it takes no others; how sure each list is, is in `evidence.ts`. Most are the official
 * client's ("Data Types", https://docs.aws.amazon.com/partner-central/latest/APIReference/API_Types.html). Not so:
 *
 * - use cases: as the service's own error text lists them; the API Reference writes three of them without the blanks;
 * - currencies: since the release of 2026-03-30 EUR in the partition `aws-eusc`, USD in every other; the model still has all
 *   of ISO 4217;
 * - target companies, whose revenue a spend is: AWS's, or the partner's own.
 *
 * AWS may add to each: a value that isn't in them is shown and kept all the same.
 */
export const CLOSED_LISTS = {
  ...lists.closed,
  PrimaryNeedsFromAws: [...primaryNeeds, DO_NOT_NEED_SUPPORT],
  'Customer.Account.Address.CountryCode': countryCodes,
} satisfies Readonly<
  Record<Exclude<keyof typeof LISTS, 'Customer.Account.Address.StateOrRegion'>, readonly string[]>
>;
const closedLists: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(CLOSED_LISTS));

/**
 * The values AWS takes at a path (`Project.ExpectedCustomerSpend[0].CurrencyCode`), in its spelling; undefined where
 * any text goes. A state's list depends on the country: `usStates`.
 */
export const closedListAt = (path: string): readonly string[] | undefined =>
  closedLists.get(withoutIndexes(path));

/**
 * How the list at a path spells a value that AWS or a person wrote with HTML entities, blanks around it or in another
 * case; undefined where the list hasn't got it, or there is none.
 */
export function listSpelling(path: string, value: string): string | undefined {
  const list = closedListAt(path);
  return list === undefined ? undefined : spellingIn(list, value);
}

/** The same for a list that no path has alone. */
export const spellingIn = (list: readonly string[], value: string): string | undefined => {
  const written = folded(value);
  return list.find((entry) => folded(entry) === written);
};

const folded = (text: string): string => readable(text).trim().toLowerCase();
