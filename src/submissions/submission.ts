import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import {
  callProblems,
  isOpenState,
  requestedColumns,
  SET_BACK,
  type Sendable,
  type Steps,
  sendableOf,
} from '../attempts/sendable.ts';
import { DAY_MS } from '../clock.ts';
import type { Database, SubmissionTable } from '../database/schema.ts';
import { type Asked, type Choices, choicesSchema } from '../forms/form.ts';
import type { Elsewhere, RequestOf, Review, Standing, TakenOn } from '../opportunities/opportunity.ts';
import type { Deal } from '../opportunities/rows.ts';

/** Where a submission stands with us. AWS's own `ReviewStatus` is kept beside it and never mixed with it. */
export const STATES = [
  'requested',
  'sending',
  'submitted',
  'refused',
  'uncertain',
  'not_seen',
  'let_go',
  'already_submitted',
  'changed',
  'cancelled',
  'expired',
] as const;
export type State = (typeof STATES)[number];

/** States in which nobody knows whether AWS has executed this request, or will. */
export const DOUBTFUL_STATES = ['uncertain', 'not_seen', 'let_go'] as const satisfies readonly State[];

/** States that AWS's review concerns. */
export const FOLLOWED_STATES = [
  'submitted',
  'already_submitted',
  ...DOUBTFUL_STATES,
] as const satisfies readonly State[];

/**
 * What may become of a submission, and what it means for its opportunity. A read shows *that* AWS has a deal, not *whose
 * request* did it: no doubt becomes `submitted` by reading.
 */
export const STEPS: Readonly<Record<State, Steps<State> & { readonly standing: Standing }>> = {
  requested: {
    // A doubt at once where the records were set back and AWS can't be read: that it was sent may be lost.
    to: ['sending', 'uncertain', 'refused', 'already_submitted', 'changed', 'cancelled', 'expired'],
    // The database has lost that it was sent.
    late: ['submitted', 'refused', 'already_submitted', 'uncertain'],
    standing: 'open',
  },
  sending: {
    to: ['submitted', 'refused', 'requested', 'uncertain', 'already_submitted'],
    standing: 'open',
  },
  uncertain: {
    to: ['already_submitted', 'not_seen', 'let_go'],
    late: ['submitted', 'refused', 'already_submitted', 'requested'],
    standing: 'open',
  },
  // People were told, and may have tried again: where nothing was executed it is refused, and not sent again by itself.
  not_seen: {
    to: ['already_submitted'],
    late: ['submitted', 'refused', 'already_submitted'],
    standing: 'not-seen',
  },
  let_go: {
    to: ['already_submitted'],
    late: ['submitted', 'refused', 'already_submitted'],
    standing: 'let-go',
  },
  already_submitted: { to: [], late: ['submitted', 'refused'], standing: 'at-aws' },
  submitted: { to: [], standing: 'at-aws' },
  refused: { to: [], standing: 'failed' },
  changed: { to: [], standing: 'failed' },
  expired: { to: [], standing: 'failed' },
  cancelled: { to: [], standing: 'cancelled' },
};

/** Why a submission is where it is, kept as data so that the words can be made (and changed) later. */
export const problemSchema = z.discriminatedUnion('type', [
  ...callProblems,
  /** Still nobody knows: reading hasn't settled it. `code`: of the failure with which that began. */
  z.object({
    type: z.literal('unsettled'),
    code: z.string(),
    why: z.enum(['gone', 'unreadable', 'no-status', 'other-status']),
    /** When the first of these reads in a row was (ISO 8601). */
    since: z.iso.datetime(),
    mayLetGo: z.boolean(),
  }),
  /** AWS's own answer came after people were told that nobody knows: this request did nothing. */
  z.object({ type: z.literal('not-executed'), code: z.string() }),
  /** Concluded by reading: AWS has it, whoever did it. The choices are AWS's, as far as they could be read. */
  z.object({
    type: z.literal('found-at-aws'),
    /** What is known of our own request. */
    ours: z.enum(['not-sent', 'maybe-sent', 'refused', 'in-doubt']),
    ...choicesSchema.partial().shape,
  }),
]);
export type Problem = z.infer<typeof problemSchema>;

/** Why nobody knows whether AWS executed it. */
export type Doubt = Extract<Problem, { type: 'unknown' | 'unsettled' }>;

/** One submission, as recorded. */
export interface Submission extends Sendable<State, Problem>, Choices {
  /** The batch it belongs to; undefined: it stands alone. */
  readonly batchId: string | undefined;
}

const state = z.enum(STATES);

/** @throws ZodError where it is one that this version doesn't know. */
export const stateOf = (text: string): State => state.parse(text);

/** @throws ZodError where the row holds what this version doesn't know: found here, not three rooms further. */
export const submissionOf = (row: Selectable<SubmissionTable>): Submission => ({
  ...sendableOf(row, state, problemSchema),
  batchId: row.batch_id ?? undefined,
  ...choicesSchema.parse({ involvementType: row.involvement_type, visibility: row.visibility }),
});

/** A new submission, due at once. */
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
    standing: STEPS[stateOf(row.state)].standing,
    requestedAt: row.requested_at,
    changedAt: row.changed_at,
  }));
}

/** A submission, with AWS's review of its opportunity. */
export type Reviewed = Submission & Review;

/** What stands for an opportunity: the request of ours that counts, or that it was submitted elsewhere. */
export type Entry = Reviewed | Elsewhere;

/** An entry that is somebody's. */
export type Owned = Reviewed | TakenOn;

/** Whether nobody knows if AWS has executed it, or will. */
export const isDoubtful = ({ state }: Pick<Entry, 'state'>): boolean =>
  DOUBTFUL_STATES.some((doubtful) => doubtful === state);

/** For the trail: AWS has what waited when the records were set back; whose request did it can't be told. */
export const FOUND_SET_BACK = 'the records were set back, and a read found it submitted';

/** Whether the records were set back while it waited: whether it was sent isn't known. */
export const isSetBack = ({ problem }: Pick<Submission, 'problem'>): boolean =>
  problem?.type === 'set-back' || (problem !== undefined && 'code' in problem && problem.code === SET_BACK);

/** Whether AWS may still get it from us. */
export const isOpen = (entry: Entry): entry is Reviewed => isOpenState(entry.state);

/**
 * Whether it is being sent once more, after an answer that people were told. That takes seconds, and what comes of it is
 * told in any case: until then the message stays as it is.
 */
export const isFurtherTry = (entry: Entry): entry is Reviewed =>
  entry.state === 'sending' && entry.problem !== undefined;

/** A person may let go of what reading couldn't settle for so long (milliseconds). */
export const MAY_LET_GO_AFTER_MS = DAY_MS;

/** What AWS refused of a deal that nobody has changed since: as it is, it will probably refuse it again. */
export interface StandingRefusal {
  /** When AWS refused it. */
  readonly at: Date;
  readonly problem: Extract<Problem, { type: 'refused' }>;
}

/** `entry`: what stands for the deal here. `lastModifiedDate`: AWS's, of the deal as it is now. */
export function standingRefusal(
  entry: Entry | undefined,
  lastModifiedDate: string | undefined,
): StandingRefusal | undefined {
  if (entry?.state !== 'refused' || entry.lastModifiedDate !== lastModifiedDate) return undefined;
  const { problem, changedAt } = entry;
  // AWS's other refusals aren't about what the deal holds.
  return problem?.type === 'refused' && problem.code === 'ValidationException'
    ? { at: changedAt, problem }
    : undefined;
}
