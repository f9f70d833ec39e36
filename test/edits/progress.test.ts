import { expect, test } from 'vitest';
import { fieldsAt, stampOf } from '../../src/edits/fields.ts';
import { progressOf } from '../../src/edits/progress.ts';

const SPEND = 'Project.ExpectedCustomerSpend';
const AMOUNT = `${SPEND}[0].Amount`;

/** What is left to do of another amount, where AWS answers this entry. */
function editsOf(entry: object) {
  const json = { Project: { ExpectedCustomerSpend: [entry] } };
  const shown = fieldsAt(json, [SPEND]).map(
    ({ path, value }) => [path, stampOf('form', path, value)] as const,
  );
  const edit = { formId: 'form', shown: new Map(shown), updated: false };
  const { newValues } = progressOf(edit, new Map([[AMOUNT, '2500']]), json);
  return Object.fromEntries(newValues);
}

test('an amount brings what AWS asks for beside it, where AWS answers none of it in any of its ways', () => {
  const beside = { CurrencyCode: 'USD', TargetCompany: 'AWS', Frequency: 'Monthly' };
  for (const [name, value] of Object.entries(beside)) {
    const path = `${SPEND}[0].${name}`;
    for (const none of [undefined, null, '']) {
      const entry = { Amount: '1', ...beside, [name]: none };
      expect(editsOf(entry)).toEqual({ [AMOUNT]: '2500', [path]: value });
    }
  }
});

test('and what AWS has beside an amount is kept, whatever it is', () => {
  for (const kept of [{ Frequency: 'None' }, { TargetCompany: 'Self' }, { CurrencyCode: 'GBP' }]) {
    const entry = { Amount: '1', CurrencyCode: 'USD', TargetCompany: 'AWS', Frequency: 'Monthly', ...kept };
    expect(editsOf(entry)).toEqual({ [AMOUNT]: '2500' });
  }
});

const ADDRESS = 'Customer.Account.Address';

/** What is left to do of an address that was typed, where AWS has this one. */
function editsOfAddress(typed: Readonly<Record<string, string>>, there: object) {
  const shown = ['StateOrRegion', 'CountryCode'].map((name) => `${ADDRESS}.${name}`);
  const edit = {
    formId: 'form',
    shown: new Map(shown.map((path) => [path, stampOf('form', path, '')])),
    updated: false,
  };
  const paths = Object.entries(typed).map(([name, value]) => [`${ADDRESS}.${name}`, value] as const);
  const { newValues, conflicts } = progressOf(edit, new Map(paths), {
    Customer: { Account: { Address: there } },
  });
  return { edits: Object.fromEntries(newValues), conflicts };
}

test('a state goes as the list of the country spells it, also of one that was chosen only now', () => {
  const typed = { StateOrRegion: 'new york', CountryCode: 'US' };
  expect(editsOfAddress(typed, {}).edits).toEqual({
    [`${ADDRESS}.StateOrRegion`]: 'New York',
    [`${ADDRESS}.CountryCode`]: 'US',
  });
  expect(editsOfAddress(typed, { StateOrRegion: 'New York', CountryCode: 'US' })).toEqual({
    edits: {},
    conflicts: [],
  });
  expect(editsOfAddress({ StateOrRegion: 'new york', CountryCode: 'NO' }, {}).edits).toMatchObject({
    [`${ADDRESS}.StateOrRegion`]: 'new york',
  });
});
