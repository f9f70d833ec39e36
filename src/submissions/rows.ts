import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { requestedColumns, sendableOf } from '../attempts/sendable.ts';
import { type Catalog, INVOLVEMENTS, VISIBILITIES } from '../aws/terms.ts';
import type { Database, SubmissionTable } from '../database/schema.ts';
import type { Asked, Choices } from '../forms/form.ts';
import { PARTS, type Part, type RequestOf, type Standing } from '../opportunities/opportunity.ts';
import type { Deal } from '../opportunities/rows.ts';
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

/** Where an opportunity stands, as far as the home tab sorts and counts it. Moments are ISO 8601 texts. */
export interface StandsAt {
  readonly recordId: string;
  readonly opportunityId: string;
  readonly part: Part;
  /** Who asked for it or took it on; undefined: nobody here. */
  readonly userId: string | undefined;
  readonly since: string;
  readonly decidedAt: string | undefined;
  /** When AWS's review was last seen to change; undefined: before this bot looked. */
  readonly reviewChangedAt: string | undefined;
  readonly reviewStatus: string | undefined;
  readonly stage: string | undefined;
  readonly targetCloseDate: string | undefined;
  readonly nationalSecurity: boolean;
  /** A submission of ours stands for it. */
  readonly isOurs: boolean;
}

/** Where every opportunity stands that is known. */
export async function standingsIn(
  { db }: { readonly db: Database },
  catalog: Catalog,
): Promise<readonly StandsAt[]> {
  const rows = await db
    .selectFrom('opportunities')
    .select([
      'id',
      'opportunity_id',
      'part',
      'user_id',
      'since',
      'decided_at',
      'review_changed_at',
      'review_status',
      'stage',
      'target_close_date',
      'national_security',
      'submission_id',
    ])
    .where('catalog', '=', catalog)
    .execute();
  return rows.map((row) => ({
    recordId: row.id,
    opportunityId: row.opportunity_id,
    part: PARTS.find((part) => part === row.part) ?? 'settled',
    userId: row.user_id ?? undefined,
    since: row.since,
    decidedAt: row.decided_at ?? undefined,
    reviewChangedAt: row.review_changed_at ?? undefined,
    reviewStatus: row.review_status ?? undefined,
    stage: row.stage ?? undefined,
    targetCloseDate: row.target_close_date ?? undefined,
    nationalSecurity: row.national_security === 1,
    isOurs: row.submission_id !== null,
  }));
}
