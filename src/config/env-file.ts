import { statSync } from 'node:fs';
import { config as loadDotenv } from 'dotenv';

/** Rights of a file that its group or everybody has. */
const OTHERS = 0o077;

/**
 * Adds what `.env` in the working folder holds to the environment, where there is one; what the environment has already
 * stays. Answers what is wrong with the file, in words for the operator; undefined: nothing.
 */
export function loadEnvFile(file = '.env'): string | undefined {
  loadDotenv({ quiet: true, path: file });
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  // Windows has no such rights, and answers with everybody's.
  if (mode === undefined || process.platform === 'win32' || (mode & OTHERS) === 0) return undefined;
  return `${file} holds the bot's secrets, and others on this machine may read it: chmod 600 ${file}`;
}
