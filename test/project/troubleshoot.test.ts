import { expect, test } from 'vitest';
import { filesIn, readFile } from './imports.ts';
import { loggedTexts, startErrors } from './log-messages.ts';

/** Wherever its lines break. */
const page = readFile('docs/troubleshoot.md').replaceAll(/\s+/g, ' ');

test('every headline a seller can read is in the troubleshooting table', () => {
  // A text in quotes, or one that ends where something is filled in.
  const headlines = filesIn('src').flatMap((file) =>
    [...readFile(file).matchAll(/\bheadline:\s*(?:\w+\s*\?\s*)?(?:'([^']+)'|"([^"]+)"|`([^`$]+))/g)].map(
      ([, single, double, filled]) => (single ?? double ?? filled ?? '').trim(),
    ),
  );
  expect(headlines.length).toBeGreaterThan(25);
  expect(headlines.filter((headline) => !page.includes(headline))).toEqual([]);
});

test('everything the log says at warn or above is in the table for operators', () => {
  const texts = loggedTexts();
  expect(texts.length).toBeGreaterThan(40);
  expect(texts.filter((text) => !page.includes(text))).toEqual([]);
});

test('what the bot says when it does not start is on the page', () => {
  const texts = startErrors();
  expect(texts.length).toBeGreaterThan(8);
  expect(texts.filter((text) => !page.includes(text))).toEqual([]);
});
