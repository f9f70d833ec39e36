import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonText, csvLines, csvOf, type ExportedRecord } from '../../src/cli/export.ts';
import { hostileText } from '../slack/hostile.ts';

const joined = async (parts: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const part of parts) text += part;
  return text;
};

const aRecord = (given: Partial<ExportedRecord> = {}): ExportedRecord => ({
  kind: 'submission',
  record: 'a-submission',
  opportunity: 'O1001',
  catalog: 'Sandbox',
  requestedBy: 'U1',
  channel: 'C1',
  requestedAt: '2026-11-23T09:00:00.000Z',
  involvementType: 'Co-Sell',
  visibility: 'Full',
  changedFields: null,
  nationalSecurity: false,
  state: 'requested',
  changedAt: '2026-11-23T09:00:00.000Z',
  reviewStatus: null,
  requestId: null,
  events: [anEvent('Co-Sell, Full')],
  ...given,
});
const anEvent = (why: string): ExportedRecord['events'][number] => ({
  at: '2026-11-23T09:00:00.000Z',
  actor: 'U1',
  fromState: null,
  toState: 'requested',
  fromReviewStatus: null,
  toReviewStatus: null,
  why,
  requestId: null,
});

/** Reads CSV as RFC 4180 writes it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare = '', end = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '=HYPERLINK("http://phish.example","x")',
])('a spreadsheet does not run %j', (text) => {
  expect(readCsv(csvLines([[text]]))).toEqual([[`'${text}`]]);
});

test.each([
  ['plain', 'plain'],
  ['Co-Sell, Full', '"Co-Sell, Full"'],
  ['he said "no"', '"he said ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['1-1', '1-1'],
])('%j is written as %s', (text, written) => {
  expect(csvLines([[text]])).toBe(`${written}\r\n`);
});

test('numbers and truth are no texts, and nothing is nothing', () => {
  expect(csvLines([[-1, true, null]])).toBe('-1,true,\r\n');
});

const formulaLike = fc.string({
  unit: fc.constantFrom("'", '+', '=', '"', ',', 'a', '\n', '\r'),
  minLength: 1,
});

test('whatever stands in a cell comes back from the CSV, as text', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(hostileText, fc.string(), formulaLike), { minLength: 1 }), (texts) => {
      const [row = [], ...more] = readCsv(csvLines([texts]));
      expect(more).toEqual([]);
      expect(row.map((cell) => cell.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/, ''))).toEqual(texts);
      for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    }),
  );
});

test('a line an event, the record in front of each, under one header', async () => {
  const events = [
    anEvent('Co-Sell, Full'),
    { ...anEvent('=cmd()'), fromState: 'requested', toState: 'sending' },
  ];
  const [header = [], first = [], second = [], ...more] = readCsv(await joined(csvOf([aRecord({ events })])));
  expect(more).toEqual([]);
  expect(header).toEqual(
    expect.arrayContaining(['kind', 'record', 'state', 'event', 'eventAt', 'eventToState']),
  );
  expect(new Set(header).size).toBe(header.length);
  const cell = (row: readonly string[], name: string) => row[header.indexOf(name)];
  expect([first, second].map((row) => cell(row, 'opportunity'))).toEqual(['O1001', 'O1001']);
  expect([first, second].map((row) => cell(row, 'event'))).toEqual(['1', '2']);
  expect(cell(first, 'eventWhy')).toBe('Co-Sell, Full');
  expect(cell(second, 'eventWhy')).toBe("'=cmd()");
  expect(cell(first, 'eventFromState')).toBe('');
});

test('JSON is one array, of none, one or several', async () => {
  for (const records of [[], [aRecord()], [aRecord(), aRecord({ opportunity: 'O2' })]]) {
    expect(JSON.parse(await joined(asJsonText(records)))).toEqual(records);
  }
});
