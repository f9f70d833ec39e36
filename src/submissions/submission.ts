import { z } from 'zod';
import { callProblems, isOpenState, type Sendable } from '../attempts/sendable.ts';
import type { Choices } from '../forms/form.ts';
import type { Elsewhere, Review, TakenOn } from '../opportunities/opportunity.ts';

/** Where a submission stands with us. AWS's own `ReviewStatus` is kept beside it and never mixed with it. */
export const STATES = [
  'requested',
  'sending',
  'submitted',
  'refused',
  'uncertain',
  'not_seen',
  'already_submitted',
  'changed',
  'cancelled',
  'expired',
] as const;
export type State = (typeof STATES)[number];

/** States that AWS's review concerns. */
export const FOLLOWED_STATES = [
  'submitted',
  'already_submitted',
  'uncertain',
  'not_seen',
] as const satisfies readonly State[];

/** Every change of state that may happen; anything else is a defect and is refused by the store. */
export const TRANSITIONS: Readonly<Record<State, readonly State[]>> = {
  requested: ['sending', 'refused', 'already_submitted', 'changed', 'cancelled', 'expired'],
  sending: ['submitted', 'refused', 'requested', 'uncertain', 'already_submitted'],
  uncertain: ['submitted', 'already_submitted', 'not_seen'],
  not_seen: ['submitted', 'already_submitted'],
  submitted: [],
  refused: [],
  already_submitted: [],
  changed: [],
  cancelled: [],
  expired: [],
};

/** Why a submission is where it is, kept as data so that the words can be made (and changed) later. */
export const problemSchema = z.discriminatedUnion('type', [
  ...callProblems,
  /** Concluded by reading: AWS has it with other choices, or they couldn't be read. */
  z.object({
    type: z.literal('choices-differ'),
    involvementType: z.string().optional(),
    visibility: z.string().optional(),
  }),
  /** Concluded by reading: a request that a person made afterwards is the one that AWS has. */
  z.object({ type: z.literal('later-request') }),
]);
export type Problem = z.infer<typeof problemSchema>;

/** One submission, as recorded. */
export interface Submission extends Sendable<State, Problem>, Choices {
  /** The batch it belongs to; undefined: it stands alone. */
  readonly batchId: string | undefined;
}

/** A submission, with AWS's review of its opportunity. */
export type Reviewed = Submission & Review;

/** What stands for an opportunity: the request of ours that counts, or that it was submitted elsewhere. */
export type Entry = Reviewed | Elsewhere;

/** An entry that is somebody's. */
export type Owned = Reviewed | TakenOn;

/** Whether AWS may still get it from us. */
export const isOpen = (entry: Entry): entry is Reviewed => isOpenState(entry.state);

/**
 * Whether it is being sent once more, after an answer that people know of. That lasts for seconds, and what comes of it is
 * told in any case: until then a message stands as that answer left it.
 */
export const isFurtherTry = (entry: Entry): entry is Reviewed =>
  entry.state === 'sending' && entry.problem !== undefined;

/**
 * How long AWS may still accept a signed request: 15 minutes on the safe side. Before this has passed since
 * it was signed, "not seen yet" is all that can be said. (AWS IAM User Guide, "Signature Version 4".)
 */
export const SIGNATURE_LIFETIME_MS = 15 * 60 * 1000;
