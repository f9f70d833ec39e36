import { type RawBuilder, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type {
  Database,
  EditTable,
  OpportunityEventTable,
  OpportunityTable,
  RecordEventTable,
  SubmissionTable,
} from '../database/schema.ts';

/** A record as an auditor gets it. Times are ISO 8601 in UTC. No deal's details, none of AWS's free text. */
export interface ExportedRecord {
  /** A submission, an edit of a deal that was saved in Slack, or AWS's review of an opportunity that is somebody's here. */
  readonly kind: 'submission' | 'edit' | 'review';
  readonly record: string;
  readonly opportunity: string;
  readonly catalog: string;
  /** Slack's IDs of the person and the channel. */
  readonly requestedBy: string | null;
  readonly channel: string | null;
  /** Of a review: when this bot first knew of the opportunity. */
  readonly requestedAt: string;
  /** Of a submission. */
  readonly involvementType: string | null;
  readonly visibility: string | null;
  /** Of an edit: AWS's paths of the fields, divided by spaces. No values. */
  readonly changedFields: string | null;
  readonly nationalSecurity: boolean;
  /** Ours; a review has none. */
  readonly state: string | null;
  readonly changedAt: string | null;
  readonly reviewStatus: string | null;
  readonly requestId: string | null;
  readonly events: readonly ExportedEvent[];
}

/** One event of its audit trail. */
export interface ExportedEvent {
  readonly at: string;
  /** A Slack user ID, `bot` or `aws`. */
  readonly actor: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly fromReviewStatus: string | null;
  readonly toReviewStatus: string | null;
  readonly why: string;
  readonly requestId: string | null;
}

/** Records in memory at a time; SQLite takes 32,766 values in a query, older ones 999. */
const PAGE = 500;

/**
 * Every record to which anything happened at or after `since` (all of them where it isn't given), with its whole
 * trail, oldest first: the submissions, then the edits, then AWS's reviews. A page at a time, so that however many there are they are
 * never in memory together. Values are passed on as they stand, those of a newer version too.
 */
export async function* exportedRecords(
  db: Database,
  since: Date | undefined,
): AsyncGenerator<ExportedRecord> {
  const submissions = inPages('requested_at', (isNext) =>
    db
      .selectFrom('submissions')
      .selectAll()
      .where(isNext)
      .where(happened(sql`select 1 from submission_events where record_id = submissions.id and at >=`, since))
      .orderBy('requested_at')
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  );
  for await (const rows of submissions) {
    const eventsOf = await trailsOf(db, 'submission_events', rows);
    for (const row of rows) yield exportedSubmission(row, eventsOf.get(row.id) ?? []);
  }

  const edits = inPages('requested_at', (isNext) =>
    db
      .selectFrom('edits')
      .selectAll()
      .where(isNext)
      .where(happened(sql`select 1 from edit_events where record_id = edits.id and at >=`, since))
      .orderBy('requested_at')
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  );
  for await (const rows of edits) {
    const eventsOf = await trailsOf(db, 'edit_events', rows);
    for (const row of rows) yield exportedEdit(row, eventsOf.get(row.id) ?? []);
  }

  const reviews = inPages('seen_at', (isNext) =>
    db
      .selectFrom('opportunities')
      .selectAll()
      .where(isNext)
      .where('user_id', 'is not', null)
      .where(
        happened(sql`select 1 from opportunity_events where record_id = opportunities.id and at >=`, since),
      )
      .orderBy('seen_at')
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  );
  for await (const rows of reviews) {
    const ids = rows.map(({ id }) => id);
    const events = await db
      .selectFrom('opportunity_events')
      .selectAll()
      .where('record_id', 'in', ids)
      .orderBy('record_id')
      .orderBy('sequence')
      .execute();
    const eventsOf = Map.groupBy(events, ({ record_id }) => record_id);
    for (const row of rows) {
      const trail = eventsOf.get(row.id) ?? [];
      if (trail.length > 0) yield exportedReview(row, trail);
    }
  }
}

type Made<Column extends string> = { readonly [name in Column | 'id']: string };

/** Pages of records in the order in which they were made. */
async function* inPages<Column extends 'requested_at' | 'seen_at', Row extends Made<Column>>(
  column: Column,
  read: (isNext: RawBuilder<boolean>) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let last: Made<Column> | undefined;
  for (;;) {
    const rows: readonly Row[] = await read(comesAfter(column, last));
    last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
  }
}

/** The trails of these records, by the record. */
async function trailsOf(
  db: Database,
  table: 'submission_events' | 'edit_events',
  records: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, readonly Selectable<RecordEventTable>[]>> {
  const events = await db
    .selectFrom(table)
    .selectAll()
    .where(
      'record_id',
      'in',
      records.map(({ id }) => id),
    )
    .orderBy('record_id')
    .orderBy('sequence')
    .execute();
  return Map.groupBy(events, ({ record_id }) => record_id);
}

const ALWAYS = sql<boolean>`1 = 1`;

/** The first condition is for the index, the second for those that were made at the same moment. */
const comesAfter = <Column extends 'requested_at' | 'seen_at'>(
  column: Column,
  last: Made<Column> | undefined,
): RawBuilder<boolean> =>
  last === undefined
    ? ALWAYS
    : sql<boolean>`(${sql.ref(column)} >= ${last[column]}
        and (${sql.ref(column)} > ${last[column]} or id > ${last.id}))`;

/** `events`: a query of the record's events that ends before the moment. */
const happened = (events: RawBuilder<unknown>, since: Date | undefined): RawBuilder<boolean> =>
  since === undefined ? ALWAYS : sql<boolean>`exists (${events} ${since.toISOString()})`;

const exportedSubmission = (
  row: Selectable<SubmissionTable>,
  events: readonly Selectable<RecordEventTable>[],
): ExportedRecord => ({
  kind: 'submission',
  ...exportedAlike(row),
  involvementType: row.involvement_type,
  visibility: row.visibility,
  changedFields: null,
  reviewStatus: null,
  events: events.map((event) => ({ ...exportedEvent(event), fromReviewStatus: null, toReviewStatus: null })),
});

const exportedEdit = (
  row: Selectable<EditTable>,
  events: readonly Selectable<RecordEventTable>[],
): ExportedRecord => ({
  kind: 'edit',
  ...exportedAlike(row),
  involvementType: null,
  visibility: null,
  changedFields: z.array(z.string()).parse(JSON.parse(row.fields)).join(' '),
  reviewStatus: null,
  events: events.map((event) => ({ ...exportedEvent(event), fromReviewStatus: null, toReviewStatus: null })),
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

const exportedAlike = (row: Selectable<SubmissionTable> | Selectable<EditTable>) => ({
  record: row.id,
  opportunity: row.opportunity_id,
  catalog: row.catalog,
  requestedBy: row.user_id,
  channel: row.channel_id,
  requestedAt: row.requested_at,
  nationalSecurity: row.national_security === 1,
  state: row.state,
  changedAt: row.changed_at,
  requestId: row.request_id,
});

const exportedEvent = (event: Selectable<RecordEventTable>) => ({
  at: event.at,
  actor: event.actor,
  fromState: event.from_state,
  toState: event.to_state,
  why: event.why,
  requestId: event.request_id,
});
