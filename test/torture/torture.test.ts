import { describe, expect, test } from 'vitest';
import { actions } from '../../torture/actions/index.ts';
import { whyNotAround } from '../../torture/database.ts';
import { decide } from '../../torture/decisions.ts';
import { reportOf } from '../../torture/report.ts';
import { run } from '../../torture/run.ts';
import { createTrace } from '../../torture/trace.ts';
import { postgresUrl } from '../database/databases.ts';

/** Another one each time; the seed of a run that fails is in its name and in what it prints. */
const SEED = Number(process.env.TORTURE_TEST_SEED ?? Date.now() % 1_000_000);
const STEPS = 200;
/** Of the machine: what a slow one hasn't come to by then is left out. */
const MOST_MS = 4000;
const MOST_IN_ALL_MS = 80_000;

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
      // Before the test is ended, which would say nothing of it.
      signal: AbortSignal.timeout(MOST_IN_ALL_MS),
      // Its servers are up then.
      goesOn: (step) => {
        began ??= performance.now();
        return step <= STEPS && performance.now() - began < MOST_MS;
      },
    });
    const { steps, problems, outcomes } = result;
    console.log(`Torture on ${name}, seed ${SEED}: ${steps} steps, ${JSON.stringify(outcomes)}`);
    if (problems.length > 0) expect.fail(reportOf(result, { seed: SEED, database }));
  });
});

test('what there is to know of a run that fails is in one text: its last steps, what does not hold, and how to repeat it', () => {
  const trace = createTrace(() => new Date(0));
  trace.did(7, { name: 'a deal is entered', actor: 'AWS' }, 'U1', 'O1001');
  const failed = {
    steps: 50,
    problems: ['O1001 (one) is still requested'],
    accounts: ['O1001  record one: null → requested'],
    trace,
    outcomes: {},
    bots: 1,
    held: [],
    logs: ['{"msg":"sending"}'],
  };
  const report = reportOf(failed, { seed: 7, database: 'sqlite', more: ' --only late' });
  for (const part of [
    '7  1970-01-01T00:00:00.000Z  a deal is entered: O1001',
    'still requested',
    'null → requested',
    '"msg":"sending"',
    'npm run torture -- --seed 7 --steps 50 --database sqlite --only late',
  ]) {
    expect(report).toContain(part);
  }
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
