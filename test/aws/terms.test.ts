import { expect, test } from 'vitest';
import * as terms from '../../src/aws/terms.ts';
import { isWithAws, reviewStatus } from '../../src/aws/terms.ts';
import { LIMITS } from '../../src/slack/blocks/elements.ts';
import { buttonFor } from '../../src/slack/blocks/outcome.ts';
import { lockExplained, lockOption } from '../../src/slack/forms/choices.ts';
import * as modal from '../../src/slack/forms/modal.ts';
import { forOpportunity, LABEL } from '../../src/slack/text.ts';

test('what stands in a choice of the modal fits there without being cut', () => {
  const explained = [
    ...Object.entries(terms.involvementExplained).flat(),
    ...Object.entries(terms.visibilityExplained).flat(),
    lockOption,
    lockExplained,
  ];
  for (const text of explained) expect(text.length, text).toBeLessThanOrEqual(LIMITS.optionText);
});

test('titles and buttons fit theirs', () => {
  for (const text of [
    modal.submitTitle,
    modal.submitLabel,
    modal.closeLabel,
    modal.cancelLabel,
    modal.continueLabel,
  ]) {
    expect(text.length, text).toBeLessThanOrEqual(LIMITS.viewTitle);
  }
  for (const text of Object.values(LABEL)) {
    expect(text.length, text).toBeLessThanOrEqual(LIMITS.buttonText);
    expect(forOpportunity(text, 'O1234567890123456789').length).toBeLessThanOrEqual(
      LIMITS.accessibilityLabel,
    );
  }
  for (const step of ['cancel', 'let-go'] as const) {
    const { confirm } = buttonFor(step, { id: '', opportunityId: '' });
    expect(confirm?.confirm?.text.length).toBeLessThanOrEqual(30);
    expect(confirm?.deny?.text.length).toBeLessThanOrEqual(30);
  }
});

test('each catalog is said in words nobody can mistake', () => {
  expect(terms.catalogName('AWS')).toBe('Production');
  expect(terms.catalogMeaning('AWS')).toContain('AWS sellers see what is submitted');
  expect(terms.catalogMeaning('Sandbox')).toContain('nothing reaches AWS sellers');
});

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
