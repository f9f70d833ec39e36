import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { EDIT_STATES } from '../../src/edits/edit.ts';
import { createLog } from '../../src/observability/log.ts';
import { createObserve } from '../../src/observability/observe.ts';
import { STATES } from '../../src/submissions/submission.ts';
import { readFile } from './imports.ts';

const PREFIX = 'opportunity_bot_';

/** Everything the bot can say, once each. */
async function everything(): Promise<string> {
  const at = new Date().toISOString();
  const observe = createObserve({
    overview: async () => ({
      at,
      states: STATES.map((state) => ({ state, count: 1, oldest: at })),
      waitingForAws: { count: 1, oldest: at },
      edits: { count: 1, oldest: at, states: EDIT_STATES.map((state) => ({ state, count: 1 })) },
      untold: { count: 1, oldest: at },
      attention: [],
      pause: null,
      lastPoll: at,
      lastSweep: at,
    }),
    log: createLog('silent'),
    writes: async () => undefined,
    paused: false,
    socketConnected: () => true,
    socketsCounted: () => 1,
    stuck: () => [],
    buildInfo: { version: '1', catalog: 'AWS', transport: 'socket' },
    clock: systemClock,
    processFigures: false,
  });
  for (const outcome of ['ok', 'failed', 'unacknowledged'] as const)
    observe.seen({ kind: 'command', name: '', teamId: 'T1', outcome, acknowledgedMs: 1 });
  for (const outcome of ['ok', 'retryable', 'refused', 'operator', 'unknown'] as const) {
    observe.called({ operation: 'GetOpportunity', outcome, code: undefined, requestId: undefined, ms: 1 });
  }
  observe.told('submission', 'told', {});
  return observe.registry.metrics();
}

let text = '';
let names: readonly string[] = [];
beforeAll(async () => {
  text = await everything();
  names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name);
});

describe('deploy/alerts.yml', () => {
  const { groups } = z
    .strictObject({
      groups: z.array(
        z.strictObject({
          name: z.string(),
          rules: z.array(
            z.strictObject({
              alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
              expr: z.string(),
              for: z
                .string()
                .regex(/^\d+m$/)
                .optional(),
              labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
              annotations: z.strictObject({ summary: z.string(), description: z.string() }),
            }),
          ),
        }),
      ),
    })
    .parse(parse(readFile('deploy/alerts.yml')));
  const rules = groups.flatMap((group) => group.rules);

  test('names each rule once', () => {
    expect(rules.length).toBeGreaterThan(8);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  test.each(rules)(
    '$alert asks for metrics that the bot has, by labels and values that they have',
    ({ expr }) => {
      const asked = [...expr.matchAll(/\b(opportunity_bot_\w+?)(_bucket|_count|_sum)?\b(?:\{([^}]*)\})?/g)];
      expect(asked.length).toBeGreaterThan(0);
      for (const [, name = '', , selectors = ''] of asked) {
        expect(names).toContain(name);
        const lines = text.split('\n').filter((line) => line.startsWith(name));
        for (const [, label, values = ''] of selectors.matchAll(/(\w+)(?:=~|!=|=)"([^"]*)"/g)) {
          for (const value of values.split('|').filter((each) => each !== 'event_callback')) {
            expect(
              lines.some((line) => line.includes(`${label}="${value}"`)),
              `${label}="${value}"`,
            ).toBe(true);
          }
        }
      }
    },
  );
});

describe('docs/observe.md', () => {
  const rows = [...readFile('docs/observe.md').matchAll(/^\| `([a-z_]+)` \| (counter|gauge|histogram)/gm)];

  test('has every metric in its table, each with its type', () => {
    const types = new Map(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => [name, type]),
    );
    expect(rows.map(([, name]) => `${PREFIX}${name}`).sort()).toEqual([...names].sort());
    for (const [, name, type] of rows) expect(types.get(`${PREFIX}${name}`), name).toBe(type);
  });
});
