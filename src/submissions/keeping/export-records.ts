import type { Selectable } from 'kysely';
import type { Database, SubmissionEventTable, SubmissionTable } from '../../database/schema.ts';

/** A record as an auditor gets it. Times are ISO 8601 in UTC. No deal's details, none of AWS's free text. */
export interface ExportedRecord {
  readonly submission: string;
  readonly opportunity: string;
  readonly catalog: string;
  /** Slack's IDs of the person and the channel. */
  readonly requestedBy: string;
  readonly channel: string;
  readonly requestedAt: string;
  readonly involvementType: string;
  readonly visibility: string;
  readonly nationalSecurity: boolean;
  readonly state: string;
  readonly changedAt: string;
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
  readonly toState: string;
  readonly fromReviewStatus: string | null;
  readonly toReviewStatus: string | null;
  readonly why: string;
  readonly requestId: string | null;
}

/** Records in memory at a time; SQLite takes 32,766 values in a query, older ones 999. */
const PAGE = 500;

/**
 * Every record to which anything happened at or after `since` (all of them where it isn't given), with its whole
 * trail, oldest first. A page at a time, so that however many there are they are never in memory together. Values
 * are passed on as they stand, those of a newer version too.
 */
export async function* exportedRecords(
  db: Database,
  since?: Date,
  page = PAGE,
): AsyncGenerator<ExportedRecord> {
  let last: Pick<SubmissionTable, 'requested_at' | 'id'> | undefined;
  for (;;) {
    const after = last;
    const rows = await db
      .selectFrom('submissions')
      .selectAll()
      .$if(since !== undefined, (query) =>
        query.where(({ exists, selectFrom }) =>
          exists(
            selectFrom('submission_events')
              .select('submission_id')
              .whereRef('submission_id', '=', 'submissions.id')
              .where('at', '>=', since?.toISOString() ?? ''),
          ),
        ),
      )
      .$if(after !== undefined, (query) =>
        query
          // The first condition is for the index, the second for those that were asked for at the same moment.
          .where('requested_at', '>=', after?.requested_at ?? '')
          .where((eb) =>
            eb.or([eb('requested_at', '>', after?.requested_at ?? ''), eb('id', '>', after?.id ?? '')]),
          ),
      )
      .orderBy('requested_at')
      .orderBy('id')
      .limit(page)
      .execute();
    last = rows.at(-1);
    if (last === undefined) return;
    const events = await db
      .selectFrom('submission_events')
      .selectAll()
      .where(
        'submission_id',
        'in',
        rows.map(({ id }) => id),
      )
      .orderBy('submission_id')
      .orderBy('sequence')
      .execute();
    const eventsOf = Map.groupBy(events, ({ submission_id }) => submission_id);
    for (const row of rows) yield exported(row, eventsOf.get(row.id) ?? []);
  }
}

const exported = (
  row: Selectable<SubmissionTable>,
  events: readonly Selectable<SubmissionEventTable>[],
): ExportedRecord => ({
  submission: row.id,
  opportunity: row.opportunity_id,
  catalog: row.catalog,
  requestedBy: row.user_id,
  channel: row.channel_id,
  requestedAt: row.requested_at,
  involvementType: row.involvement_type,
  visibility: row.visibility,
  nationalSecurity: row.national_security === 1,
  state: row.state,
  changedAt: row.changed_at,
  reviewStatus: row.review_status,
  requestId: row.request_id,
  events: events.map((event) => ({
    at: event.at,
    actor: event.actor,
    fromState: event.from_state,
    toState: event.to_state,
    fromReviewStatus: event.from_review_status,
    toReviewStatus: event.to_review_status,
    why: event.why,
    requestId: event.request_id,
  })),
});
