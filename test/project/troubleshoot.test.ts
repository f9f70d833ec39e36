import { expect, test } from 'vitest';
import { filesIn, readFile } from './imports.ts';

const page = readFile('docs/troubleshoot.md');

test('every headline a seller can read is in the troubleshooting table', () => {
  // A text in quotes, or one that ends where something is filled in.
  const headlines = filesIn('src/words').flatMap((file) =>
    [...readFile(file).matchAll(/\bheadline:\s*(?:\w+\s*\?\s*)?(?:'([^']+)'|"([^"]+)"|`([^`$]+))/g)].map(
      ([, single, double, filled]) => (single ?? double ?? filled ?? '').trim(),
    ),
  );
  expect(headlines.length).toBeGreaterThan(25);
  expect(headlines.filter((headline) => !page.includes(headline))).toEqual([]);
});
