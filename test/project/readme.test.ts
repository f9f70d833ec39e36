import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, readFile, root } from './imports.ts';

const readme = readFile('README.md');
const { scripts, dependencies, devDependencies } = JSON.parse(readFile('package.json'));
const DOCUMENTS = ['README.md', 'SECURITY.md', 'CHANGELOG.md'];

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
  const files = [...text.matchAll(/`((?:src|docs|scripts|demo)\/[^`]*)`/g)].map(([, path = '']) => path);
  for (const target of [...links, ...files]) {
    const [path = '', section] = target.split('#');
    const file = path === '' ? document : path;
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

test('the README gives a reason for every dependency, and for none that is not there', () => {
  const section = readme.split('## Dependencies')[1]?.split('\n## ')[0] ?? '';
  const [runtime = '', development = ''] = section.split('For development only:');
  const named = (text: string) =>
    [...text.matchAll(/^\| (`[^|]+) \|/gm)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
      .sort();
  expect(named(runtime)).toEqual(Object.keys(dependencies).sort());
  expect(named(development)).toEqual(Object.keys(devDependencies).sort());
});

test("the README's IAM policy allows the operations the bot calls, in one catalog, and nothing else", () => {
  const policy = JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
  const operations = [
    ...readFile('src/partner-central/operations.ts').matchAll(
      /^ {4}(\w+): async .*(?:\n.*)?client\.(?:read|write)\('(\w+)'/gm,
    ),
  ].map(([, method = '', operation = '']) => ({ method, operation }));
  expect(operations.length).toBeGreaterThan(3);
  const sources = filesIn('src').map(readFile);
  const called = operations
    .filter(({ method }) => sources.some((source) => source.includes(`partnerCentral.${method}(`)))
    .map(({ operation }) => `partnercentral:${operation}`);

  expect(policy.Statement.flatMap((each: { Action: string | string[] }) => each.Action).sort()).toEqual(
    called.sort(),
  );
  for (const { Action, Resource, Condition } of policy.Statement) {
    expect(Condition).toEqual({ StringEquals: { 'partnercentral:Catalog': 'Sandbox' } });
    // The service knows no resource for lists.
    const lists = [Action].flat().every((action) => action.startsWith('partnercentral:List'));
    expect(Resource).toBe(
      lists ? '*' : 'arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/*',
    );
  }
});
