import { expect, test } from 'vitest';
import { isWithAws, reviewStatus } from '../../src/aws/review-status.ts';

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

test.each(['Disqualified', 'On Hold', 'In review again'])('%j is unknown and shown as it is', (fromAws) => {
  expect(reviewStatus(fromAws)).toEqual({ status: 'unknown', shown: fromAws });
});

test.each([undefined, '', ' \u200B', 'No review status', 'no-review-status'])(
  '%j is no status, in words that read the same again',
  (fromAws) => {
    const read = reviewStatus(fromAws);
    expect(read).toEqual({ status: 'none', shown: 'No review status' });
    expect(reviewStatus(read.shown)).toEqual(read);
  },
);

test('only what AWS has for its review, or has decided on, counts as submitted', () => {
  const withAws = ['Submitted', 'In review', 'Approved', 'Rejected'];
  const all = [...withAws, 'Pending Submission', 'Action Required', 'Disqualified', undefined];
  expect(all.filter((status) => isWithAws(reviewStatus(status).status))).toEqual(withAws);
});

test.each([
  ['a NUL, which no database takes', 'In\u0000 review', 'In review'],
  ['marks that turn text round', '\u202ESubmitted\u202C', 'Submitted'],
  ['half a character', 'On hold \ud83d', 'On hold'],
  ['a line break', 'On\r\nhold', 'On hold'],
])('%s is left out', (_, fromAws, shown) => {
  expect(reviewStatus(fromAws).shown).toBe(shown);
});
