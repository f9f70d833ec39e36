import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withValueAt } from '../../src/aws/values.ts';
import { mendedBy, readSame } from '../../src/edits/field-kinds.ts';
import { fieldsAt, fieldsToSendBack, stampOf, tidy } from '../../src/edits/fields.ts';
import { problemsOf } from '../../src/edits/save.ts';
import { isRuleName, READINESS_RULES } from '../../src/opportunities/readiness.ts';
import { hostileText } from '../slack/hostile.ts';
import { opportunities } from '../slack/surfaces/arbitrary.ts';

const paths = (json: object, nationalSecurity = false) =>
  fieldsToSendBack({ ...json }, nationalSecurity).map(({ path }) => path);

/** Where AWS wrote something of its own. */
const WRITTEN = [
  'Customer.Account.Address.City',
  'Customer.Account.Address.StateOrRegion',
  'Customer.Account.Industry',
  'Customer.Contacts[0].Email',
  'Marketing.Channels',
  'Marketing.Source',
  'Project.CustomerUseCase',
  'Project.DeliveryModels',
  'Project.ExpectedCustomerSpend[0].CurrencyCode',
  'Project.SalesActivities',
] as const;
const LISTS: ReadonlySet<string> = new Set([
  'Marketing.Channels',
  'Project.DeliveryModels',
  'Project.SalesActivities',
]);

describe('the fields that a form offers', () => {
  test('what comes back untouched counts as untouched, whatever AWS wrote', () => {
    const everything = [
      ...Object.keys(READINESS_RULES)
        .filter(isRuleName)
        .flatMap((rule) => mendedBy(rule, false)),
      ...WRITTEN,
    ];
    fc.assert(
      fc.property(opportunities, fc.constantFrom(...WRITTEN), hostileText, (opportunity, written, text) => {
        const json = withValueAt(opportunity, written, LISTS.has(written) ? [text, text] : text);
        for (const { path, value, choices } of [
          ...fieldsToSendBack(json, false),
          ...fieldsAt(json, everything),
        ]) {
          // Of several, Slack sends what is ticked once, in the order of the options.
          const sent =
            typeof value === 'string' ? value : (choices ?? []).filter((each) => value.includes(each));
          expect(stampOf('form', path, tidy(sent))).toBe(stampOf('form', path, value));
        }
      }),
    );
  });

  test('an amount has fields of its own, each of several with its number; without any there is room for one', () => {
    const two = { Project: { ExpectedCustomerSpend: [{ Amount: '1' }, { Amount: '2' }] } };
    expect(paths(two).filter((path) => path.endsWith('.Amount'))).toEqual([
      'Project.ExpectedCustomerSpend[0].Amount',
      'Project.ExpectedCustomerSpend[1].Amount',
    ]);
    expect(paths({})).toContain('Project.ExpectedCustomerSpend[0].Amount');
  });

  test('what AWS redacts, or no input can show, is not offered', () => {
    const json = {
      Customer: { Account: { WebsiteUrl: 'REDACTED', Address: { City: '*****', PostalCode: 5003 } } },
      Project: { CustomerBusinessProblem: 'x'.repeat(3001) },
    };
    expect(paths(json)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/WebsiteUrl|City|PostalCode|CustomerBusinessProblem/)]),
    );
    expect(paths({ NationalSecurity: 'Yes' }, true)).toEqual(['LifeCycle.TargetCloseDate']);
  });

  test('a sentence that holds the word is no redaction; AWS’s mark alone is', () => {
    const problem = (text: string) => paths({ Project: { CustomerBusinessProblem: text } });
    const path = 'Project.CustomerBusinessProblem';
    expect(problem('Their archive has redacted pages; they want them found.')).toContain(path);
    for (const mark of ['REDACTED', '[Redacted]', ' ***redacted*** ', '****']) {
      expect(problem(mark)).not.toContain(path);
    }
  });

  test('the stage of a draft is never offered, whatever is asked for', () => {
    expect(fieldsAt({ LifeCycle: { Stage: 'Prospect' } }, ['LifeCycle.Stage'])).toEqual([]);
  });

  test('what AWS takes from a list is chosen from it, in its spelling, with what is there', () => {
    const choices = (json: object, path: string) => {
      const [field] = fieldsAt({ ...json }, [path]);
      return { kind: field?.kind, value: field?.value, choices: field?.choices?.slice(0, 2) };
    };
    const state = 'Customer.Account.Address.StateOrRegion';
    const address = (Address: object) => ({ Customer: { Account: { Address } } });
    expect(choices(address({ CountryCode: 'US', StateOrRegion: 'new york' }), state)).toEqual({
      kind: 'list',
      value: 'New York',
      choices: ['Alabama', 'Alaska'],
    });
    expect(choices(address({ CountryCode: 'NO', StateOrRegion: 'Vestland' }), state)).toMatchObject({
      kind: 'line',
      value: 'Vestland',
    });
    const currency = (AwsPartition: string | undefined) => {
      const json = { Project: { AwsPartition, ExpectedCustomerSpend: [{ CurrencyCode: 'GBP' }] } };
      return fieldsAt(json, ['Project.ExpectedCustomerSpend']).find(({ path }) =>
        path.endsWith('CurrencyCode'),
      );
    };
    expect(currency('aws-eusc')).toMatchObject({ value: 'GBP', choices: ['EUR'] });
    expect(currency(undefined)).toMatchObject({ value: 'GBP', choices: ['USD'] });
  });

  test('a close date that is no day is shown as none', () => {
    const json = { LifeCycle: { TargetCloseDate: '2026-02-30' } };
    expect(fieldsAt(json, ['LifeCycle.TargetCloseDate'])).toMatchObject([{ value: '' }]);
  });
});

test.each([
  ['Project.ExpectedCustomerSpend[0].Amount', '2500', '2500.00', true],
  ['Project.ExpectedCustomerSpend[0].Amount', '', '0', false],
  ['Customer.Account.Address.PostalCode', '0150', '150', false],
  ['PrimaryNeedsFromAws', ['b', 'a'], ['a', 'b'], true],
])('of %s, %j and %j read the same: %s', (path, one, other, same) => {
  expect(readSame(path, one, other)).toBe(same);
});

describe('what was typed', () => {
  const given = {
    nationalSecurity: false,
    catalog: 'AWS' as const,
    now: new Date('2026-11-24T09:00:00Z'),
  };
  const problems = (changed: Record<string, string>, all: Record<string, string> = {}) =>
    Object.fromEntries(
      problemsOf(new Map(Object.entries(changed)), new Map(Object.entries({ ...all, ...changed })), given),
    );

  test.each(['0', '0.00', '-1', '1,000', '1.234', 'EUR 5', '007', '1e3', ''])('%j is no amount', (amount) => {
    expect(problems({ 'Project.ExpectedCustomerSpend[0].Amount': amount })).toEqual({
      'Project.ExpectedCustomerSpend[0].Amount': 'amount',
    });
  });

  test.each(['1', '0.5', '0.01', '2500.00', '123456789012345678901234567890.'])('%j is one', (amount) => {
    expect(problems({ 'Project.ExpectedCustomerSpend[0].Amount': amount })).toEqual({});
  });

  test('one part of an amount asks for the others', () => {
    const spend = 'Project.ExpectedCustomerSpend[0]';
    const empty = { [`${spend}.CurrencyCode`]: '', [`${spend}.TargetCompany`]: '' };
    expect(problems({ [`${spend}.Amount`]: '5' }, empty)).toEqual({
      [`${spend}.CurrencyCode`]: 'currency',
      [`${spend}.TargetCompany`]: 'target-company',
    });
  });

  test('an estimate stands for the amount', () => {
    const spend = 'Project.ExpectedCustomerSpend[0]';
    const whole = {
      [`${spend}.CurrencyCode`]: 'USD',
      [`${spend}.TargetCompany`]: 'Self',
      [`${spend}.EstimationUrl`]: 'https://calculator.aws/#/estimate?id=1',
    };
    expect(problems({ [`${spend}.Amount`]: '' }, whole)).toEqual({});
    expect(problems({ [`${spend}.TargetCompany`]: 'Acme' })).toEqual({
      [`${spend}.TargetCompany`]: 'target-company',
    });
    expect(problems({ [`${spend}.CurrencyCode`]: 'GBP' })).toEqual({ [`${spend}.CurrencyCode`]: 'currency' });
  });

  test('a deal closes after today, and a need for no support stands alone', () => {
    const closing = 'LifeCycle.TargetCloseDate';
    expect(problems({ [closing]: '2026-11-24' })).toEqual({ [closing]: 'close-date' });
    expect(problems({ [closing]: '2026-11-25' })).toEqual({});
    const needs = ['Do Not Need Support from AWS Sales Rep', 'Co-Sell - Deal Support'];
    expect(
      problemsOf(new Map([['PrimaryNeedsFromAws', needs]]), new Map([['PrimaryNeedsFromAws', needs]]), given),
    ).toEqual(new Map([['PrimaryNeedsFromAws', 'needs-mixed']]));
  });

  test('a postal code can only be left out where the country has none', () => {
    const at = (name: string) => `Customer.Account.Address.${name}`;
    const moved = (country: string) => problems({ [at('CountryCode')]: country }, { [at('PostalCode')]: '' });
    expect(moved('DE')).toEqual({ [at('PostalCode')]: 'postal-code' });
    expect(moved('AE')).toEqual({});
  });

  test('what was wrong before and was not touched keeps nobody from saving the rest', () => {
    const wrong = { 'LifeCycle.TargetCloseDate': '2020-01-31', 'Customer.Account.WebsiteUrl': '' };
    expect(problems({ 'Customer.Account.Address.City': 'Oslo' }, wrong)).toEqual({});
  });

  test('is not longer than AWS takes', () => {
    const path = 'Customer.Account.Address.PostalCode';
    expect(problems({ [path]: '1'.repeat(21) })).toEqual({ [path]: 'too-long' });
  });
});
