/**
 * `npm run mutants [-- NAME …]`: puts one deliberate fault after the other into a copy of the project, and runs the tests
 * that have to catch it. Names, or parts of them, choose some. Exit status 1 where one survives.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutants, occurrences } from '../test/mutants/mutants.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Milliseconds: a fault may also make a test wait for ever. */
const LONGEST_RUN_MS = 5 * 60_000;

type Verdict = 'caught' | 'survived' | 'its text is not there once' | 'its tests fail anyway';

/** A copy of what is in the project's folder, packages aside. */
function copyOfTheProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    // What was deleted and not yet committed is listed too.
    try {
      cpSync(join(root, file), join(copy, file));
    } catch {}
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

const pass = (copy: string, tests: readonly string[]): boolean =>
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', ...tests], {
    cwd: copy,
    stdio: 'ignore',
    timeout: LONGEST_RUN_MS,
  }).status === 0;

/** Whether these tests pass without any fault of ours: each set is tried once. */
function areSound(copy: string, tests: readonly string[], known: Map<string, boolean>): boolean {
  const key = tests.join(' ');
  const before = known.get(key) ?? pass(copy, tests);
  known.set(key, before);
  return before;
}

function tried(copy: string, { file, text, instead, tests }: Mutant, sound: Map<string, boolean>): Verdict {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (occurrences(source, text) !== 1) return 'its text is not there once';
  if (!areSound(copy, tests, sound)) return 'its tests fail anyway';
  writeFileSync(
    path,
    source.replace(text, () => instead),
  );
  try {
    return pass(copy, tests) ? 'survived' : 'caught';
  } finally {
    writeFileSync(path, source);
  }
}

const words = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const copy = copyOfTheProject();
try {
  const sound = new Map<string, boolean>();
  for (const mutant of chosen) {
    const verdict = tried(copy, mutant, sound);
    console.log(`${verdict}: ${mutant.name} (${mutant.file})`);
    if (verdict !== 'caught') process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
