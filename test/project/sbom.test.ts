import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readFile, root } from './imports.ts';

const run = promisify(execFile);

const bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(
    z.object({
      name: z.string(),
      properties: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    }),
  ),
});

test('npm run sbom: a bill of materials, in which what is for development only is marked', async () => {
  const { stdout } = await run('npm', ['run', '-s', 'sbom'], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  const { components } = bill.parse(JSON.parse(stdout));
  const named = (forDevelopment: boolean) =>
    components
      .filter(
        ({ properties }) =>
          properties.some(({ name }) => name === 'cdx:npm:package:development') === forDevelopment,
      )
      .map(({ name }) => name);
  const { dependencies } = JSON.parse(readFile('package.json'));
  expect(named(false)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(named(true)).toEqual(expect.arrayContaining(['vitest', 'typescript', 'knip']));
});
