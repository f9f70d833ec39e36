import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { styleText } from 'node:util';

/** A person at a terminal. */
export interface Terminal {
  /** Prints a line. */
  say(text: string): void;
  /** Prints a heading, with space above it. */
  title(text: string): void;
  /**
   * What the person types, trimmed; nothing of it is shown where it is hidden.
   *
   * @throws Ended where they end it instead (Ctrl+C, Ctrl+D)
   */
  ask(question: string, options?: { readonly hidden: boolean }): Promise<string>;
  close(): void;
}

export class Ended extends Error {}

export function openTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Terminal {
  let isHidden = false;
  const shown = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) output.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output: shown, terminal: true, historySize: 0 });
  // From here on, so that nothing is lost that is typed or pasted while an answer is being checked.
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
      if (done === true) throw new Ended();
      return value.trim();
    },
    close: () => lines.close(),
  };
}
