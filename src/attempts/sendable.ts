import type { Insertable, Selectable } from 'kysely';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { RefusedError } from '../aws/errors.ts';
import { beyond, DAY_MS } from '../clock.ts';
import type { SetBack } from '../database/identity.ts';
import type { SendableColumns } from '../database/schema.ts';
import { type Asked, type Requester, requesterColumns, requesterOf } from '../forms/form.ts';

/** Milliseconds after `sendingAt` within which the request must be signed and written. */
export const SEND_WITHIN_MS = 15_000;

/**
 * How long AWS may still accept a signed request: 15 minutes on the safe side. Before this has passed since
 * it was signed, "not seen yet" is all that can be said. (AWS IAM User Guide, "Signature Version 4".) It bounds
 * acceptance: what was accepted may be executed later still.
 */
export const SIGNATURE_LIFETIME_MS = 15 * 60 * 1000;

/** What waits longer than this is not sent any more (milliseconds). */
export const EXPIRES_AFTER_MS = DAY_MS;

/** States in which AWS may still get it from us. A unique index allows one such record of each kind an opportunity. */
export const OPEN_STATES = ['requested', 'sending', 'uncertain'] as const;
type OpenState = (typeof OPEN_STATES)[number];

/** Whether AWS may still get it from us. */
export const isOpenState = (state: string): state is OpenState => OPEN_STATES.some((open) => open === state);

/** The code of a doubt where the bot stopped between the fence and the answer: nobody knows whether anything went out. */
export const INTERRUPTED = 'Interrupted';

/** The code of a doubt where the records were set back and AWS can't be read since: it may have been sent before. */
export const SET_BACK = 'SetBack';

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
  /** The records were set back: it may have been sent before, and until then (ISO 8601) AWS is only read. */
  z.object({ type: z.literal('set-back'), by: z.enum(['failover', 'restore']), until: z.iso.datetime() }),
] as const;

const callProblem = z.discriminatedUnion('type', callProblems);
export type CallProblem = z.infer<typeof callProblem>;
type SetBackProblem = Extract<CallProblem, { type: 'set-back' }>;

export const setBackProblem = ({ by, until }: SetBack): SetBackProblem => ({
  type: 'set-back',
  by,
  until: until.toISOString(),
});

export type OperatorProblem = Extract<CallProblem, { type: 'operator' }>;

/** AWS refused it, and would again. */
export const refusedProblem = (error: RefusedError): Extract<CallProblem, { type: 'refused' }> => ({
  type: 'refused',
  code: error.code,
  reason: error.reason,
  message: error.message,
  fieldErrors: error.fieldErrors.map((field) => ({ ...field })),
});

/** Why a record is where it is; each kind has some of its own. */
export interface RecordProblem {
  readonly type: string;
}

/** What a person asked for and AWS is to get, as recorded: what a submission and an edit of a deal have in common. */
export interface Sendable<State extends string = string, Reason extends RecordProblem = RecordProblem>
  extends Requester {
  readonly id: string;
  readonly formId: string;
  readonly opportunityId: string;
  /** AWS's `LastModifiedDate`, unchanged, of what the form showed. */
  readonly lastModifiedDate: string;
  /** AWS redacts such deals: nothing but their ID is shown in a message. */
  readonly nationalSecurity: boolean;
  readonly state: State;
  readonly requestedAt: Date;
  /** When the last request to AWS was about to go out: its signature counts from here. */
  readonly sendingAt: Date | undefined;
  /** When `state` last changed. */
  readonly changedAt: Date;
  readonly problem: Reason | undefined;
  /** AWS's request ID of the answer that decided the state. */
  readonly requestId: string | undefined;
  /** When the worker looks at it next; undefined: nothing left for it to do. */
  readonly dueAt: Date | undefined;
  /** Tries since the state last changed, for growing intervals. */
  readonly tries: number;
  /** Counts claims: the fencing token of whoever works on it. */
  readonly attempt: number;
}

/** What may become of a record in a state. Anything else is a defect, and the store refuses it. */
export interface Steps<State extends string> {
  readonly to: readonly State[];
  /** What AWS's own answer to us may make of it once nobody sends it any more: a known answer replaces a guess, however late. */
  readonly late?: readonly State[];
}

/** Whether AWS may still accept what was sent last, at this moment. */
export const mayStillArrive = (
  { sendingAt, changedAt }: Pick<Sendable, 'sendingAt' | 'changedAt'>,
  at: Date,
): boolean => at.getTime() - (sendingAt ?? changedAt).getTime() <= SEND_WITHIN_MS + SIGNATURE_LIFETIME_MS;

/** A record's next state, with what goes into the record and the audit trail. */
export interface Transition<State extends string, Reason extends RecordProblem> {
  readonly to: State;
  readonly at: Date;
  /** A Slack user ID, or `bot`. */
  readonly actor: string;
  /** For the audit trail: our own words or AWS's code, never a deal's details. */
  readonly why: string;
  readonly problem?: Reason | undefined;
  readonly requestId?: string | undefined;
  readonly dueAt?: Date | undefined;
  readonly tries?: number;
}

/** What the database said at the fence. */
export type Fence<Record_> =
  | { readonly type: 'sending'; readonly record: Record_ }
  /** The quota's next slot; nothing has changed. */
  | { readonly type: 'wait'; readonly until: Date }
  /** Cancelled, or another replica has it: not ours to send any more. */
  | { readonly type: 'lost' };

/** The queries of a kind's records, as far as every attempt needs them: see `createRecordQueue`. */
export interface Records<Record_ extends Sendable> {
  begin(
    claimed: Record_,
    by: { readonly owner: string; readonly at: Date; readonly intervalMs: number },
  ): Promise<Fence<Record_>>;
  transition(claimed: Record_, owner: string, step: Transition<'uncertain', CallProblem>): Promise<unknown>;
  answer(
    sending: Record_,
    owner: string,
    step: Transition<'requested' | 'uncertain', CallProblem>,
  ): Promise<unknown>;
  postpone(
    claimed: Record_,
    owner: string,
    next: {
      readonly at: Date;
      readonly dueAt: Date;
      readonly problem: Record_['problem'] | CallProblem;
      readonly tries: number;
    },
  ): Promise<void>;
}

/**
 * Reads the columns that both tables have. A value that this version doesn't know is found here, and not later.
 *
 * @throws ZodError where the row holds what this version doesn't know.
 */
export const sendableOf = <State extends string, Reason extends RecordProblem>(
  row: Selectable<SendableColumns>,
  state: z.ZodType<State>,
  problem: z.ZodType<Reason>,
): Sendable<State, Reason> => ({
  ...requesterOf(row),
  id: row.id,
  formId: row.form_id,
  opportunityId: row.opportunity_id,
  lastModifiedDate: row.last_modified_date,
  nationalSecurity: row.national_security === 1,
  state: state.parse(row.state),
  requestedAt: new Date(row.requested_at),
  sendingAt: dateOf(row.sending_at),
  changedAt: new Date(row.changed_at),
  problem: row.problem === null ? undefined : problem.parse(JSON.parse(row.problem)),
  requestId: row.request_id ?? undefined,
  dueAt: dateOf(row.due_at),
  tries: row.tries,
  attempt: row.attempt,
});

/** The columns of what is asked for with a form: due at once. */
export const requestedColumns = (id: string, form: Asked, at: Date): Insertable<SendableColumns> => ({
  ...requesterColumns(form),
  id,
  form_id: form.id,
  opportunity_id: form.opportunityId,
  last_modified_date: form.lastModifiedDate,
  national_security: form.nationalSecurity ? 1 : 0,
  state: 'requested',
  requested_at: at.toISOString(),
  sending_at: null,
  sent_by: null,
  changed_at: at.toISOString(),
  problem: null,
  request_id: null,
  due_at: at.toISOString(),
  tries: 0,
  lease_owner: null,
  lease_until: null,
});

const dateOf = (text: string | null): Date | undefined => (text === null ? undefined : new Date(text));

/** What decides whether anything is sent now. */
export interface Sending {
  readonly at: Date;
  /** The operator has switched sending off. */
  readonly paused: boolean;
  /** Milliseconds between two writes over all replicas. */
  readonly intervalMs: number;
}

/**
 * Whether a record can go a step further: it waits to be sent, and sending is neither paused, broken nor throttled; or
 * it needs no sending, as a doubt and what expires. Where AWS's quota gives the next slot further away than its ordinary
 * distance AWS throttles, and reading what can't be sent would only make it worse.
 */
export function isSendable({ at, paused, intervalMs }: Sending): RawBuilder<boolean> {
  const after = (ms: number) => new Date(at.getTime() + ms).toISOString();
  const isOpen = paused
    ? sql`false`
    : sql`(not exists (select 1 from circuit_breaker
          where probe_at > ${at.toISOString()} and probe_at <= ${beyond(at)})
        and not exists (select 1 from write_quota
          where next_at > ${after(intervalMs)} and next_at <= ${beyond(at)}))`;
  return sql<boolean>`(state <> 'requested' or requested_at <= ${after(-EXPIRES_AFTER_MS)} or ${isOpen})`;
}
