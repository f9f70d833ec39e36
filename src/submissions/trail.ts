import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Database, SubmissionEventTable } from '../database/schema.ts';
import type { AuditEvent } from './audit.ts';
import { STATES } from './submission.ts';

const state = z.enum(STATES);

/** The queries that read the audit trail. */
export function createTrail({ db }: { db: Database }) {
  return {
    /** The first events of a record's trail, oldest first, and how many there are in all. */
    async trail(
      submissionId: string,
      limit: number,
    ): Promise<{ readonly events: readonly AuditEvent[]; readonly total: number }> {
      const { total } = await db
        .selectFrom('submission_events')
        .select((eb) => eb.fn.countAll<number | string>().as('total'))
        .where('submission_id', '=', submissionId)
        .executeTakeFirstOrThrow();
      const rows = await db
        .selectFrom('submission_events')
        .selectAll()
        .where('submission_id', '=', submissionId)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return { events: rows.map(eventOf), total: Number(total) };
    },
  };
}

/** @throws ZodError where the row holds what this version doesn't know. */
function eventOf(row: Selectable<SubmissionEventTable>): AuditEvent {
  return {
    submissionId: row.submission_id,
    at: new Date(row.at),
    actor: row.actor,
    from: row.from_state === null ? null : state.parse(row.from_state),
    to: state.parse(row.to_state),
    why: row.why,
    requestId: row.request_id ?? undefined,
  };
}
