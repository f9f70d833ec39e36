import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { parse } from 'dotenv';
import { closestMatch } from 'leven';
import { type Environment, givenIn, settings } from './settings.ts';

/** What `.env` holds, or would have held. */
export interface EnvFile {
  /** What it gives a value, by name. */
  readonly held: Readonly<Record<string, string>>;
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
  if (mode === undefined) return { held: {}, problems: [], exposure: undefined };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      held: {},
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
    held: Object.fromEntries(held),
    problems: [...cutOff(text), ...unreadable(text)],
    exposure:
      // Windows has no such rights, and answers with everybody's.
      process.platform === 'win32' || (mode & OTHERS) === 0
        ? undefined
        : `${file} holds the bot's secrets, and others on this machine may read it: chmod 600 ${file}`,
  };
}

/** Stands for a `#` while the text is read once more; in nobody's `.env`. */
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

const OURS: readonly string[] = Object.keys(settings.shape);

/** Settings of ours whose names are common: a name like one of these may well be another program's own. */
const COMMON = /^(PORT|HOST|DATA_DIR|AWS_ENDPOINT_URL_STS|(SLACK|OPS|LOG)_.+)$/;
const OURS_ALONE = OURS.filter((name) => !COMMON.test(name));

/** Names in a `.env` that others read: Node, AWS's SDKs, libpq, Docker and `compose.yml`, the system. */
const OTHER_PROGRAMS =
  /^((AWS|NODE|PG|COMPOSE|DOCKER|LC)[A-Z0-9_]*|DATABASE_PASSWORD|LANG|TZ|TMPDIR|NO_COLOR|FORCE_COLOR|UV_THREADPOOL_SIZE|SSL_CERT_(FILE|DIR)|(HTTPS?|NO|ALL)_PROXY)$/i;

/**
 * What would be passed over without a word: what `.env` can't mean as it is read, and names that nobody reads, each with the
 * likeliest setting; a misspelt `SUBMITTERS` lets everybody submit.
 *
 * In `.env` every name is meant for the bot, except those of `OTHER_PROGRAMS`. The environment has other programs' names
 * too: there a name counts only if it is a slip away from a setting of the bot's alone, and that setting isn't set.
 */
export function passedOver(
  environment: Environment,
  { held, problems }: Pick<EnvFile, 'held' | 'problems'> = { held: {}, problems: [] },
): readonly string[] {
  const given = givenIn(environment);
  const unknown = Object.keys(given)
    .filter((name) => !OURS.includes(name))
    .flatMap((name) => {
      const meant = slipOf(name);
      if (Object.hasOwn(held, name)) {
        const likeliest =
          meant ?? (OTHER_PROGRAMS.test(name) ? undefined : nearest(name, OURS, name.length / 3));
        if (likeliest !== undefined) return [didYouMean(name, likeliest)];
        return OTHER_PROGRAMS.test(name)
          ? []
          : [`${name} is no setting of this bot: take it out of .env. docs/settings.md has them all.`];
      }
      return meant === undefined || given[meant] !== undefined ? [] : [didYouMean(name, meant)];
    });
  return [...problems, ...unknown];
}

const didYouMean = (name: string, likeliest: string): string =>
  `${name} is no setting of this bot: did you mean ${likeliest}?`;

/** The setting that a name is one letter away from, or two where it is long. */
const slipOf = (name: string): string | undefined => nearest(name, OURS_ALONE, name.length > 8 ? 2 : 1);

const nearest = (name: string, among: readonly string[], letters: number): string | undefined =>
  closestMatch(name.toUpperCase(), among, { maxDistance: Math.floor(letters) });

/** The file in which every setting is explained. */
const EXAMPLE = new URL('../../.env.example', import.meta.url);

/**
 * Writes settings into `.env`, whole or not at all and for this user's eyes only: into the one that is there, which is kept
 * beside it, or else into a copy of `.env.example`.
 *
 * @returns the name of the one before; undefined: there was none
 */
export function writeEnvFile(
  values: ReadonlyMap<string, string>,
  now: Date,
  file = '.env',
): string | undefined {
  const isThere = existsSync(file);
  const target = isThere ? realpathSync(file) : file;
  const text = withSettings(readFileSync(isThere ? target : EXAMPLE, 'utf8'), values);
  const fresh = `${target}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  const before = isThere ? `${file}.${now.toISOString().replaceAll(':', '-')}` : undefined;
  if (before !== undefined) {
    copyFileSync(target, before, constants.COPYFILE_EXCL);
    chmodSync(before, 0o600);
  }
  renameSync(fresh, target);
  return before;
}

/**
 * The text of a `.env` with these settings in it: each in the place of its name, commented out or not, else at the end;
 * all else as it was.
 *
 * @throws Error where a value can't be written so that it is read as it is
 */
export function withSettings(text: string, values: ReadonlyMap<string, string>): string {
  const ending = text === '' || text.endsWith('\n') ? '' : '\n';
  const written = [...values].reduce((before, [name, value]) => {
    const line = `${name}=${/[\s#'"`\\]/.test(value) ? `'${value}'` : value}`;
    const lines = before.split('\n');
    const set = lines.findLastIndex((each) => nameIn(each) === name);
    const at = set < 0 ? lines.findIndex((each) => each.startsWith(`#${name}=`)) : set;
    return at < 0 ? `${before}${line}\n` : lines.with(at, line).join('\n');
  }, `${text}${ending}`);
  const read = parse(written);
  for (const [name, value] of values) {
    if (read[name] !== value) throw new Error(`${name} has a value that .env can't hold`);
  }
  return written;
}

/** The name that a line gives a value to. */
const nameIn = (line: string): string | undefined => /^\s*(?:export\s+)?([\w.-]+)\s*=/.exec(line)?.[1];
