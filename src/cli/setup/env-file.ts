import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';

/** The text to begin with: what is there, or else the example with every setting explained. */
export const envTextBefore = (file: string): string =>
  readFileSync(existsSync(file) ? file : new URL('../../../.env.example', import.meta.url), 'utf8');

/**
 * Writes the file whole or not at all, for this user's eyes only, and keeps the one before beside it.
 *
 * @returns the name of the copy; undefined: there was none before
 */
export function replaceEnvFile(file: string, text: string, now: Date): string | undefined {
  const target = existsSync(file) ? realpathSync(file) : file;
  const fresh = `${target}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  const copy = existsSync(target) ? `${file}.${now.toISOString().replaceAll(':', '-')}` : undefined;
  if (copy !== undefined) {
    copyFileSync(target, copy, constants.COPYFILE_EXCL);
    chmodSync(copy, 0o600);
  }
  renameSync(fresh, target);
  return copy;
}
