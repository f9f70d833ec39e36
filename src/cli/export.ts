import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import { connectBeside } from '../database/connect.ts';
import type {
  Database,
  EditTable,
  OpportunityEventTable,
  OpportunityTable,
  RecordEventTable,
  SubmissionTable,
} from '../database/schema.ts';
import { Misused, runCommand } from './command.ts';

const main = () =>
  runCommand({
    usage: `Usage: npm run -s export -- [--since 2026-01-01] [--format csv|json] > records.csv

  --since   records to which anything happened since then: a day (from midnight UTC) or a moment in ISO 8601,
            such as 2026-01-01T09:00:00Z; all records where it isn't given
  --format  csv (a line an event) or json (an array of records with their events); csv where it isn't given`,
    options: { since: { type: 'string' }, format: { type: 'string', default: 'csv' } },
    failure: "The records can't be exported",
    run: async ({ format, since }, { config }) => {
      if (format !== 'csv' && format !== 'json') {
        throw new Misused(`--format takes csv or json, not "${format}".`);
      }
      const moment = since === undefined ? undefined : momentOf(since);
      const { db, close } = await connectBeside(config().database, 'read');
      const records = exportedRecords(db, moment);
      const text = format === 'csv' ? csvOf(records) : asJsonText(records);
      await pipeline(Readable.from(text), process.stdout, { end: false });
      await close();
      return 0;
    },
  });

const text = z.string().nullable();

/** A record as an auditor gets it. Times are ISO 8601 in UTC. No deal's details, none of AWS's free text. */
const record = z.object({
  /** A submission, an edit of a deal that was saved in Slack, or AWS's review of an opportunity that is somebody's here. */
  kind: z.enum(['submission', 'edit', 'review']),
  record: z.string(),
  opportunity: z.string(),
  catalog: z.string(),
  /** Slack's IDs of the person and the channel. */
  requestedBy: text,
  channel: text,
  /** Of a review: when this bot first knew of the opportunity. */
  requestedAt: z.string(),
  /** Of a submission. */
  involvementType: text,
  visibility: text,
  /** Of an edit: AWS's paths of the fields, divided by spaces. No values. */
  changedFields: text,
  nationalSecurity: z.boolean(),
  /** Ours; a review has none. */
  state: text,
  changedAt: text,
  reviewStatus: text,
  requestId: text,
});

/** One event of its audit trail. */
const event = z.object({
  at: z.string(),
  /** A Slack user ID, `bot` or `aws`. */
  actor: z.string(),
  fromState: text,
  toState: text,
  fromReviewStatus: text,
  toReviewStatus: text,
  why: z.string(),
  requestId: text,
});

const RECORD_COLUMNS = record.keyof().options;
const EVENT_COLUMNS = event.keyof().options;

export type ExportedRecord = z.output<typeof record> & { readonly events: readonly z.output<typeof event>[] };

/** Records in memory at a time; SQLite takes 32,766 values in a query, older ones 999. */
const PAGE = 500;

/**
 * Every record to which anything happened at or after `since` (all of them where it isn't given), with its whole trail,
 * oldest first: the submissions, then the edits, then AWS's reviews. A page at a time, so that they are never all in
 * memory. Values are passed on as they stand, those of a newer version too.
 */
export async function* exportedRecords(
  db: Database,
  since: Date | undefined,
): AsyncGenerator<ExportedRecord> {
  yield* inOrder(
    'requested_at',
    db.selectFrom('submissions as record').selectAll(),
    db.selectFrom('submission_events').selectAll(),
    since,
    exportedRequest,
  );
  yield* inOrder(
    'requested_at',
    db.selectFrom('edits as record').selectAll(),
    db.selectFrom('edit_events').selectAll(),
    since,
    exportedRequest,
  );
  const reviews = inOrder(
    'seen_at',
    db.selectFrom('opportunities as record').selectAll().where('user_id', 'is not', null),
    db.selectFrom('opportunity_events').selectAll(),
    since,
    exportedReview,
  );
  for await (const review of reviews) if (review.events.length > 0) yield review;
}

/** Records in the order of the column `made`, in which they were made; those of one moment by their IDs. */
async function* inOrder<
  Made extends string,
  From,
  Row extends { readonly [column in Made | 'id']: string },
  FromTrails,
  Event extends { readonly record_id: string },
>(
  made: Made,
  records: SelectQueryBuilder<From, keyof From, Row>,
  trails: SelectQueryBuilder<FromTrails, keyof FromTrails, Event>,
  since: Date | undefined,
  exported: (row: Row, events: readonly Event[]) => ExportedRecord,
): AsyncGenerator<ExportedRecord> {
  const happened =
    since === undefined
      ? records
      : records.where(({ exists }) =>
          exists(trails.where(sql<boolean>`record_id = record.id and at >= ${since.toISOString()}`)),
        );
  const pages = happened.orderBy(sql.ref(made)).orderBy(sql.ref('id')).limit(PAGE);
  let page = await pages.execute();
  for (;;) {
    const last = page.at(-1);
    if (last === undefined) return;
    const ids = page.map(({ id }) => id);
    const events = await trails
      .where(sql<boolean>`record_id in (${sql.join(ids)})`)
      .orderBy(sql.ref('record_id'))
      .orderBy(sql.ref('sequence'))
      .execute();
    const eventsOf = Map.groupBy(events, ({ record_id }) => record_id);
    for (const row of page) yield exported(row, eventsOf.get(row.id) ?? []);
    page = await pages.where(sql<boolean>`(${sql.ref(made)}, id) > (${last[made]}, ${last.id})`).execute();
  }
}

const exportedRequest = (
  row: Selectable<SubmissionTable> | Selectable<EditTable>,
  events: readonly Selectable<RecordEventTable>[],
): ExportedRecord => ({
  kind: 'fields' in row ? 'edit' : 'submission',
  record: row.id,
  opportunity: row.opportunity_id,
  catalog: row.catalog,
  requestedBy: row.user_id,
  channel: row.channel_id,
  requestedAt: row.requested_at,
  involvementType: 'fields' in row ? null : row.involvement_type,
  visibility: 'fields' in row ? null : row.visibility,
  changedFields: 'fields' in row ? z.array(z.string()).parse(JSON.parse(row.fields)).join(' ') : null,
  nationalSecurity: row.national_security === 1,
  state: row.state,
  changedAt: row.changed_at,
  reviewStatus: null,
  requestId: row.request_id,
  events: events.map((event) => ({
    at: event.at,
    actor: event.actor,
    fromState: event.from_state,
    toState: event.to_state,
    fromReviewStatus: null,
    toReviewStatus: null,
    why: event.why,
    requestId: event.request_id,
  })),
});

const exportedReview = (
  row: Selectable<OpportunityTable>,
  events: readonly Selectable<OpportunityEventTable>[],
): ExportedRecord => ({
  kind: 'review',
  record: row.id,
  opportunity: row.opportunity_id,
  catalog: row.catalog,
  requestedBy: row.owner_user_id,
  channel: row.owner_channel_id,
  requestedAt: row.seen_at,
  involvementType: null,
  visibility: null,
  changedFields: null,
  nationalSecurity: row.national_security === 1,
  state: null,
  changedAt: row.review_changed_at,
  reviewStatus: row.review_status,
  requestId: null,
  events: events.map((event) => ({
    at: event.at,
    actor: event.actor,
    fromState: null,
    toState: null,
    fromReviewStatus: event.from_review_status,
    toReviewStatus: event.to_review_status,
    why: event.what === 'owner' ? 'taken on: submitted elsewhere' : "AWS's review",
    requestId: event.request_id,
  })),
});

type Records = AsyncIterable<ExportedRecord> | Iterable<ExportedRecord>;
type Cell = string | number | boolean | null;

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
export async function* asJsonText(records: Records): AsyncGenerator<string> {
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

/** A day or a moment with its zone. @throws Misused for anything else, 30 February too */
function momentOf(text: string): Date {
  const [, day = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  const moment = new Date(text);
  if (
    [midnight, moment].some((each) => Number.isNaN(each.getTime())) ||
    !midnight.toISOString().startsWith(day)
  ) {
    throw new Misused(`--since takes a day, such as 2026-01-01, not "${text}".`);
  }
  return moment;
}

if (import.meta.main) await main();
