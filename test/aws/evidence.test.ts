import { describe, expect, test } from 'vitest';
import { basisIn, type Evidence, LISTS, LOCKS, RULES, weightIn } from '../../src/aws/evidence.ts';

const seen = (fields: Partial<Evidence>): Evidence => ({
  certainty: 'recorded',
  catalog: 'Sandbox',
  date: '2025-12',
  source: 'a recording',
  ...fields,
});
const { against: _none, ...acceptance } = seen({});

describe('what is known decides what is said', () => {
  test('seen in the catalog at hand, in the other one, or only written', () => {
    expect(basisIn('Sandbox', seen({}))).toBe('seen');
    expect(basisIn('AWS', seen({}))).toBe('seen-in-sandbox');
    expect(basisIn('Sandbox', seen({ catalog: 'AWS' }))).toBe('seen-in-production');
    expect(basisIn('AWS', seen({ catalog: 'both' }))).toBe('seen');
    expect(basisIn('AWS', seen({ certainty: 'prose', catalog: 'both' }))).toBe('written');
    expect(basisIn('Sandbox', seen({ certainty: 'contradictory' }))).toBe('written');
  });

  test('where reports contradict each other it is advice', () => {
    expect(weightIn('Sandbox', seen({ certainty: 'contradictory' }), 'block')).toBe('warn');
    expect(weightIn('Sandbox', seen({ certainty: 'contradictory' }), 'hint')).toBe('hint');
    expect(weightIn('Sandbox', seen({ certainty: 'one-report' }), 'block')).toBe('block');
  });

  test('what was seen against a rule silences it where it was seen, and never in the other catalog', () => {
    const contradicted = seen({ certainty: 'prose', catalog: 'both', against: acceptance });
    expect(weightIn('Sandbox', contradicted, 'block')).toBeUndefined();
    expect(weightIn('AWS', contradicted, 'block')).toBe('hint');
    const once = seen({ against: { ...acceptance, certainty: 'one-report' } });
    expect(weightIn('Sandbox', once, 'block')).toBe('hint');
  });
});

test('every entry says where and when', () => {
  const all: Evidence[] = [
    ...Object.values(LISTS),
    ...Object.values(RULES),
    ...Object.values(LOCKS).flatMap((byPath): Evidence[] => Object.values(byPath)),
  ];
  for (const { source, date } of all.flatMap((each) => [each, ...(each.against ? [each.against] : [])])) {
    expect(source).not.toBe('');
    expect(date).toMatch(/^\d{4}-\d{2}$/);
  }
});
