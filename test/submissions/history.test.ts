import { expect, test } from 'vitest';
import { inOrder } from '../../src/submissions/history.ts';

const at = (what: string, second: number) => ({ what, at: new Date(Date.UTC(2026, 10, 24, 9, 0, second)) });

test('what was written later stays later, and what was changed meanwhile stands between', () => {
  const own = [
    at('sent', 2),
    at('accepted', 6),
    at('Submitted, read just before', 5),
    at('Action Required', 20),
  ];
  const changed = [at('changed', 21), at('saved', 22)];
  const told = (...trails: readonly [typeof own, typeof own]) => inOrder(...trails).map(({ what }) => what);
  expect(told(own, changed)).toEqual([
    'sent',
    'accepted',
    'Submitted, read just before',
    'Action Required',
    'changed',
    'saved',
  ]);
  expect(told(own, [at('changed before', 1), at('changed between', 7)])).toEqual([
    'changed before',
    'sent',
    'accepted',
    'Submitted, read just before',
    'changed between',
    'Action Required',
  ]);
  expect(told([], changed)).toEqual(['changed', 'saved']);
  expect(told(own, [])).toHaveLength(4);
});
