import { z } from 'zod';
import { DAY_MS } from '../clock.ts';
import type { Choices, Requester } from '../forms/form.ts';
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

/** States in which AWS may still get this submission from us: one a (catalog, opportunity), by a unique index. */
export const OPEN_STATES = ['requested', 'sending', 'uncertain'] as const satisfies readonly State[];

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

/** Whether a record may go from one state to the other. */
export const mayBecome = (from: State, to: State): boolean => TRANSITIONS[from].includes(to);

const fieldError = z.object({
  fieldName: z.string().optional(),
  code: z.string(),
  message: z.string(),
});

/** What can go wrong with a call that writes at AWS. `message` is AWS's own text: for those who may see the deal, never logged. */
export const callProblems = [
  z.object({
    type: z.literal('refused'),
    code: z.string(),
    reason: z.string().optional(),
    message: z.string(),
    fieldErrors: z.array(fieldError),
  }),
  /** The person may no longer do it. */
  z.object({ type: z.literal('not-permitted') }),
  /** AWS is slow, busy or away; it waits and goes again by itself. */
  z.object({ type: z.literal('waiting'), code: z.string(), throttled: z.boolean() }),
  /** Nobody knows whether AWS executed it. */
  z.object({ type: z.literal('unknown'), code: z.string() }),
  /** The bot's own access to AWS is broken: sending is paused until it works again. */
  z.object({
    type: z.literal('operator'),
    cause: z.enum(['credentials', 'signature', 'clock', 'opt-in']),
    code: z.string(),
  }),
  /** For another catalog than this bot's: held, never sent. */
  z.object({ type: z.literal('other-catalog') }),
] as const;

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
export interface Submission extends Requester, Choices {
  readonly id: string;
  readonly formId: string;
  /** The batch it belongs to; undefined: it stands alone. */
  readonly batchId: string | undefined;
  readonly opportunityId: string;
  readonly lastModifiedDate: string;
  readonly nationalSecurity: boolean;
  readonly state: State;
  readonly requestedAt: Date;
  /** When the last request to AWS was about to go out: its signature counts from here. */
  readonly sendingAt: Date | undefined;
  /** When `state` last changed. */
  readonly changedAt: Date;
  readonly problem: Problem | undefined;
  /** AWS's request ID of the answer that decided the state. */
  readonly requestId: string | undefined;
  /** When the worker looks at it next; undefined: nothing left for it to do. */
  readonly dueAt: Date | undefined;
  /** Tries since the state last changed, for growing intervals. */
  readonly tries: number;
  /** Counts claims: the fencing token of whoever works on it. */
  readonly attempt: number;
}

/** A submission, with AWS's review of its opportunity. */
export type Reviewed = Submission & Review;

/** What stands for an opportunity: the request of ours that counts, or that it was submitted elsewhere. */
export type Entry = Reviewed | Elsewhere;

/** An entry that is somebody's. */
export type Owned = Reviewed | TakenOn;

/** Whether AWS may still get it from us. */
export const isOpen = (entry: Entry): entry is Reviewed => OPEN_STATES.some((state) => state === entry.state);

/**
 * Whether it is being sent once more, after an answer that people know of. That lasts for seconds, and what comes of it is
 * told in any case: until then a message stands as that answer left it.
 */
export const isFurtherTry = (entry: Entry): entry is Reviewed =>
  entry.state === 'sending' && entry.problem !== undefined;

/** A submission that is waiting longer than this is not sent any more (milliseconds). */
export const EXPIRES_AFTER_MS = DAY_MS;

/** From `sendingAt` on (milliseconds): later than this the request isn't signed and written any more. */
export const SEND_WITHIN_MS = 15_000;

/**
 * How long AWS may still accept a signed request: 15 minutes on the safe side. Before this has passed since
 * it was signed, "not seen yet" is all that can be said. (AWS IAM User Guide, "Signature Version 4".)
 */
export const SIGNATURE_LIFETIME_MS = 15 * 60 * 1000;
