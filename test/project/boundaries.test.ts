import { describe, expect, test } from 'vitest';
import { filesIn, type Import, importsOf, readFile, resolved, runtimeOf, SURFACES } from './imports.ts';

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
  .flatMap((script) =>
    [...String(script).matchAll(/\bnode (?:--require \S+ )?(src\/\S+)/g)].map(([, file = '']) => file),
  )
  .map((file) => (file === 'src/start.ts' ? 'src/main.ts' : file));

test('these tests see the imports there are', () => {
  expect(arrows('src', () => true)).toEqual(
    expect.arrayContaining([
      'src/main.ts → src/app.ts',
      'src/config/env-file.ts → dotenv',
      'src/slack/connection.ts → @slack/bolt',
    ]),
  );
  expect(entryPoints).toContain('src/main.ts');
});

test('nothing in src knows the demo, the rehearsal, the tests or the scripts; nor does the rehearsal know the others', () => {
  expect(arrows('src', ({ what }) => /^(demo|rehearsal|test|scripts|bench)\//.test(what))).toEqual([]);
  expect(arrows('rehearsal', ({ what }) => /^(demo|test|scripts|bench)\//.test(what))).toEqual([]);
});

test('only what npm runs, with the frame of its commands, and what reads .env for it, reads the environment; everything else is handed its settings', () => {
  const readers = filesIn('src').filter((file) => /\bprocess\s*\.\s*env\b|\bdotenv\b/.test(readFile(file)));
  const may = [...entryPoints, 'src/cli/command.ts', 'src/config/env-file.ts'];
  expect(readers.filter((file) => !may.includes(file))).toEqual([]);
});

/** The rooms that each room may know, types included; itself, and files of no room, always. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  aws: [],
  database: [],
  opportunities: ['aws', 'database'],
  forms: ['aws', 'database', 'opportunities'],
  attempts: ['aws', 'database', 'opportunities', 'forms'],
  submissions: ['aws', 'database', 'opportunities', 'forms', 'attempts', 'edits'],
  edits: ['aws', 'database', 'opportunities', 'forms', 'attempts', 'submissions'],
};
/** What any of them may know besides: what is to be told (keys only), whose turn it is, where it is logged, what is set. */
const HANDED = [
  /^src\/messages\/outbox\.ts$/,
  /^src\/observability\/log\.ts$/,
  /^src\/config\/config\.ts$/,
  /^src\/worker\/scheduled-jobs\.ts$/,
];

describe('arrows between rooms point one way', () => {
  test.each(Object.entries(MAY_KNOW))('%s knows only what lies below it', (room, others) => {
    const isKnown = (what: string) =>
      [room, ...others].some((other) => what.startsWith(`src/${other}/`)) ||
      /^src\/[^/]+$/.test(what) ||
      HANDED.some((each) => each.test(what));
    expect(arrows(`src/${room}`, ({ what }) => what.startsWith('src/') && !isKnown(what))).toEqual([]);
  });

  test.each(Object.keys(MAY_KNOW))('%s would read the same over Teams or e-mail', (room) => {
    expect(arrows(`src/${room}`, ({ what }) => what.startsWith('@slack/'))).toEqual([]);
  });

  test('what is to be told knows the tables alone', () => {
    const known = importsOf('src/messages/outbox.ts').map((each) => resolved('src/messages/outbox.ts', each));
    expect(known.filter((what) => what !== undefined && what !== 'src/database/schema.ts')).toEqual([]);
  });
});

describe('the records know no HTTP and no driver, and are handed the service and the connection', () => {
  test.each(['opportunities', 'submissions', 'edits'])('%s', (room) => {
    expect(
      arrows(`src/${room}`, ({ what }) =>
        /^(undici|aws4|pg|better-sqlite3|node:(https?|http2|net|tls))$/.test(what),
      ),
    ).toEqual([]);
    const { files } = runtimeOf(filesIn(`src/${room}`));
    expect(
      files.filter((file) => /^src\/(aws\/(client|operations|transport)|database\/connect)/.test(file)),
    ).toEqual([]);
  });
});

describe('what people read is made by pure functions', () => {
  test('however deep: the only package that runs is the one that decodes HTML', () => {
    const surfaces = ['src/slack/blocks', 'src/slack/forms'].flatMap(filesIn);
    expect(runtimeOf(surfaces).packages).toEqual(['html-entities']);
  });

  test('what a message is about is handed in: its file knows the records, and nothing that reaches out', () => {
    expect(runtimeOf(SURFACES).packages).toEqual(['html-entities', 'kysely', 'zod']);
  });

  test('of Slack it knows the types of blocks, nothing of Bolt or the client', () => {
    const known = arrows('src', ({ what }) => /^@slack\/(?!types$)/.test(what));
    expect(known.filter((arrow) => SURFACES.some((file) => arrow.startsWith(`${file} `)))).toEqual([]);
  });

  test('the words are words: nothing runs when they are imported', () => {
    const words = filesIn('src').filter((file) => /words\.ts$|\/(outcomes|terms)\.ts$/.test(file));
    expect(words.length).toBeGreaterThan(2);
    const running = words.flatMap((file) =>
      importsOf(file)
        .filter(({ typeOnly }) => !typeOnly)
        .map((each) => resolved(file, each) ?? each.specifier)
        .filter((what) => !words.includes(what)),
    );
    expect(running).toEqual([]);
  });
});

test('who knows whom goes round in no circle, types included', () => {
  const next = new Map(
    filesIn('src').map((file) => [
      file,
      importsOf(file).flatMap((each: Import) => resolved(file, each) ?? []),
    ]),
  );
  const reaches = (from: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      for (const other of next.get(file) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        visit(other);
      }
    };
    visit(from);
    return seen;
  };
  expect([...next.keys()].filter((file) => reaches(file).has(file))).toEqual([]);
});

test('no file is longer than a person holds in mind', () => {
  const lines = (file: string) => readFile(file).split('\n').length - 1;
  expect(filesIn('src').filter((file) => lines(file) > 300)).toEqual([]);
});

/** Words, which are read as `words.cancelled` of their file; the other names of a file stand alone. */
const WORDS = /(?:words|outcomes)\.ts$/;

test('no name that is exported means two things', () => {
  const exported = filesIn('src')
    .filter((file) => !WORDS.test(file))
    .flatMap((file) =>
      [
        ...readFile(file).matchAll(/^export (?:async )?(?:function\*?|const|interface|type|class) (\w+)/gm),
      ].map(([, name = '']) => ({ name, file })),
    );
  const twice = [...Map.groupBy(exported, ({ name }) => name)].filter(([, { length }]) => length > 1);
  expect(twice.map(([name, where]) => `${name}: ${where.map(({ file }) => file).join(', ')}`)).toEqual([]);
});
