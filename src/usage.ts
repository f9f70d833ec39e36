import { parseArgs } from 'node:util';

/** Prints how a command is used, and ends the process, where `--help` is among its arguments. */
export function helpIfAsked(args: readonly string[], usage: string): void {
  if (!args.some((arg) => arg === '--help' || arg === '-h')) return;
  console.log(usage);
  process.exit(0);
}

/** Says what a command didn't understand, and how it is used; ends the process with 2. */
export function misused(problem: unknown, usage: string): never {
  console.error(`${problem instanceof Error ? problem.message : String(problem)}\n\n${usage}`);
  process.exit(2);
}

/** Whether a command that takes no more than `--json` was given it; deals with `--help` and with anything else. */
export function asksForJson(args: readonly string[], usage: string): boolean {
  helpIfAsked(args, usage);
  try {
    return parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } }).values.json;
  } catch (error) {
    return misused(error, usage);
  }
}
