import { expect, test } from 'vitest';
import { reviewStatus } from '../../src/partner-central/review-status.ts';

test.each([
  ['Pending Submission', 'Pending Submission'],
  ['pending-submission', 'Pending Submission'],
  ['Submitted', 'Submitted'],
  ['In review', 'In review'],
  ['In Review', 'In review'],
  ['In-Review', 'In review'],
  ['APPROVED', 'Approved'],
  ['Rejected', 'Rejected'],
  ['Action required', 'Action Required'],
  [' Action-Required ', 'Action Required'],
])('%j is read as %s, and shown so', (fromAws, status) => {
  expect(reviewStatus(fromAws)).toEqual({ status, shown: status });
});

test.each(['Disqualified', 'On Hold', '', 'In review again'])(
  '%j is unknown and shown as it is',
  (fromAws) => {
    expect(reviewStatus(fromAws)).toEqual({ status: 'unknown', shown: fromAws });
  },
);

test('no status at all is unknown', () => {
  expect(reviewStatus(undefined)).toEqual({ status: 'unknown', shown: '' });
});

test.each([
  ['a NUL, which no database takes', 'In\u0000 review', 'In review'],
  ['marks that turn text round', '\u202ESubmitted\u202C', 'Submitted'],
  ['half a character', 'On hold \ud83d', 'On hold'],
  ['a line break', 'On\r\nhold', 'On hold'],
])('%s is left out', (_, fromAws, shown) => {
  expect(reviewStatus(fromAws).shown).toBe(shown);
});
