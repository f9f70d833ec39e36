import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpportunitySummary } from '../../src/aws/opportunity.ts';
import { candidatesOf, fold, merged, search } from '../../src/opportunities/pick-list.ts';
import { hostileText } from '../slack/hostile.ts';

const aSummary = (
  Id: string,
  { company, stage = 'Qualified' }: { readonly company?: string; readonly stage?: string } = {},
): OpportunitySummary => ({
  Id,
  LastModifiedDate: '2026-11-20T08:00:00Z',
  LifeCycle: { Stage: stage },
  Customer: { Account: { CompanyName: company } },
});
const NOBODY: ReadonlySet<string> = new Set();
const ids = (candidates: readonly { readonly id: string }[]) => candidates.map(({ id }) => id);

const summaries = fc.uniqueArray(
  fc
    .record({ number: fc.nat(), company: hostileText, stage: hostileText })
    .map(({ number, company, stage }) => aSummary(`O${number}`, { company, stage })),
  { selector: ({ Id }) => Id, maxLength: 20 },
);

describe('what can be picked', () => {
  test.each(['Closed Lost', 'closed lost', ' CLOSED LOST '])('a deal that is %s is left out', (stage) => {
    expect(ids(candidatesOf([aSummary('O1'), aSummary('O2', { stage })]))).toEqual(['O1']);
  });

  test('a summary that holds nothing but its ID can be picked', () => {
    const [only] = candidatesOf([{ Id: 'O1', LastModifiedDate: '2026-11-20T08:00:00Z' }]);
    expect(only).toMatchObject({ id: 'O1', companyName: undefined, stage: undefined });
  });

  test('of two lists the newer one counts, and nothing is there twice', () => {
    const newer = candidatesOf([aSummary('O2', { company: 'New' }), aSummary('O3')]);
    const older = candidatesOf([aSummary('O1'), aSummary('O2', { company: 'Old' })]);
    expect(merged(newer, older).map(({ id, companyName }) => [id, companyName])).toEqual([
      ['O2', 'New'],
      ['O3', undefined],
      ['O1', undefined],
    ]);
  });
});

describe('what is typed', () => {
  const deals = candidatesOf([
    aSummary('O12', { company: 'Łódź &amp; Söhne Straßenbau', stage: 'Technical Validation' }),
    aSummary('O1', { company: 'Ærø Færger' }),
    aSummary('O123', { company: 'İstanbul Lojistik' }),
  ]);

  test.each([
    ['', ['O12', 'O1', 'O123']],
    [' \t\n ', ['O12', 'O1', 'O123']],
    ['lodz', ['O12']],
    ['& sohne', ['O12']],
    ['STRASSEN', ['O12']],
    ['straße', ['O12']],
    ['validation lodz', ['O12']],
    ['aero faerger', ['O1']],
    ['aero', ['O1']],
    ['istanbul', ['O123']],
    ['ISTANBUL', ['O123']],
    ['o12', ['O12', 'O123']],
    ['O1', ['O1', 'O12', 'O123']],
    ['amp;', []],
  ])('“%s” finds %j', (query, found) => {
    expect(ids(search(deals, query, NOBODY))).toEqual(found);
  });

  test('finds a deal by any piece of its own customer, ID or stage, whatever is in them', () => {
    fc.assert(
      fc.property(summaries, fc.nat(), fc.nat(), (all, which, from) => {
        const candidates = candidatesOf(all);
        const wanted = candidates[which % Math.max(1, candidates.length)];
        if (wanted === undefined) return;
        const text = [wanted.companyName ?? '', wanted.id, wanted.stage ?? ''][which % 3] ?? '';
        const characters = [...text];
        const start = from % Math.max(1, characters.length);
        const piece = characters.slice(start, start + 12).join('');
        fc.pre(!/[&;#]/.test(text));
        if (fold(text).includes(fold(piece)))
          expect(ids(search(candidates, piece, NOBODY))).toContain(wanted.id);
      }),
    );
  });

  test('keeps the order, finds nothing twice, and never what is left out', () => {
    fc.assert(
      fc.property(summaries, hostileText, fc.nat(), (all, query, count) => {
        const candidates = candidatesOf(all);
        const without = new Set(ids(candidates.slice(0, count % 5)));
        const found = ids(search(candidates, query, without));
        expect(found.some((id) => without.has(id))).toBe(false);
        expect(found).toEqual(ids(candidates).filter((id) => found.includes(id)));
      }),
    );
  });

  test('folding a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('&'));
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});
