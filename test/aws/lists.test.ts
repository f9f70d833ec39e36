import { existsSync, readFileSync } from 'node:fs';
import {
  AwsFundingUsed,
  ClosedLostReason,
  CountryCode,
  CurrencyCode,
  DeliveryModel,
  Industry,
  MarketingSource,
  PrimaryNeedFromAws,
  SalesActivity,
  Stage,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  CLOSED_LISTS,
  closedListAt,
  countriesWithoutPostalCode,
  countryCodes,
  DO_NOT_NEED_SUPPORT,
  isPostalCodeOf,
  listSpelling,
  postalCodeFormats,
  primaryNeeds,
  usStates,
} from '../../src/aws/lists.ts';

describe("a list that the official client's model has is the model's", () => {
  test.each([
    ['stages', CLOSED_LISTS['LifeCycle.Stage'], Stage],
    ['primary needs', primaryNeeds, PrimaryNeedFromAws],
    ['sales activities', CLOSED_LISTS['Project.SalesActivities'], SalesActivity],
    ['delivery models', CLOSED_LISTS['Project.DeliveryModels'], DeliveryModel],
    ['industries', CLOSED_LISTS['Customer.Account.Industry'], Industry],
    ['marketing sources', CLOSED_LISTS['Marketing.Source'], MarketingSource],
    ['funding used', CLOSED_LISTS['Marketing.AwsFundingUsed'], AwsFundingUsed],
    ['closed lost reasons', CLOSED_LISTS['LifeCycle.ClosedLostReason'], ClosedLostReason],
    ['countries', countryCodes, CountryCode],
  ] as const)('%s', (_, ours, model) => {
    expect([...ours].sort()).toEqual(Object.values<string>(model).sort());
  });

  test('currencies of a spend are some of its currencies', () => {
    expect(Object.values<string>(CurrencyCode)).toEqual(
      expect.arrayContaining([...CLOSED_LISTS['Project.ExpectedCustomerSpend.CurrencyCode']]),
    );
  });

  test('the need that AWS writes itself is none of them', () => {
    expect(Object.values<string>(PrimaryNeedFromAws)).not.toContain(DO_NOT_NEED_SUPPORT);
  });
});

const VALUES = new URL('../../../shared/aws/values/', import.meta.url);
const has = existsSync(VALUES);
const file = (name: string): string => readFileSync(new URL(name, VALUES), 'utf8');
const rows = (name: string): string[][] =>
  file(name)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2] ?? ''),
    );
const texts = z.array(z.string());

describe.skipIf(!has)(
  `a list that only AWS's texts have is theirs${has ? '' : ' (skipped: ../shared/aws/values is not there)'}`,
  () => {
    test('use cases', () => {
      const { service_error } = z
        .object({ service_error: texts })
        .parse(JSON.parse(file('customer-use-cases.json')));
      expect([...CLOSED_LISTS['Project.CustomerUseCase']].sort()).toEqual([...service_error].sort());
    });

    test('states of the United States', () => {
      const { api_doc_comment } = z
        .object({ api_doc_comment: texts })
        .parse(JSON.parse(file('us-states.json')));
      expect([...usStates].sort()).toEqual([...api_doc_comment].sort());
    });

    test('countries without a postal code', () => {
      const names = rows('countries-without-postal-code.csv').map(([name = '']) => isoCode(name));
      expect([...countriesWithoutPostalCode].sort()).toEqual(names.sort());
    });

    test('postal codes as each country writes them', () => {
      const wrong = rows('postal-code-formats.csv').flatMap(([name = '', formats = '', regex = '']) => {
        // Two states of former times have no code, and of two countries AWS's file has examples only.
        if (name === 'Serbia and Montenegro' || regex === '') return [];
        const code = isoCode(name);
        const written = postalCodeFormats(code).map((each) => each.replaceAll('N', '4').replaceAll('A', 'K'));
        const theirs = formats.split(' | ').length;
        const enough = name === 'United Kingdom' || written.length >= theirs;
        return enough && written.every((each) => new RegExp(regex).test(each)) ? [] : [`${name}: ${written}`];
      });
      expect(wrong).toEqual([]);
    });
  },
);

/** Names of AWS's file that the platform doesn't know under the same name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'Bonaire,Sint Eustatius and Saba': 'BQ',
  'Brunei Darussalam': 'BN',
  'Cape Verde': 'CV',
  Congo: 'CG',
  Curacao: 'CW',
  'Czech Republic': 'CZ',
  'Heard Island and McDonald Islands': 'HM',
  'Holy See (Vatican City State)': 'VA',
  'Hong Kong': 'HK',
  Korea: 'KR',
  "Lao People's Democratic Republic": 'LA',
  'Libyan Arab Jamahiriya': 'LY',
  MACAO: 'MO',
  'Macedonia, The former Yugoslav Republic Of': 'MK',
  Myanmar: 'MM',
  'Netherlands Antilles': 'AN',
  'Saint Helena, Ascension and  Tristan Da Cunha': 'SH',
  'Saint Martin (French Part)': 'MF',
  'Saint Vincent and the Grenadines': 'VC',
  Swaziland: 'SZ',
  'Syrian Arab Republic': 'SY',
  Turkey: 'TR',
  'VIRGIN ISLANDS, U.S.': 'VI',
  'Viet Nam': 'VN',
};

const englishNames = new Intl.DisplayNames('en', { type: 'region' });
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/\bst\.? /g, 'saint ')
    .replaceAll(/[^a-z]+/g, ' ')
    .trim();

function isoCode(name: string): string {
  const code =
    OTHER_NAMES[name] ?? countryCodes.find((each) => plain(englishNames.of(each) ?? '') === plain(name));
  return code ?? `? ${name}`;
}

describe('a postal code', () => {
  test.each([
    ['US', '98109'],
    ['US', '98109-1234'],
    ['DE', ' 10115 '],
    ['GB', 'SW1A 1AA'],
    ['GB', 'l2 2dp'],
    ['CA', 'K1A0B1'],
    ['VA', '00120'],
    ['SV', 'CP 1101'],
  ])('of %s can be %s', (country, code) => {
    expect(isPostalCodeOf(country, code)).toBe(true);
  });

  test.each([
    ['US', '9810'],
    ['US', '981091234'],
    ['DE', 'D-10115'],
    ['GB', '12345'],
    ['PL', '00001'],
    ['GP', '97200'],
    ['US', ''],
  ])('of %s is not %s', (country, code) => {
    expect(isPostalCodeOf(country, code)).toBe(false);
  });
});

describe("a list's own spelling", () => {
  test.each([
    ['Project.CustomerUseCase', 'Security &amp; Compliance', 'Security & Compliance'],
    ['Project.CustomerUseCase', ' security & compliance\n', 'Security & Compliance'],
    ['Project.SalesActivities', 'Conducted POC &#47; Demo', 'Conducted POC / Demo'],
    ['PrimaryNeedsFromAws', 'do not need support from aws sales rep', DO_NOT_NEED_SUPPORT],
    ['Project.ExpectedCustomerSpend[0].CurrencyCode', 'usd', 'USD'],
  ])('at %s of %j is %j', (path, value, spelling) => {
    expect(listSpelling(path, value)).toBe(spelling);
  });

  test('of a value that is not in it there is none', () => {
    expect(listSpelling('Project.CustomerUseCase', 'Migration/Database Migration')).toBeUndefined();
    expect(listSpelling('Project.ExpectedCustomerSpend[3].CurrencyCode', 'GBP')).toBeUndefined();
    expect(listSpelling('Project.Title', 'Networking')).toBeUndefined();
  });

  test('every entry is its own', () => {
    for (const path of [
      'LifeCycle.Stage',
      'Customer.Account.Industry',
      'Customer.Account.Address.CountryCode',
    ]) {
      for (const entry of closedListAt(path) ?? []) expect(listSpelling(path, entry)).toBe(entry);
    }
  });
});
