import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { RecordEvent } from '../attempts/record.ts';
import { callProblems, type Sendable, type Steps, sendableOf } from '../attempts/sendable.ts';
import { EDITABLE_STATUSES, type EditableStatus } from '../aws/terms.ts';
import type { EditTable } from '../database/schema.ts';
import { choicesSchema, type Editing } from '../forms/form.ts';

/** Where an edit of a deal stands. */
export const EDIT_STATES = [
  'requested',
  'sending',
  'uncertain',
  'saved',
  'refused',
  'conflict',
  'expired',
  'cancelled',
] as const;
export type EditState = (typeof EDIT_STATES)[number];

/**
 * What may become of an edit. Unlike a submission it may go out again after a doubt: AWS takes an update once only, by
 * its LastModifiedDate. Late answers aren't needed: a doubt is settled by the same read.
 */
export const EDIT_STEPS: Readonly<Record<EditState, Steps<EditState>>> = {
  requested: { to: ['sending', 'saved', 'refused', 'conflict', 'expired', 'cancelled'] },
  sending: { to: ['saved', 'refused', 'requested', 'uncertain'] },
  uncertain: { to: ['sending', 'requested', 'saved', 'refused', 'conflict', 'expired'] },
  saved: { to: [] },
  refused: { to: [] },
  conflict: { to: [] },
  expired: { to: [] },
  cancelled: { to: [] },
};

/** Why an edit is where it is, and what is known beyond that. */
const editProblem = z.discriminatedUnion('type', [
  ...callProblems,
  /** AWS's review moved on: nothing may be edited now. `inDoubt`: it isn't known whether AWS had taken the edit. */
  z.object({ type: z.literal('not-editable'), reviewStatus: z.string(), inDoubt: z.boolean() }),
  /** AWS demands this in every update, by its path, and the deal hasn't got it. */
  z.object({ type: z.literal('lacks'), path: z.string() }),
  /** An update would write back what AWS has redacted. */
  z.object({ type: z.literal('redacted') }),
  /** These fields, by AWS's path, were changed by somebody else since the form was shown. */
  z.object({ type: z.literal('changed-meanwhile'), fields: z.array(z.string()), inDoubt: z.boolean() }),
  /** Saved in a deal that AWS had sent back: its review since; undefined: it couldn't be read. */
  z.object({ type: z.literal('review-since'), reviewStatus: z.string().optional() }),
]);
export type EditProblem = z.infer<typeof editProblem>;

/** Why nothing was submitted of what was to be saved and then submitted. */
export const DROPPED = [
  /** The edit was refused, cancelled before it went out, or came to nothing otherwise. */
  'not-saved',
  /** Somebody took it back while the edit was at AWS already. */
  'cancelled',
  /** For a while, or still, nobody knew whether AWS had the edit. */
  'doubt',
  /** The deal isn't what the form showed and the person typed: somebody else changed it, or AWS did. */
  'changed',
  /** AWS didn't show the deal as saved yet, or at all. */
  'unread',
  /** It took longer than whoever pressed would expect. */
  'late',
  /** Another request for the same opportunity was on its way by then. */
  'open',
  /** The same form had submitted it before, as it was, and that has ended. */
  'before',
  /** The records were set back: that it was saved and submitted may be what they have lost. */
  'set-back',
] as const;
export type Dropped = (typeof DROPPED)[number];

const thenSubmit = z.discriminatedUnion('type', [
  /** The choices of the press. The response_url is a secret: never logged. */
  z.object({
    type: z.literal('wanted'),
    ...choicesSchema.shape,
    batchId: z.string().optional(),
    responseUrl: z.string().optional(),
  }),
  z.object({ type: z.literal('recorded'), submissionId: z.string() }),
  z.object({ type: z.literal('dropped'), why: z.enum(DROPPED) }),
]);

/**
 * The submission that was asked for with the same press as an edit. While the edit is on its way these are its choices
 * only: no submission exists. It is recorded in the transaction that concludes the edit as saved, or never.
 */
export type ThenSubmit = z.infer<typeof thenSubmit>;

/** What a person typed for a field: a text ('' takes the field away), or a list where AWS has one. */
export type Typed = string | readonly string[];
export type TypedFields = ReadonlyMap<string, Typed>;

/** An edit of a deal, as recorded. */
export interface Edit extends Sendable<EditState, EditProblem> {
  /** AWS's review status when the form was shown. */
  readonly editableStatus: EditableStatus;
  /** AWS's paths of the changed fields. */
  readonly fields: readonly string[];
  /** Fingerprints of what the form showed of those fields: see `stampOf`. */
  readonly shown: Editing['shown'];
  /** Undefined once nothing needs the values any more. */
  readonly typed: TypedFields | undefined;
  /** AWS has the fields: what is left, unless it is saved, is to associate a solution. */
  readonly updated: boolean;
  /** Undefined: it was only to be saved. */
  readonly thenSubmit: ThenSubmit | undefined;
}

const editableStatus = z.enum(EDITABLE_STATUSES);
export const editState = z.enum(EDIT_STATES);
const shown = z.record(z.string(), z.string());
const typed = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const fields = z.array(z.string());

/** AWS's paths of the changed fields. */
export const fieldsOf = (row: Pick<Selectable<EditTable>, 'fields'>): readonly string[] =>
  fields.parse(JSON.parse(row.fields));

/** @throws ZodError where the row holds what this version doesn't know. */
export const editOf = (row: Selectable<EditTable>): Edit => ({
  ...sendableOf(row, editState, editProblem),
  editableStatus: editableStatus.parse(row.editable_status),
  fields: fieldsOf(row),
  shown: new Map(Object.entries(shown.parse(JSON.parse(row.shown)))),
  typed: row.typed === null ? undefined : new Map(Object.entries(typed.parse(JSON.parse(row.typed)))),
  updated: row.updated === 1,
  thenSubmit: thenSubmitFrom(row.then_submit),
});

/** @throws ZodError where the column holds what this version doesn't know. */
export const thenSubmitFrom = (text: string | null): ThenSubmit | undefined =>
  text === null ? undefined : thenSubmit.parse(JSON.parse(text));

export const thenSubmitText = (value: ThenSubmit | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** A map as a column holds it. */
export const mapText = (map: Editing['shown'] | TypedFields): string =>
  JSON.stringify(Object.fromEntries(map));

/** One row of an edit's audit trail. */
export type EditEvent = RecordEvent<EditState>;
