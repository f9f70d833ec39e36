import { understood } from '../src/cli/command.ts';
import type { Action } from './action.ts';
import { actions } from './actions/index.ts';
import { type DatabaseKind, whyNotAround } from './database.ts';
import { reportOf } from './report.ts';
import { type RunResult, run } from './run.ts';

/**
 * `npm run torture`: a random mix of people, faults and crashes over the stand-ins and the real databases, the same
 * mix for the same seed. Exit status 1, with the trace and how to repeat it, where something doesn't hold.
 */
const USAGE = `Usage: npm run torture -- [options]
  --seed N          the decisions; random where it isn't given
  --minutes M       how long on each database (1)
  --steps N         how many steps on each database, instead of a time
  --database NAME   sqlite or postgres; both, where it isn't given. PostgreSQL's servers are its own where they are
                    installed, else TEST_DATABASE_URL names one
  --only WORDS      only actions whose name has one of these words in it, divided by commas
  --without WORDS   all but those
  --trace           prints the last steps also where everything held
The actions: ${actions.map(({ name }) => name).join('; ')}.`;

const values = understood(USAGE, {
  seed: { type: 'string' },
  minutes: { type: 'string', default: '1' },
  steps: { type: 'string' },
  database: { type: 'string' },
  only: { type: 'string' },
  without: { type: 'string' },
  trace: { type: 'boolean', default: false },
});

/** @throws Error in words, where it isn't a number above 0. */
function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} is "${text}"; it has to be a number above 0.`);
  return number;
}

const matches = (words: string) => {
  const all = words.split(',').map((word) => word.trim());
  return ({ name }: { readonly name: string }) => all.some((word) => name.includes(word));
};

/** Of these actions, what this machine and this database have what it takes for; what is left out is said. */
function possible(chosen: readonly Action[], kind: DatabaseKind): readonly Action[] {
  return chosen.filter(({ name, around, only }) => {
    if (only !== undefined && only !== kind) return false;
    const why = around === undefined ? undefined : whyNotAround(around, kind);
    if (why !== undefined) console.log(`${kind}: left out is "${name}": ${why}.`);
    return why === undefined;
  });
}

const server = process.env.TEST_DATABASE_URL === '' ? undefined : process.env.TEST_DATABASE_URL;

/** @throws Error where there is no such database. */
function databases(chosen: readonly Action[]): readonly DatabaseKind[] {
  const { database } = values;
  if (database === 'sqlite') return ['sqlite'];
  if (database !== undefined && database !== 'postgres') throw new Error('--database is sqlite or postgres.');
  const hasServer =
    server !== undefined ||
    chosen.some(({ around }) => around === 'servers' && whyNotAround(around, 'postgres') === undefined);
  if (!hasServer && database === 'postgres') {
    throw new Error("PostgreSQL's server isn't installed, and TEST_DATABASE_URL names none.");
  }
  if (!hasServer)
    console.log('PostgreSQL is left out: no server is installed, and TEST_DATABASE_URL names none.');
  return [
    ...(database === 'postgres' ? [] : (['sqlite'] as const)),
    ...(hasServer ? (['postgres'] as const) : []),
  ];
}

function report(database: DatabaseKind, seed: number, result: RunResult, ms: number): void {
  const { steps, problems, trace, outcomes, bots, held } = result;
  console.log(
    `\n${database}, seed ${seed}: ${steps} steps in ${Math.round(ms / 1000)} s, ${bots} bots, records: ${JSON.stringify(outcomes)}`,
  );
  if (values.trace) {
    for (const [what, { done, impossible }] of trace.counts) {
      console.log(
        `${String(done).padStart(6)} done, ${String(impossible).padStart(6)} not possible: ${what}`,
      );
    }
  }
  console.log(held.join('\n'));
  if (problems.length === 0) {
    if (values.trace) console.log(`\nThe last steps:\n${trace.lines().join('\n')}`);
    console.log('Everything held.');
    return;
  }
  const { only, without } = values;
  const more = `${only === undefined ? '' : ` --only "${only}"`}${without === undefined ? '' : ` --without "${without}"`}`;
  console.log(`\n${reportOf(result, { seed, database, more })}`);
}

async function main(): Promise<void> {
  const seed =
    values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : numberOf('seed', values.seed);
  const steps = values.steps === undefined ? undefined : numberOf('steps', values.steps);
  const ms = numberOf('minutes', values.minutes) * 60_000;
  const { only, without } = values;
  const chosen = actions
    .filter((action) => only === undefined || matches(only)(action))
    .filter((action) => without === undefined || !matches(without)(action));
  const wanted = databases(chosen);
  console.log(`Seed ${seed}`);
  for (const name of wanted) {
    const began = performance.now();
    const result = await run({
      seed,
      actions: possible(chosen, name),
      database: name,
      server,
      goesOn: (step) => (steps === undefined ? performance.now() - began < ms : step <= steps),
      onProgress: (step) => {
        if (step % 500 === 0) console.log(`${name}: step ${step}`);
      },
    });
    report(name, seed, result, performance.now() - began);
    if (result.problems.length > 0) process.exitCode = 1;
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
