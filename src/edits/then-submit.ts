import { z } from 'zod';
import { INVOLVEMENTS, VISIBILITIES } from '../aws/terms.ts';
import type { Tx } from '../database/schema.ts';
import type { Choices } from '../forms/form.ts';

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
  /** It took longer than whoever pressed can be taken to have in mind. */
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
    involvementType: z.enum(INVOLVEMENTS),
    visibility: z.enum(VISIBILITIES),
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
export type Wanted = Extract<ThenSubmit, { type: 'wanted' }>;

/** @throws ZodError where the row holds what this version doesn't know. */
export const thenSubmitFrom = (text: string | null): ThenSubmit | undefined =>
  text === null ? undefined : thenSubmit.parse(JSON.parse(text));

export const thenSubmitText = (value: ThenSubmit | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** As it is asked for; `of`: the form's, in which channel and for which batch the outcome belongs. */
export const wanted = (
  { involvementType, visibility }: Choices,
  { batchId, responseUrl }: Pick<Wanted, 'batchId' | 'responseUrl'>,
): Wanted => ({ type: 'wanted', involvementType, visibility, batchId, responseUrl });

/** Nothing is submitted of it any more; what was recorded stays. */
export const drop = (value: ThenSubmit | undefined, why: Dropped): ThenSubmit | undefined =>
  value?.type === 'wanted' ? { type: 'dropped', why } : value;

/** How a row's column begins whose submission is still to follow. */
export const WANTED_LIKE = '{"type":"wanted"%';

/** The records were set back: of nothing that was to be submitted then is it known whether it was. */
export async function dropAllSetBack(tx: Tx): Promise<void> {
  await tx
    .updateTable('edits')
    .set({ then_submit: thenSubmitText({ type: 'dropped', why: 'set-back' }) })
    .where('then_submit', 'like', WANTED_LIKE)
    .execute();
}

/** A read that shows the deal as the person saw it and changed it. */
export interface AsWanted {
  /** AWS's, unchanged. */
  readonly lastModifiedDate: string;
  readonly nationalSecurity: boolean;
}

/** What a read after a step says of it. */
export type Seen =
  | { readonly type: 'as-wanted'; readonly deal: AsWanted }
  | { readonly type: 'dropped'; readonly why: Dropped };

/** How long after the press something is still submitted because of it (milliseconds). */
const FOR_MS = 15 * 60_000;

/** Whether too much time has passed since the press; a wall clock that was set back as far says nothing either. */
export const isLate = (requestedAt: Date, at: Date): boolean =>
  Math.abs(at.getTime() - requestedAt.getTime()) > FOR_MS;

/**
 * While an edit is on its way its choices stay with it, and no longer. What is wanted is left as the row has it. Since
 * the records were set back (`isSetBack`) it isn't known what was submitted already.
 */
export function thenSubmitColumn(
  asked: ThenSubmit | undefined,
  to: string,
  seen: Seen | undefined,
  isSetBack: boolean,
): { readonly then_submit?: string | null } {
  const dropped = (why: Dropped) => ({ then_submit: thenSubmitText(drop(asked, why)) });
  if (isSetBack) return dropped('set-back');
  switch (to) {
    case 'requested':
    case 'sending':
      if (seen?.type === 'dropped') return dropped(seen.why);
      return asked?.type === 'wanted' ? {} : { then_submit: thenSubmitText(asked) };
    case 'uncertain':
      return dropped('doubt');
    case 'saved':
      if (seen?.type === 'as-wanted' && asked?.type === 'wanted') return {};
      return dropped(seen?.type === 'dropped' ? seen.why : 'unread');
    default:
      return dropped('not-saved');
  }
}
