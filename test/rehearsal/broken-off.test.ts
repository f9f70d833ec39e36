import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLAIMS } from '../../rehearsal/claims/index.ts';
import { clear } from '../../rehearsal/clear.ts';
import type { Gate } from '../../rehearsal/gate.ts';
import { openNotebook } from '../../rehearsal/notebook.ts';
import { type Play, rehearse, surroundingsOf } from '../../rehearsal/run.ts';
import { standIn, type World } from './rehearsals.ts';

/** Few, with every kind of call: a deal that is made within a claim, one made again, submitted, approved. */
const FEW = CLAIMS.filter(({ id }) =>
  ['submit-closing-today', 'same-client-token', 'submission-of-approved'].includes(id),
);

class Killed extends Error {}

/** A process that ends at its `at`th call: before it is sent, or after AWS has executed it and nobody read the answer. */
function killed(gate: Gate, at: number, when: 'before' | 'after'): Gate {
  let calls = 0;
  const through = async <Answered>(call: () => Promise<Answered>): Promise<Answered> => {
    calls += 1;
    if (calls === at && when === 'before') throw new Killed();
    const answered = await call();
    if (calls === at) throw new Killed();
    return answered;
  };
  return {
    ...gate,
    create: (entry) => through(() => gate.create(entry)),
    ask: (operation, entry, request) => through(() => gate.ask(operation, entry, request)),
    list: (company, filter) => through(() => gate.list(company, filter)),
  };
}

/** Whether the run came to its end. */
async function runUntilKilled(play: Play): Promise<boolean> {
  try {
    await rehearse(FEW, play);
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

/** What is open at AWS and could be closed: nothing, after the next run. */
const open = ({ aws }: World) =>
  aws
    .opportunities()
    .map(({ opportunity }) => JSON.stringify(opportunity.LifeCycle))
    .filter((lifeCycle) => !/"Closed Lost"|"Pending Submission"/.test(lifeCycle));

describe.each(['before', 'after'] as const)('a run that is broken off %s any of its calls', (when) => {
  test('leaves nothing that the next one does not know of, and close', { timeout: 60_000 }, async () => {
    for (let at = 1; ; at += 1) {
      // Fewer reads until a deal is found: fewer places to break off at that are alike.
      const world = await standIn({ observed: { createLagMs: 1_000 } });
      const first = world.begin();
      const ended = await runUntilKilled({ ...first, gate: killed(first.gate, at, when) });

      const next = world.begin();
      await clear(surroundingsOf(next), next.tell);
      const known = new Set(next.notebook.entries().map(({ id }) => id));
      const unknown = world.aws.opportunities().filter(({ opportunity }) => !known.has(opportunity.Id));
      expect(unknown, `broken off ${when} call ${at}`).toEqual([]);
      expect(open(world), `broken off ${when} call ${at}`).toEqual([]);
      expect(next.notebook.entries().filter(({ settled }) => settled === undefined)).toEqual([]);
      if (ended) {
        expect(at).toBeGreaterThan(20);
        return;
      }
    }
  });
});

test('a deal whose making broke off is found by its reference, or made by the same ClientToken: never twice', async () => {
  const { aws, begin } = await standIn();
  const first = begin();
  await runUntilKilled({ ...first, gate: killed(first.gate, 1, 'after') });
  expect(aws.opportunities()).toHaveLength(1);
  const next = begin();
  await clear(surroundingsOf(next), next.tell);
  expect(aws.opportunities()).toHaveLength(1);
  expect(next.notebook.entries().map(({ settled }) => settled)).toEqual(['left']);
});

test('deals of another account, which AWS does not find, hold nobody up, and stay in the notebook', async () => {
  const { begin, clock, told } = await standIn();
  const { notebook } = begin();
  for (const digit of '123456') {
    const token = `rehearsal-00000000-0000-4000-8000-00000000000${digit}`;
    notebook.making({ token, title: '', request: {} });
    notebook.made(token, `O${digit}`);
  }
  const next = begin();
  await clear(surroundingsOf(next), next.tell);
  expect(clock.monotonic()).toBeLessThan(20_000);
  expect(told).toContain('O1 is not closed: AWS does not find it. Was it made with another account?');
  expect(next.notebook.entries().filter(({ settled }) => settled === undefined)).toHaveLength(6);
});

describe('the notebook', () => {
  const A = 'rehearsal-00000000-0000-4000-8000-00000000000a';
  const B = 'rehearsal-00000000-0000-4000-8000-00000000000b';

  test('a line that was broken off is as if it was never written, and those after it count', async () => {
    const { begin, notebookFile } = await standIn();
    const { notebook } = begin();
    notebook.making({ token: A, title: 'A', request: {} });
    appendFileSync(notebookFile, '{"what":"making","tok');
    openNotebook(notebookFile).making({ token: B, title: 'B', request: {} });
    expect(
      openNotebook(notebookFile)
        .entries()
        .map(({ token }) => token),
    ).toEqual([A, B]);
  });

  test('a file that is something else is refused in words, and stays as it is', async () => {
    const { notebookFile } = await standIn();
    writeFileSync(notebookFile, '{"name":"a package"}\n');
    expect(() => openNotebook(notebookFile)).toThrow('is not the notebook of a rehearsal');
    expect(readFileSync(notebookFile, 'utf8')).toBe('{"name":"a package"}\n');
  });
});
