import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFile, root } from '../project/imports.ts';
import { mutants, occurrences } from './mutants.ts';

test('there are thirty, each with a name of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(30);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});

test.each(mutants)(
  '$name: its text is in $file once, and its tests are there',
  ({ file, text, instead, tests }) => {
    expect(occurrences(readFile(file), text)).toBe(1);
    expect(instead).not.toBe(text);
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((each) => !existsSync(join(root, each)))).toEqual([]);
  },
);
