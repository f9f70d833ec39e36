import { filesIn, readFile } from './imports.ts';

/**
 * The texts that `src` hands to the log at warn, error and fatal: of a text with something filled in, what stands
 * before and after it. `failed` is what the queue of events calls its own; the doctor's goes to the terminal.
 */
export const loggedTexts = (): readonly string[] =>
  filesIn('src')
    .filter((file) => !file.startsWith('src/cli/doctor'))
    .flatMap((file) => callsIn(file, /\b(?:log\.(?:warn|error|fatal)|failed)\(/g).flatMap(textsIn))
    .filter((text) => text.includes(' '));

/** How the errors begin with which the bot, or a command of the operator's, ends before it has begun. */
export const startErrors = (): readonly string[] =>
  [
    ...['identity', 'connect', 'migrate', 'sqlite']
      .map((name) => `src/database/${name}.ts`)
      .flatMap((file) => callsIn(file, /\bnew Error\(/g))
      .map((call) => textsIn(call)[0] ?? ''),
    ...[...readFile('src/slack/installation.ts').matchAll(/\bsays: (['`].*)/g)].map(
      ([, text = '']) => textsIn(text)[0] ?? '',
    ),
  ].filter((text) => text.includes(' '));

/** What is handed to the calls that `call` finds; it ends with their opening bracket. */
const callsIn = (file: string, call: RegExp): readonly string[] => {
  const source = readFile(file);
  return [...source.matchAll(call)].map((found) => argumentsFrom(source, found.index + found[0].length));
};

/** The source from behind an opening bracket to the one that closes it. */
function argumentsFrom(source: string, start: number): string {
  let depth = 1;
  let end = start;
  while (depth > 0 && end < source.length) {
    const character = source[end];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    end += 1;
  }
  return source.slice(start, end - 1);
}

const textsIn = (source: string): readonly string[] =>
  [...source.matchAll(/'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`/g)].flatMap(([, single, double, filled]) =>
    filled === undefined ? [single ?? double ?? ''] : filled.split(/\$\{[^}]*\}/).map((part) => part.trim()),
  );
