import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { requestedColumns, sendableOf } from '../attempts/sendable.ts';
import { INVOLVEMENTS, VISIBILITIES } from '../aws/terms.ts';
import type { BatchTable, SubmissionTable } from '../database/schema.ts';
import { type Choices, requesterOf, type ShownForm } from '../forms/form.ts';
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
  form: ShownForm,
  choices: Choices,
  at: Date,
): Insertable<SubmissionTable> => ({
  ...requestedColumns(id, form, at),
  batch_id: form.batchId ?? null,
  involvement_type: choices.involvementType,
  visibility: choices.visibility,
});
