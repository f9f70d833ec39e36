import { describe, expect, test } from 'vitest';
import { TINY } from '../../bench/effort.ts';
import { type Figure, isReached, ratioOf, summaryOf } from '../../bench/figures.ts';
import { asJson, asMarkdown, asText, withTable } from '../../bench/report.ts';
import { rows } from '../../bench/rows/index.ts';
import { readFile } from '../project/imports.ts';

const postgres = process.env.TEST_DATABASE_URL || undefined;

describe('npm run bench', () => {
  test.each(rows)('$name still yields figures, whatever they are', async ({ measure }) => {
    const figures = await measure(TINY, { postgres });
    expect(figures).not.toEqual([]);
    for (const figure of figures) {
      if ('skipped' in figure) continue;
      expect(figure.rounds, figure.what).not.toEqual([]);
      for (const value of [...figure.rounds, ...(figure.against?.rounds ?? [])]) {
        expect(Number.isFinite(value), figure.what).toBe(true);
      }
    }
  });

  const halved: Figure = {
    what: 'Something',
    unit: 'ms',
    rounds: [10, 20, 90],
    against: { what: 'another', rounds: [20, 40, 100] },
    targets: [
      { of: 'value', bound: 'at most', limit: 20 },
      { of: 'ratio', bound: 'at least', limit: 0.5 },
    ],
  };

  test('a ratio is the median of the ratios within the rounds', () => {
    expect(summaryOf(halved.rounds)).toEqual({ median: 20, lowest: 10, highest: 90 });
    expect(ratioOf(halved)).toEqual({ median: 0.5, lowest: 0.5, highest: 0.9 });
  });

  test('a figure is reached only where every target is', () => {
    expect(isReached(halved)).toBe(true);
    expect(isReached({ ...halved, rounds: [10, 21, 90] })).toBe(false);
    expect(isReached({ ...halved, against: { what: 'another', rounds: [30, 60, 100] } })).toBe(false);
    expect(isReached({ what: 'Only stated', unit: 's', rounds: [1] })).toBeUndefined();
  });

  const report = {
    date: '2026-11-24',
    machine: { processor: 'Some', cores: 2, memoryGb: 8, system: 'linux x64', node: '24.0.0' },
    figures: [halved, { what: 'On PostgreSQL', skipped: 'there is none' }],
  };

  test('the table says what was measured, against what, what was to be reached, and what was left out', () => {
    for (const table of [asText(report), asMarkdown(report)]) {
      expect(table).toContain('2026-11-24: Some, 2 cores, 8 GB, linux x64, Node 24.0.0.');
      expect(table).toMatch(/Something.+20 \(10–90\) ms.+another: 40 \(20–100\) ms.+0\.5 \(0\.5–0\.9\) ×/);
      expect(table).toMatch(/≤ 20 ms, ≥ 0\.5 ×.+yes/);
      expect(table).toContain('skipped: there is none');
    }
    expect(JSON.parse(asJson(report)).figures[0]).toMatchObject({ ratio: { median: 0.5 }, reached: true });
  });

  test('writes its table between the markers of docs/performance.md, again and again', () => {
    const document = readFile('docs/performance.md');
    const written = withTable(withTable(document, 'an older table'), 'the table');
    expect(written).toContain('the table');
    expect(written).not.toContain('an older table');
    expect(written.split('## ').slice(1)).toEqual(document.split('## ').slice(1));
    expect(() => withTable('# No markers', 'the table')).toThrow('no <!--');
  });
});
