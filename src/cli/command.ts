import { parseArgs } from 'node:util';
import { readToolConfig, type ToolConfig } from '../config/config.ts';
import { type EnvFile, loadEnvFile } from '../config/env-file.ts';

/** What a command is, beside what all of them do alike. */
interface Command<Asked> {
  readonly usage: string;
  /** What the arguments ask for. @throws Error in words where they ask for nothing that there is. */
  readonly understand: (args: string[]) => Asked;
  /** What stands in front of what went wrong. */
  readonly failure: string;
  /** Answers the exit status: 0 where all is well. What it throws is said in words, with exit status 1. */
  readonly run: (asked: Asked, surroundings: Surroundings) => Promise<0 | 1>;
}

interface Surroundings {
  readonly envFile: EnvFile;
  /** The settings that a tool beside the bot needs. @throws SettingsProblems */
  readonly config: () => ToolConfig;
}

/**
 * Runs a command: reads `.env` and the arguments, answers `--help`, says what went wrong, and ends the process: with 2
 * where the arguments can't be understood.
 */
export async function runCommand<Asked>({ usage, understand, failure, run }: Command<Asked>): Promise<void> {
  const envFile = loadEnvFile();
  const asked = understood(process.argv.slice(2), usage, understand);
  try {
    const status = await run(asked, { envFile, config: () => toolConfig(envFile) });
    // Whatever is still open isn't waited for, but for what was printed.
    process.stdout.write('', () => process.exit(status));
  } catch (error) {
    // Whoever reads along has read enough (`| head`).
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(0);
    const problem = error instanceof Error ? error.message : String(error);
    console.error(error instanceof SettingsProblems ? problem : `${failure}: ${problem}`);
    process.exit(1);
  }
}

class SettingsProblems extends Error {}

function toolConfig(envFile: EnvFile): ToolConfig {
  const read = readToolConfig(process.env, envFile);
  if (!read.ok) throw new SettingsProblems(read.problems.join('\n'));
  return read.config;
}

/** Says what a command didn't understand, and how it is used; ends the process with 2. */
export function misused(problem: unknown, usage: string): never {
  console.error(`${problem instanceof Error ? problem.message : String(problem)}\n\n${usage}`);
  process.exit(2);
}

/** What `parse` makes of a command's arguments; deals with `--help`, and with what `parse` throws. */
export function understood<T>(args: readonly string[], usage: string, parse: (args: string[]) => T): T {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parse([...args]);
  } catch (error) {
    return misused(error, usage);
  }
}

/** Understands a command that takes no more than `--json`: whether it was given. */
export const asksForJson = (args: string[]): boolean =>
  parseArgs({ args, options: { json: { type: 'boolean', default: false } } }).values.json;
