import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { type Environment, givenIn, problemsIn, type Setting, settings } from '../../config/settings.ts';
import { type Finding, findingText } from '../doctor/finding.ts';

/** A question for one setting. */
export interface SettingQuestion {
  readonly setting: Setting | 'AWS_PROFILE';
  /** What Enter alone means is added to it. */
  readonly asks: string;
  readonly isSecret?: boolean;
  /** What Enter alone means where the setting has no value yet; undefined: it needs an answer. */
  readonly without?: string;
  /** A value that is there already has to be typed again. */
  readonly isAskedAnew?: boolean;
  /** What the person typed, as a value, or why it can't be one. */
  readonly read?: (
    typed: string,
  ) => Promise<{ readonly value: string } | { readonly problems: readonly string[] }>;
  /** Looks at the value where it is used. */
  readonly look: (value: string) => Promise<readonly Finding[]>;
}

/** What was answered so far, and what was there before. */
export interface Answers {
  /** What is set now: what was there, and each answer once it is right. */
  readonly environment: Record<string, string | undefined>;
  /** To be written. */
  readonly toWrite: ReadonlyMap<string, string>;
  /** Asks until the answer is right; what the environment itself sets isn't asked, since it wins over `.env`. */
  settle(question: SettingQuestion): Promise<string>;
}

/** @param environment is changed; @param held what `.env` holds, by name */
export function createAnswers(
  terminal: Terminal,
  environment: Record<string, string | undefined>,
  held: Environment,
): Answers {
  const toWrite = new Map<string, string>();

  /** Whether a value is right; says what was seen. Slack and AWS are asked only about a value of the right form. */
  const isRight = async ({ setting, look }: SettingQuestion, value: string): Promise<boolean> => {
    if (value === '') return true;
    const problems = problemsIn(settings.partial().safeParse({ [setting]: value }).error);
    for (const problem of problems) terminal.say(`  ✗ ${problem}`);
    if (problems.length > 0) return false;
    const findings = await look(value);
    for (const finding of findings) terminal.say(findingText(finding));
    return !findings.some(({ outcome }) => outcome === 'failed');
  };

  return {
    environment,
    toWrite,
    async settle(question) {
      const { setting, asks, isSecret = false, without, isAskedAnew = false, read } = question;
      const current = givenIn(environment)[setting] ?? '';
      if (current !== '' && current !== held[setting]) {
        terminal.say(`${setting} comes from the environment, which wins over .env.`);
        await isRight(question, current);
        return current;
      }
      const kept = isAskedAnew ? '' : current;
      const keep = kept === '' ? without : `keep ${isSecret ? 'the one there is' : kept}`;
      for (;;) {
        const typed = await terminal.ask(`${asks}${keep === undefined ? '' : ` [Enter: ${keep}]`}:`, {
          hidden: isSecret,
        });
        if (typed === '' && kept === '' && without === undefined) continue;
        const answer = typed === '' ? { value: kept } : await (read?.(typed) ?? { value: typed });
        if ('problems' in answer) {
          for (const problem of answer.problems) terminal.say(`  ✗ ${problem}`);
          continue;
        }
        if (!(await isRight(question, answer.value))) continue;
        environment[setting] = answer.value;
        toWrite.set(setting, answer.value);
        return answer.value;
      }
    },
  };
}

/** A person at a terminal. */
export interface Terminal {
  /** Prints a line. */
  say(text: string): void;
  /** Prints a heading, with space above it. */
  title(text: string): void;
  /**
   * What the person types, trimmed; nothing of it is shown where it is hidden.
   *
   * @throws SetupEnded where they end it instead (Ctrl+C, Ctrl+D)
   */
  ask(question: string, options?: { readonly hidden: boolean }): Promise<string>;
  close(): void;
}

export class SetupEnded extends Error {}

export function openTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Terminal {
  let isHidden = false;
  const shown = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) output.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output: shown, terminal: true, historySize: 0 });
  // Read from here on: what is typed or pasted while an answer is being checked is not lost.
  const typed = lines[Symbol.asyncIterator]();
  return {
    say: (text) => output.write(`${text}\n`),
    title: (text) => output.write(`\n${styleText('bold', text, { stream: output })}\n`),
    async ask(question, { hidden } = { hidden: false }) {
      output.write(hidden ? `${question} ` : '');
      isHidden = hidden;
      lines.setPrompt(`${question} `);
      lines.prompt();
      const { done, value } = await typed.next();
      isHidden = false;
      if (hidden || done === true) output.write('\n');
      if (done === true) throw new SetupEnded();
      return value.trim();
    },
    close: () => lines.close(),
  };
}
