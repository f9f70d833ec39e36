import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { INVOLVEMENTS, VISIBILITIES } from '../aws/terms.ts';
import type { BatchTable, SubmissionTable } from '../database/schema.ts';
import { type Choices, requesterColumns, requesterOf, type ShownForm } from '../forms/form.ts';
import type { Batch } from './batch.ts';
import { type Problem, problemSchema, STATES, type State, type Submission } from './submission.ts';

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
export function submissionOf(row: Selectable<SubmissionTable>): Submission {
  return {
    ...requesterOf(row),
    id: row.id,
    formId: row.form_id,
    batchId: row.batch_id ?? undefined,
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
  ...requesterOf(row),
  id: row.id,
  createdAt: new Date(row.created_at),
});

/** A new submission, as it is asked for: due at once. */
export const requestedRow = (
  id: string,
  form: ShownForm,
  choices: Choices,
  at: Date,
): Insertable<SubmissionTable> => ({
  ...requesterColumns(form),
  id,
  form_id: form.id,
  batch_id: form.batchId ?? null,
  opportunity_id: form.opportunityId,
  last_modified_date: form.lastModifiedDate,
  national_security: form.nationalSecurity ? 1 : 0,
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
