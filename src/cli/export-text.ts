import type { ExportedEvent, ExportedRecord } from './export-records.ts';

type Records = AsyncIterable<ExportedRecord> | Iterable<ExportedRecord>;
type Cell = string | number | boolean | null;

const RECORD_COLUMNS = [
  'kind',
  'record',
  'opportunity',
  'catalog',
  'requestedBy',
  'channel',
  'requestedAt',
  'involvementType',
  'visibility',
  'changedFields',
  'nationalSecurity',
  'state',
  'changedAt',
  'reviewStatus',
  'requestId',
] as const satisfies readonly (keyof ExportedRecord)[];

const EVENT_COLUMNS = [
  'at',
  'actor',
  'fromState',
  'toState',
  'fromReviewStatus',
  'toReviewStatus',
  'why',
  'requestId',
] as const satisfies readonly (keyof ExportedEvent)[];

/** `event` counts a record's events from 1; the columns after it are the event's. */
const HEADER = [
  ...RECORD_COLUMNS,
  'event',
  ...EVENT_COLUMNS.map((name) => `event${name.charAt(0).toUpperCase()}${name.slice(1)}`),
];

/** CSV (RFC 4180), a line an event, with its record's columns in front. */
export async function* csvOf(records: Records): AsyncGenerator<string> {
  yield line(HEADER);
  for await (const record of records) {
    const cells = RECORD_COLUMNS.map((name) => record[name]);
    for (const [index, event] of record.events.entries()) {
      yield line([...cells, index + 1, ...EVENT_COLUMNS.map((name) => event[name])]);
    }
  }
}

/** A JSON array, a record a line. */
export async function* jsonOf(records: Records): AsyncGenerator<string> {
  let before = '[\n';
  for await (const record of records) {
    yield `${before}${JSON.stringify(record)}`;
    before = ',\n';
  }
  yield before === ',\n' ? '\n]\n' : '[]\n';
}

const line = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What spreadsheets take for the beginning of a formula, in their several widths. "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A cell: quoted where it has to be; a text that a spreadsheet would run gets an apostrophe in front. So does one that
 * looks as if it had got one, so that the text can be told from the writing.
 */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /["',\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
