import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { CATALOGS, INVOLVEMENTS, VISIBILITIES } from '../aws/terms.ts';
import type { BatchTable, DraftTable, SubmissionTable } from '../database/schema.ts';
import { readinessFrom } from '../opportunities/readiness-text.ts';
import type { Batch } from './batch.ts';
import {
  type Choices,
  type Draft,
  type Problem,
  problemSchema,
  type ShownDraft,
  STATES,
  type State,
  type Submission,
} from './submission.ts';

/**
 * Rows of the database to the types of this folder, checked on the way: a value that a hand or another
 * version wrote is found here, not three rooms further.
 */
const catalog = z.enum(CATALOGS);
const involvementType = z.enum(INVOLVEMENTS);
const visibility = z.enum(VISIBILITIES);
const state = z.enum(STATES);

/** @throws ZodError where it is one that this version doesn't know. */
export const stateOf = (text: string): State => state.parse(text);

/** @throws ZodError where the row holds what this version doesn't know. */
export function submissionOf(row: Selectable<SubmissionTable>): Submission {
  return {
    id: row.id,
    draftId: row.draft_id,
    teamId: row.team_id,
    userId: row.user_id,
    channelId: row.channel_id,
    threadTs: row.thread_ts ?? undefined,
    responseUrl: row.response_url ?? undefined,
    batchId: row.batch_id ?? undefined,
    catalog: catalog.parse(row.catalog),
    opportunityId: row.opportunity_id,
    lastModifiedDate: row.last_modified_date,
    nationalSecurity: row.national_security === 1,
    involvementType: involvementType.parse(row.involvement_type),
    visibility: visibility.parse(row.visibility),
    state: state.parse(row.state),
    requestedAt: new Date(row.requested_at),
    sendingAt: dateOf(row.sending_at),
    changedAt: new Date(row.changed_at),
    problem: row.problem === null ? undefined : problemSchema.parse(JSON.parse(row.problem)),
    requestId: row.request_id ?? undefined,
    dueAt: dateOf(row.due_at),
    tries: row.tries,
    attempt: row.attempt,
  };
}

/** @throws ZodError where the row holds what this version doesn't know. */
export const batchOf = (row: Selectable<BatchTable>): Batch => ({
  id: row.id,
  createdAt: new Date(row.created_at),
  teamId: row.team_id,
  userId: row.user_id,
  channelId: row.channel_id,
  threadTs: row.thread_ts ?? undefined,
  responseUrl: row.response_url ?? undefined,
  catalog: catalog.parse(row.catalog),
});

/** @throws ZodError where the row holds what this version doesn't know. */
export function draftOf(row: Selectable<DraftTable>): Draft {
  const choices = z
    .object({ involvementType, visibility })
    .safeParse({ involvementType: row.involvement_type, visibility: row.visibility });
  return {
    id: row.id,
    createdAt: new Date(row.created_at),
    teamId: row.team_id,
    userId: row.user_id,
    channelId: row.channel_id,
    threadTs: row.thread_ts ?? undefined,
    responseUrl: row.response_url ?? undefined,
    catalog: catalog.parse(row.catalog),
    opportunityId: row.opportunity_id ?? undefined,
    lastModifiedDate: row.last_modified_date ?? undefined,
    nationalSecurity: row.national_security === 1,
    batchId: row.batch_id ?? undefined,
    readiness: row.readiness === null ? undefined : readinessFrom(row.readiness, catalog.parse(row.catalog)),
    choices: choices.success ? choices.data : undefined,
  };
}

/** A new submission, as it is asked for: due at once. */
export const requestedRow = (
  id: string,
  draft: ShownDraft,
  choices: Choices,
  at: Date,
): Insertable<SubmissionTable> => ({
  id,
  draft_id: draft.id,
  team_id: draft.teamId,
  user_id: draft.userId,
  channel_id: draft.channelId,
  thread_ts: draft.threadTs ?? null,
  response_url: draft.responseUrl ?? null,
  batch_id: draft.batchId ?? null,
  catalog: draft.catalog,
  opportunity_id: draft.opportunityId,
  last_modified_date: draft.lastModifiedDate,
  national_security: draft.nationalSecurity ? 1 : 0,
  involvement_type: choices.involvementType,
  visibility: choices.visibility,
  state: 'requested',
  requested_at: at.toISOString(),
  sending_at: null,
  changed_at: at.toISOString(),
  problem: null,
  request_id: null,
  due_at: at.toISOString(),
  tries: 0,
  attempt: 0,
  lease_owner: null,
  lease_until: null,
});

export const problemText = (problem: Problem | undefined): string | null =>
  problem === undefined ? null : JSON.stringify(problem);

export const dateText = (date: Date | undefined): string | null => date?.toISOString() ?? null;

const dateOf = (text: string | null): Date | undefined => (text === null ? undefined : new Date(text));
