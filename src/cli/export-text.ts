import { stringify } from 'csv-stringify/sync';
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
  yield csvLines([HEADER]);
  for await (const record of records) {
    const cells = RECORD_COLUMNS.map((name) => record[name]);
    yield csvLines(
      record.events.map((event, index) => [...cells, index + 1, ...EVENT_COLUMNS.map((name) => event[name])]),
    );
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

/** What spreadsheets take for the beginning of a formula, in their several widths. "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * Lines of CSV. A text that a spreadsheet would run gets an apostrophe in front; so does one that looks as if it had got
 * one, so that the text can be told from the writing (`escape_formulas` leaves that open, and passes a line break).
 */
export const csvLines = (rows: readonly (readonly Cell[])[]): string =>
  stringify([...rows], {
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    cast: { string: (text) => (FORMULA.test(text) ? `'${text}` : text), boolean: String },
  });
