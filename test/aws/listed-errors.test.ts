import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listedErrors } from '../../src/aws/listed-errors.ts';

test.each([
  [
    'one entry',
    'OPPORTUNITY_VALIDATION_FAILED project.salesActivities:Sales activities are required',
    [
      {
        code: 'OPPORTUNITY_VALIDATION_FAILED',
        fieldName: 'project.salesActivities',
        message: 'Sales activities are required',
      },
    ],
  ],
  [
    'several, one without a field',
    'BUSINESS_VALIDATION_EXCEPTION primaryNeedsFromAws: Not with Limited; ACTION_NOT_PERMITTED :Submit: not now;',
    [
      {
        code: 'BUSINESS_VALIDATION_EXCEPTION',
        fieldName: 'primaryNeedsFromAws',
        message: 'Not with Limited',
      },
      { code: 'ACTION_NOT_PERMITTED', fieldName: undefined, message: 'Submit: not now' },
    ],
  ],
  [
    'a semicolon in the text',
    'INVALID_VALUE Project.ExpectedCustomerSpend[0].Amount:Not this; another one',
    [
      {
        code: 'INVALID_VALUE',
        fieldName: 'Project.ExpectedCustomerSpend[0].Amount',
        message: 'Not this; another one',
      },
    ],
  ],
  [
    'a code alone',
    'ACTION_NOT_PERMITTED',
    [{ code: 'ACTION_NOT_PERMITTED', fieldName: undefined, message: '' }],
  ],
])('%s is read', (_what, text, errors) => {
  expect(listedErrors(text)).toEqual(errors);
});

test.each([
  '',
  ' ; ',
  '1 validation error detected: Title must be set; see the guide',
  'Not ready',
  'NOT READY: x',
])('%j lists nothing', (text) => {
  expect(listedErrors(text)).toEqual([]);
});

test('whatever comes, a field is no sentence', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('A_B c:', ';', 'A_B')), { maxLength: 8 }),
      (parts) => {
        for (const { fieldName, code } of listedErrors(parts.join(''))) {
          expect(fieldName ?? 'x').toMatch(/^\S+$/);
          expect(code).toMatch(/^[A-Z0-9_]+$/);
        }
      },
    ),
  );
});
