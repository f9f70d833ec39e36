import { describe, expect, test } from 'vitest';
import { actions } from '../../torture/actions/index.ts';
import { whyNotAround } from '../../torture/database.ts';
import { decide } from '../../torture/decisions.ts';
import { run } from '../../torture/run.ts';
import { postgresUrl } from '../database/databases.ts';

/** Another one each time; the seed of a run that fails is in its name and in what it prints. */
const SEED = Number(process.env.TORTURE_TEST_SEED ?? Date.now() % 1_000_000);
const STEPS = 200;
/** Of the machine: what a slow one hasn't come to by then is left out. */
const MOST_MS = 4000;

describe.each([
  { name: 'SQLite', database: 'sqlite', left: false },
  { name: 'PostgreSQL with three replicas', database: 'postgres', left: postgresUrl === undefined },
] as const)('a short run of npm run torture on $name', ({ name, database, left }) => {
  test.skipIf(left)(`everything holds, seed ${SEED}`, { timeout: 90_000 }, async () => {
    let began: number | undefined;
    const result = await run({
      seed: SEED,
      actions: actions.filter(
        ({ around, only }) =>
          (only ?? database) === database &&
          (around === undefined || whyNotAround(around, database) === undefined),
      ),
      database,
      server: postgresUrl,
      // Its servers are up then.
      goesOn: (step) => {
        began ??= performance.now();
        return step <= STEPS && performance.now() - began < MOST_MS;
      },
    });
    const { steps, problems, outcomes, trace } = result;
    console.log(`Torture on ${name}, seed ${SEED}: ${steps} steps, ${JSON.stringify(outcomes)}`);
    if (problems.length > 0) console.log(trace.lines().join('\n'));
    expect(problems).toEqual([]);
  });
});

test('the same seed is the same decisions, another seed others', () => {
  const first = (seed: number) => {
    const names: string[] = [];
    for (const { step, action, random } of decide(seed, actions)) {
      if (step > 300) break;
      names.push(`${action.name} ${random.next()} ${random.between(1, 1000)}`);
    }
    return names;
  };
  expect(first(7)).toEqual(first(7));
  expect(first(8)).not.toEqual(first(7));
  // Neighbouring steps and seeds have nothing in common.
  expect(new Set([...first(7), ...first(8)]).size).toBe(600);
});
