import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Config, readToolConfig } from '../config/config.ts';
import { type EnvFile, loadEnvFile } from '../config/env-file.ts';

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options }>
>['values'];

/** What a command is, beside what all of them do alike. */
interface Command<Options extends ParseArgsOptionsConfig> {
  readonly usage: string;
  readonly options: Options;
  /** What stands in front of what went wrong. */
  readonly failure: string;
  /**
   * Answers the exit status: 0 where all is well.
   *
   * @throws Misused where the arguments ask for nothing that there is; any other Error is said in words, with exit status 1
   */
  readonly run: (values: Values<Options>, surroundings: Surroundings) => Promise<0 | 1>;
}

interface Surroundings {
  readonly envFile: EnvFile;
  /** The settings that a tool beside the bot needs. @throws SettingsProblems */
  readonly config: () => Pick<Config, 'database' | 'paused'>;
}

class SettingsProblems extends Error {}

/** Says how the command is used, with exit status 2. */
export class Misused extends Error {}

/**
 * Runs a command: reads `.env` and the arguments, answers `--help`, says what went wrong, and ends the process: with 2
 * where the arguments can't be understood.
 */
export async function runCommand<Options extends ParseArgsOptionsConfig>({
  usage,
  options,
  failure,
  run,
}: Command<Options>): Promise<void> {
  const envFile = loadEnvFile();
  const values = understood(usage, options);
  const config = () => {
    const read = readToolConfig(process.env, envFile);
    if (!read.ok) throw new SettingsProblems(read.problems.join('\n'));
    return read.config;
  };
  try {
    const status = await run(values, { envFile, config });
    // Whatever is still open isn't waited for, but for what was printed.
    process.stdout.write('', () => process.exit(status));
  } catch (error) {
    if (error instanceof Misused) misused(error.message, usage);
    // Whoever reads along has read enough (`| head`).
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(0);
    const problem = error instanceof Error ? error.message : String(error);
    console.error(error instanceof SettingsProblems ? problem : `${failure}: ${problem}`);
    process.exit(1);
  }
}

/** Says what a command didn't understand, and how it is used; ends the process with 2. */
export function misused(problem: string, usage: string): never {
  console.error(`${problem}\n\n${usage}`);
  process.exit(2);
}

/** The command's arguments; answers `--help`, and says what isn't understood. */
export function understood<Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
): Values<Options> {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error), usage);
  }
}
