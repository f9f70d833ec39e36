import type { DatabaseKind } from './database.ts';
import type { RunResult } from './run.ts';

/** Of each bot's log, characters; and of how many bots. */
const LOG_LENGTH = 3000;
const LOGS = 4;

/** What there is to know of a run in which something doesn't hold. `more`: further options that repeat it. */
export function reportOf(
  { steps, problems, accounts, trace, logs }: RunResult,
  {
    seed,
    database,
    more = '',
  }: { readonly seed: number; readonly database: DatabaseKind; readonly more?: string },
): string {
  return [
    `The last steps:\n${trace.lines().join('\n')}`,
    `The last of the logs:\n${logs
      .slice(-LOGS)
      .map((log) => log.slice(-LOG_LENGTH))
      .join('\n---\n')}`,
    `Of the opportunities in question:\n${accounts.join('\n')}`,
    `Does not hold:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    `To repeat: npm run torture -- --seed ${seed} --steps ${steps} --database ${database}${more}`,
  ].join('\n\n');
}
