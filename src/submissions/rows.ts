import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { requestedColumns, sendableOf } from '../attempts/sendable.ts';
import { INVOLVEMENTS, VISIBILITIES } from '../aws/terms.ts';
import type { BatchTable, Database, SubmissionTable } from '../database/schema.ts';
import { type Asked, type Choices, requesterOf } from '../forms/form.ts';
import type { RequestOf, Standing } from '../opportunities/opportunity.ts';
import type { Deal } from '../opportunities/rows.ts';
import type { Batch } from './batch.ts';
import { problemSchema, STATES, type State, type Submission } from './submission.ts';

/**
 * Rows of the database to the types of this folder, checked on the way: a value that a hand or another
 * version wrote is found here, not three rooms further.
 */
const involvementType = z.enum(INVOLVEMENTS);
const visibility = z.enum(VISIBILITIES);
const state = z.enum(STATES);

/** @throws ZodError where it is one that this version doesn't know. */
export const stateOf = (text: string): State => state.parse(text);

/** @throws ZodError where the row holds what this version doesn't know. */
export const submissionOf = (row: Selectable<SubmissionTable>): Submission => ({
  ...sendableOf(row, state, problemSchema),
  batchId: row.batch_id ?? undefined,
  involvementType: involvementType.parse(row.involvement_type),
  visibility: visibility.parse(row.visibility),
});

/** @throws ZodError where the row holds what this version doesn't know. */
export const batchOf = (row: Selectable<BatchTable>): Batch => ({
  ...requesterOf(row),
  id: row.id,
  createdAt: new Date(row.created_at),
});

/** A new submission, as it is asked for: due at once. */
export const requestedRow = (
  id: string,
  form: Asked,
  choices: Choices,
  at: Date,
): Insertable<SubmissionTable> => ({
  ...requestedColumns(id, form, at),
  batch_id: form.batchId ?? null,
  involvement_type: choices.involvementType,
  visibility: choices.visibility,
});

/** What a submission means for its opportunity. */
export const STANDINGS: Readonly<Record<State, Standing>> = {
  requested: 'open',
  sending: 'open',
  uncertain: 'open',
  not_seen: 'not-seen',
  let_go: 'let-go',
  submitted: 'at-aws',
  already_submitted: 'at-aws',
  refused: 'failed',
  changed: 'failed',
  expired: 'failed',
  cancelled: 'cancelled',
};

/** This bot's requests for an opportunity, newest first. */
export async function requestsOf(
  on: Database,
  { catalog, opportunityId }: Deal,
): Promise<readonly RequestOf[]> {
  const rows = await on
    .selectFrom('submissions')
    .select(['id', 'team_id', 'user_id', 'state', 'requested_at', 'changed_at'])
    .where('catalog', '=', catalog)
    .where('opportunity_id', '=', opportunityId)
    .orderBy('requested_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    teamId: row.team_id,
    userId: row.user_id,
    standing: STANDINGS[stateOf(row.state)],
    requestedAt: row.requested_at,
    changedAt: row.changed_at,
  }));
}
