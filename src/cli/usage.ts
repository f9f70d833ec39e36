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

/** What `parse` makes of a command's arguments; deals with `--help`, and with what `parse` throws. */
export function understood<T>(args: readonly string[], usage: string, parse: (args: string[]) => T): T {
  helpIfAsked(args, usage);
  try {
    return parse([...args]);
  } catch (error) {
    return misused(error, usage);
  }
}

/** Whether a command that takes no more than `--json` was given it. */
export const asksForJson = (args: readonly string[], usage: string): boolean =>
  understood(
    args,
    usage,
    (given) => parseArgs({ args: given, options: { json: { type: 'boolean', default: false } } }).values.json,
  );
