import { existsSync, globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readFile, root } from './imports.ts';

const readme = readFile('README.md');
const { scripts, dependencies, devDependencies } = JSON.parse(readFile('package.json'));
const DOCUMENTS = ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...globSync('docs/*.md', { cwd: root })];

test.each(DOCUMENTS)('the npm scripts that %s names exist', (document) => {
  const named = [...readFile(document).matchAll(/\bnpm (?:run )?(start|test|(?<=run )[a-z:]+)/g)].map(
    ([, name = '']) => name,
  );
  if (document === 'README.md') expect(named).toEqual(expect.arrayContaining(['start', 'test', 'demo']));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test.each(DOCUMENTS)('the files and sections that %s points to exist', (document) => {
  const text = readFile(document);
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target));
  const files = [...text.matchAll(/`((?:src|docs|scripts|demo|deploy)\/[^`]*)`/g)].map(
    ([, path = '']) => path,
  );
  for (const target of [...links, ...files]) {
    const [path = '', section] = target.split('#');
    // Links count from the document, what is only named from the project's root.
    const linked = links.includes(target) ? join(dirname(document), path) : path;
    const file = path === '' ? document : linked;
    expect(existsSync(join(root, file)), target).toBe(true);
    if (section !== undefined) expect(sectionsOf(readFile(file)), target).toContain(section);
  }
});

/** Headings as addresses, as GitHub makes them. */
const sectionsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(DOCUMENTS.filter((document) => document !== 'CHANGELOG.md'))(
  'files of the code that %s names for short exist',
  (document) => {
    const code = globSync('{src,test,demo,bench,rehearsal,scripts,torture}/**/*.ts', { cwd: root }).map(
      (file) => `/${file}`,
    );
    const named = [...readFile(document).matchAll(/`([\w/.-]+\.ts)`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !code.some((file) => file.endsWith(`/${path}`)))).toEqual([]);
  },
);

test('the README leads to every document', () => {
  expect(DOCUMENTS.slice(1).filter((document) => !readme.includes(`](${document})`))).toEqual([]);
});

test('the README is read in three minutes, and its picture is no wait', () => {
  const [above = ''] = readme.split('## Documents');
  expect(above.split(/\s+/).length).toBeLessThanOrEqual(600);
  const [, picture = ''] = /!\[[^\]]+\]\(([^)]+)\)/.exec(above) ?? [];
  expect(statSync(join(root, picture)).size).toBeLessThanOrEqual(1024 * 1024);
});

test('every threat in SECURITY.md says where it is met', () => {
  const [, table = ''] = readFile('SECURITY.md').split('## What could go wrong');
  const rows = table.split('\n## ')[0]?.match(/^\| (?!---|threat).*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter((row) => !/`[^`]*(?:\/|Dockerfile|package\.json)[^`]*`/.test(row))).toEqual([]);
});

test('there is a reason for every dependency, and for none that is not there', () => {
  const [runtime = '', development = ''] = readFile('docs/dependencies.md').split('For development only:');
  const named = (text: string) =>
    [...text.matchAll(/^\| (`[^|]+) \|/gm)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
      .sort();
  expect(named(runtime)).toEqual(Object.keys(dependencies).sort());
  expect(named(development)).toEqual(Object.keys(devDependencies).sort());
});
