import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** A command at a pseudo-terminal, which shows what is typed unless the command hides it. */
export interface AtTerminal {
  /** Resolves once this stands on the screen, behind what was waited for before. */
  sees(text: string | RegExp): Promise<void>;
  /** Types a line. */
  types(line: string): void;
  /** Presses Ctrl and a letter. */
  presses(control: 'c' | 'd'): void;
  /** Resolves once the command has ended, with everything that stood on the screen. */
  ended(): Promise<{ readonly code: number | null; readonly screen: string }>;
}

/** Runs `command` by util-linux's `script`, which every Debian has. */
export function atTerminal(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): AtTerminal {
  const quoted = command.map((part) => `'${part}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', quoted, '/dev/null'], {
    ...options,
    env: { ...options.env, TERM: 'xterm', SHELL: '/bin/sh', PATH: process.env.PATH ?? '' },
  });
  let screen = '';
  let seen = 0;
  const changed = new EventTarget();
  child.stdout.on('data', (chunk) => {
    screen = `${screen}${stripVTControlCharacters(String(chunk))}`;
    changed.dispatchEvent(new Event('change'));
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    sees: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const rest = screen.slice(seen);
          const found = typeof text === 'string' ? rest.indexOf(text) : rest.search(text);
          if (found < 0) return;
          seen += found + 1;
          changed.removeEventListener('change', look);
          resolve();
        };
        changed.addEventListener('change', look);
        void exit.then(() => reject(new Error(`It ended without showing ${text}:\n${screen}`)));
        look();
      }),
    types: (line) => child.stdin.write(`${line}\r`),
    presses: (control) => child.stdin.write(control === 'c' ? '\x03' : '\x04'),
    ended: async () => ({ code: await exit, screen }),
  };
}
