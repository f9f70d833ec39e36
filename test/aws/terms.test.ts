import { expect, test } from 'vitest';
import * as terms from '../../src/aws/terms.ts';
import * as modal from '../../src/slack/forms/words.ts';
import { LIMITS } from '../../src/slack/limits.ts';
import * as messages from '../../src/slack/words.ts';

test('what stands in a choice of the modal fits there without being cut', () => {
  const explained = [
    ...Object.entries(terms.involvementExplained).flat(),
    ...Object.entries(terms.visibilityExplained).flat(),
    modal.lockOption,
    modal.lockExplained,
  ];
  for (const text of explained) expect(text.length, text).toBeLessThanOrEqual(LIMITS.optionText);
});

test('titles and buttons fit theirs', () => {
  for (const text of [modal.title, modal.submit, modal.close, modal.cancel, modal.next]) {
    expect(text.length, text).toBeLessThanOrEqual(LIMITS.viewTitle);
  }
  const buttons = [
    messages.cancel,
    messages.checkStatus,
    messages.showDetails,
    messages.tryAgain,
    messages.openInPartnerCentral,
    messages.openForm,
    modal.tryAgain,
  ];
  for (const text of buttons) {
    expect(text.length, text).toBeLessThanOrEqual(LIMITS.buttonText);
    expect(messages.forOpportunity(text, 'O1234567890123456789').length).toBeLessThanOrEqual(
      LIMITS.accessibilityLabel,
    );
  }
  for (const text of [messages.cancelConfirm, messages.cancelKeep])
    expect(text.length).toBeLessThanOrEqual(30);
});

test('each catalog is said in words nobody can mistake', () => {
  expect(terms.catalogName('AWS')).toBe('Production');
  expect(terms.catalogMeaning('AWS')).toContain('AWS sellers see what is submitted');
  expect(terms.catalogMeaning('Sandbox')).toContain('nothing reaches AWS sellers');
});
