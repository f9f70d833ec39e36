import { isOpenState } from '../attempts/sendable.ts';
import type { Tx } from '../database/schema.ts';
import type { Store } from '../submissions/store.ts';
import {
  type Dropped,
  type Edit,
  type EditState,
  type ThenSubmit,
  thenSubmitFrom,
  thenSubmitText,
} from './edit.ts';

/* *Save and submit*: what is to be submitted once an edit is saved. */

/** What a read after a step says of a deal: it is as the person saw it and changed it, or why nothing is submitted. */
export type Seen =
  | {
      readonly type: 'as-wanted';
      /** `lastModifiedDate` is AWS's, unchanged. */
      readonly deal: { readonly lastModifiedDate: string; readonly nationalSecurity: boolean };
    }
  | { readonly type: 'dropped'; readonly why: Dropped };

/** How long after the press something is still submitted because of it (milliseconds). */
const FOR_MS = 15 * 60_000;

/** How a row's column begins whose submission is still to follow. */
const WANTED_LIKE = '{"type":"wanted"%';

/** Nothing is submitted of it any more; what was recorded stays. */
export const drop = (value: ThenSubmit | undefined, why: Dropped): ThenSubmit | undefined =>
  value?.type === 'wanted' ? { type: 'dropped', why } : value;

/** Drops what is to follow an edit, or `all` of them, where the row still has it. */
export async function dropWanted(tx: Tx, why: Dropped, of: { readonly edit: string } | 'all'): Promise<void> {
  const wanted = tx
    .updateTable('edits')
    .set({ then_submit: thenSubmitText({ type: 'dropped', why }) })
    .where('then_submit', 'like', WANTED_LIKE);
  await (of === 'all' ? wanted : wanted.where('id', '=', of.edit)).execute();
}

/**
 * Records the submission that was to follow what is saved now, in the transaction that says so; or writes down why it
 * never is. Answers whether it is recorded.
 */
export async function submitSaved(
  tx: Tx,
  store: Pick<Store, 'recordIn'>,
  edit: Edit,
  seen: Seen | undefined,
  at: Date,
): Promise<boolean> {
  if (edit.thenSubmit?.type !== 'wanted' || seen?.type !== 'as-wanted') return false;
  // Cancel may have come while the edit was out: by now the row is this transaction's.
  const row = tx.selectFrom('edits').select('then_submit').where('id', '=', edit.id);
  const asked = thenSubmitFrom((await row.executeTakeFirstOrThrow()).then_submit);
  if (asked?.type !== 'wanted') return false;
  if (isLate(edit.requestedAt, at)) {
    await dropWanted(tx, 'late', { edit: edit.id });
    return false;
  }
  const { batchId, responseUrl } = asked;
  const form = { ...edit, ...seen.deal, id: edit.formId, batchId, responseUrl };
  const { type, submission } = await store.recordIn(tx, form, asked, at);
  if (type === 'open' || !isOpenState(submission.state)) {
    await dropWanted(tx, type === 'open' ? 'open' : 'before', { edit: edit.id });
    return false;
  }
  await tx
    .updateTable('edits')
    .set({ then_submit: thenSubmitText({ type: 'recorded', submissionId: submission.id }) })
    .where('id', '=', edit.id)
    .execute();
  return true;
}

/** Whether too much time has passed since the press; a wall clock that was set back as far says nothing either. */
const isLate = (requestedAt: Date, at: Date): boolean =>
  Math.abs(at.getTime() - requestedAt.getTime()) > FOR_MS;

/**
 * What a step makes of the submission that is to follow. While the edit is on its way its choices stay with it, and no
 * longer. What is wanted is left as the row has it. Since the records were set back (`isSetBack`) it isn't known what
 * was submitted already.
 */
export function thenSubmitColumn(
  asked: ThenSubmit | undefined,
  to: EditState,
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
