import { expect, test } from 'vitest';
import { fieldsAt, stampOf } from '../../src/edits/fields.ts';
import { progressOf } from '../../src/edits/steps.ts';

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

test('a new amount brings the frequency that AWS asks for, where AWS answers none in any of its ways', () => {
  const frequency = `${SPEND}[0].Frequency`;
  for (const none of [{}, { Frequency: null }, { Frequency: '' }]) {
    expect(editsOf({ Amount: '1', ...none })).toEqual({ [AMOUNT]: '2500', [frequency]: 'Monthly' });
  }
  for (const Frequency of ['Monthly', 'None']) {
    expect(editsOf({ Amount: '1', Frequency })).toEqual({ [AMOUNT]: '2500' });
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
