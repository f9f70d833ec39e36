import { describe, expect, test } from 'vitest';
import { filesIn, importsOf, readFile, resolved, runtimeOf } from './imports.ts';

/** Every import in `folder` as `file → what`, where `what` is a path from the project's root or a package. */
const arrows = (folder: string, keep: (each: { what: string; typeOnly: boolean }) => boolean): string[] =>
  filesIn(folder).flatMap((file) =>
    importsOf(file)
      .map((each) => ({ what: resolved(file, each) ?? each.specifier, typeOnly: each.typeOnly }))
      .filter(keep)
      .map(({ what }) => `${file} → ${what}`),
  );

/** What `npm start` and the other scripts run; what `npm start` runs gets ready and leaves the rest to `main.ts`. */
const entryPoints: string[] = Object.values(JSON.parse(readFile('package.json')).scripts)
  .flatMap((script) => [...String(script).matchAll(/\bnode (src\/\S+)/g)].map(([, file = '']) => file))
  .map((file) => (file === 'src/start.ts' ? 'src/main.ts' : file));

test('these tests see the imports there are', () => {
  expect(arrows('src', () => true)).toEqual(
    expect.arrayContaining([
      'src/main.ts → src/app.ts',
      'src/env-file.ts → dotenv',
      'src/slack/connection.ts → @slack/bolt',
    ]),
  );
  expect(entryPoints).toContain('src/main.ts');
});

test('nothing in src knows the demo, the tests or the scripts', () => {
  expect(arrows('src', ({ what }) => /^(demo|test|scripts|bench)\//.test(what))).toEqual([]);
});

test('only what npm runs, and what reads .env for it, reads the environment; everything else is handed its settings', () => {
  const readers = filesIn('src').filter((file) => /\bprocess\s*\.\s*env\b|\bdotenv\b/.test(readFile(file)));
  expect(readers.filter((file) => ![...entryPoints, 'src/env-file.ts'].includes(file))).toEqual([]);
});

describe('what people read (slack/blocks) is made by pure functions', () => {
  const PURE = [
    /^src\/slack\/blocks\//,
    /^src\/slack\/(deal-page|ids|limits|text)\.ts$/,
    /^src\/words\//,
    /^src\/once\.ts$/,
    /^src\/partner-central\/(evidence|field-path|lists|national-security|places|readable|review-status)\.ts$/,
    /^src\/submissions\/(field-names|readiness|changes\/fixable)\.ts$/,
  ];

  test('it imports nothing that runs but its siblings, the words, and small pure rules', () => {
    expect(
      arrows('src/slack/blocks', ({ what, typeOnly }) => !typeOnly && !PURE.some((each) => each.test(what))),
    ).toEqual([]);
  });

  test('however deep: the only package that runs is the one that decodes HTML', () => {
    expect(runtimeOf(filesIn('src/slack/blocks')).packages).toEqual(['html-entities']);
  });

  test('of Slack it knows the types of blocks, nothing of Bolt or the client', () => {
    expect(arrows('src/slack/blocks', ({ what }) => /^@slack\/(?!types$)/.test(what))).toEqual([]);
  });
});

describe('the service layer (submissions) would read the same over Teams or e-mail', () => {
  test('it knows nothing of Slack, not even types', () => {
    expect(arrows('src/submissions', ({ what }) => /^(@slack\/|src\/slack\/)/.test(what))).toEqual([]);
  });

  test('it knows no HTTP and no database driver', () => {
    expect(
      arrows('src/submissions', ({ what }) =>
        /^(undici|aws4|pg|better-sqlite3|node:(https?|http2|net|tls))$/.test(what),
      ),
    ).toEqual([]);
  });

  test('the service and the connection to the database are handed to it', () => {
    const { files } = runtimeOf(filesIn('src/submissions'));
    expect(
      files.filter((file) =>
        /^src\/(partner-central\/(client|operations|transport|sign|credentials)|database\/connect)/.test(
          file,
        ),
      ),
    ).toEqual([]);
  });
});

test('the records of opportunities lie below the submissions, and what is to be told below both', () => {
  // Whose turn it is is handed to what follows AWS.
  const handed = /^src\/submissions\/jobs\.ts$/;
  expect(
    arrows(
      'src/opportunities',
      ({ what, typeOnly }) =>
        /^(@slack\/|src\/(slack|submissions|words)\/)/.test(what) && !(typeOnly && handed.test(what)),
    ),
  ).toEqual([]);
  expect(
    arrows('src/messages', ({ what }) => !/^(kysely|zod|src\/database\/schema\.ts)$/.test(what)),
  ).toEqual([]);
});

test('the client of Partner Central knows nothing of Slack, submissions or the database', () => {
  expect(
    arrows('src/partner-central', ({ what }) =>
      /^(@slack\/|src\/(slack|submissions|database|words)\/)/.test(what),
    ),
  ).toEqual([]);
});

test('the words are words: nothing runs when they are imported', () => {
  expect(arrows('src/words', ({ what, typeOnly }) => !typeOnly && !what.startsWith('src/words/'))).toEqual(
    [],
  );
});

test('who calls whom goes round in no circle', () => {
  const circles = filesIn('src').filter((file) =>
    importsOf(file)
      .filter(({ typeOnly }) => !typeOnly)
      .map((each) => resolved(file, each))
      .some((next) => next !== undefined && runtimeOf([next]).files.includes(file)),
  );
  expect(circles).toEqual([]);
});
