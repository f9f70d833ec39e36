import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLog, readableLine } from '../../src/observability/log.ts';

let line = '';
const log = createLog('debug', {
  write: (json) => {
    line = readableLine(json);
  },
});

test('an event is one line: when, how serious, what, and about what', () => {
  log.info({ submission: 'a-1', opportunity: 'O1001', why: 'Co-Sell, Full' }, 'recorded');
  expect(line).toMatch(
    /^\d\d:\d\d:\d\d info {2}recorded submission=a-1 opportunity=O1001 why="Co-Sell, Full"\n$/,
  );
});

test('an error shows its stack, indented', () => {
  log.error({ error: new TypeError('no such thing') }, 'a listener failed');
  const [head, name, ...stack] = line.trimEnd().split('\n');
  expect(head).toMatch(/ error a listener failed$/);
  expect(name).toBe('  TypeError: no such thing');
  expect(stack.length).toBeGreaterThan(1);
  expect(stack.every((each) => each.startsWith('      at '))).toBe(true);
});

test('what others wrote can’t act on the terminal or begin a line of its own, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, value) => {
      log.warn({ name, value, [`x${value}`]: value }, name);
      expect(line.endsWith('\n')).toBe(true);
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Bidi_C}]/u);
    }),
  );
});
