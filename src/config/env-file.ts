import { readFileSync, statSync } from 'node:fs';
import { parse } from 'dotenv';

/** What `.env` holds, or would have held. */
export interface EnvFile {
  /** The names it gives a value. */
  readonly names: readonly string[];
  /** What in it can't be meant as it is read, in words for the operator. */
  readonly problems: readonly string[];
  /** Who else may read it, in words for the operator; undefined: nobody. */
  readonly exposure: string | undefined;
}

/** Rights of a file that its group or everybody has. */
const OTHERS = 0o077;

/**
 * Adds what `.env` in the working folder holds to the environment, where there is one; what has a value there already
 * stays.
 */
export function loadEnvFile(file = '.env'): EnvFile {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return { names: [], problems: [], exposure: undefined };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      names: [],
      problems: [`The settings in ${file} can't be read: ${reason}.`],
      exposure: undefined,
    };
  }
  const held = Object.entries(parse(text)).filter(([, value]) => value.trim() !== '');
  for (const [name, value] of held) {
    // Empty counts as not set, here too: an empty CHANNELS in the environment doesn't open what the file closes.
    if ((process.env[name] ?? '').trim() === '') process.env[name] = value;
  }
  return {
    names: held.map(([name]) => name),
    problems: [...cutOff(text), ...unreadable(text)],
    exposure:
      // Windows has no such rights, and answers with everybody's.
      process.platform === 'win32' || (mode & OTHERS) === 0
        ? undefined
        : `${file} holds the bot's secrets, and others on this machine may read it: chmod 600 ${file}`,
  };
}

/** Stands for a `#` that is none; in nobody's `.env`. */
const MARK = '\uE000';

/**
 * To dotenv a `#` outside quotes begins a comment, wherever it stands: `CHANNELS=#sales` is empty. What is meant as a
 * comment has space on both sides.
 */
function cutOff(text: string): readonly string[] {
  const read = parse(text);
  return (
    Object.entries(parse(text.replaceAll('#', MARK)))
      .map(([name, value]) => ({ name, whole: value.replaceAll(MARK, '#') }))
      .filter(({ name, whole }) => whole !== read[name] && whole.includes('#'))
      // One that is still there was in quotes.
      .filter(({ name, whole }) => !read[name]?.includes('#') && !/^([^#]*\s)?#([\s#]|$)/.test(whole))
      .map(
        ({ name }) =>
          `${name} looks cut off at a # in .env, where that begins a comment: put a value with a # in quotes; a comment needs a space before and after its #.`,
      )
  );
}

/** Lines that dotenv passes over although they say something, as `CHANNELS:C1`. */
function unreadable(text: string): readonly string[] {
  const values = Object.values(parse(text));
  return text.split(/\r?\n/).flatMap((line, at) => {
    const isRead =
      /^\s*(#|$)/.test(line) ||
      Object.keys(parse(line)).length > 0 ||
      // A value in quotes may go over several lines.
      values.some((value) => value.includes('\n') && value.includes(line.split(/["'`]/)[0] ?? line));
    return isRead ? [] : [`Line ${at + 1} of .env isn't NAME=value, and would be passed over.`];
  });
}
