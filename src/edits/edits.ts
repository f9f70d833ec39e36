import { createRecordQueue, type OnLost } from '../attempts/queue.ts';
import { appendRecordEvent, createCommitted, type Recording, recordOnce } from '../attempts/record.ts';
import { isOpenState, OPEN_STATES, requestedColumns, type Transition } from '../attempts/sendable.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Dialect } from '../database/connect.ts';
import type { Lineage } from '../database/identity.ts';
import { GIVEN_BACK, type Leases } from '../database/lease.ts';
import type { Database, Tx } from '../database/schema.ts';
import type { Choices, EditForm } from '../forms/form.ts';
import { newMessage, retell } from '../messages/outbox.ts';
import type { Store } from '../submissions/store.ts';
import {
  createEditTrail,
  EDIT_ANSWERS,
  EDIT_TRANSITIONS,
  type Edit,
  type EditEvent,
  type EditProblem,
  type EditState,
  editOf,
  mapText,
  type TypedFields,
} from './edit.ts';
import {
  drop,
  isLate,
  type Seen,
  type ThenSubmit,
  thenSubmitColumn,
  thenSubmitFrom,
  thenSubmitText,
  WANTED_LIKE,
  wanted,
} from './then-submit.ts';

/** What happened when an edit was to be recorded, and the edit that stands. */
export interface EditRecorded {
  readonly type: Recording;
  readonly edit: Edit;
}

/** A transition of an edit. */
export interface EditTransition extends Transition<EditState, EditProblem> {
  /** AWS has the fields now. Left as it is where it isn't given. */
  readonly updated?: boolean;
  /** What a read says of the deal since, where a submission is to follow. */
  readonly seen?: Seen | undefined;
  /** The record of the opportunity in whose thread it is told that the deal went back to AWS. */
  readonly tellInThreadOf?: string | undefined;
}

/** Hears of an edit's step once it is committed. */
export type OnMoved = (
  edit: Pick<Edit, 'id' | 'opportunityId' | 'teamId' | 'catalog'>,
  event: EditEvent,
) => void;

/** The records of edited deals and their queries. */
export function createEdits(dependencies: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly leases: Leases;
  readonly lineage: Pick<Lineage, 'setBack'>;
  readonly newId: () => string;
  /** An edit may end with a submission, in one transaction. */
  readonly store: Pick<Store, 'transaction' | 'recordIn'>;
  readonly onMoved?: OnMoved;
  readonly onLost?: OnLost;
}) {
  const { db, leases, newId, store, onMoved, onLost = () => {} } = dependencies;
  const { transaction, happened } = createCommitted<Parameters<OnMoved>>(store.transaction, (moved) =>
    onMoved?.(...moved),
  );

  const changed = async (tx: Tx, edit: Edit, event: EditEvent): Promise<void> => {
    happened(tx, [edit, event]);
    await appendRecordEvent(tx, 'edit_events', event);
  };

  /** What becomes of the submission that was to follow what is saved now: it is recorded, or never. */
  const submitSaved = async (
    tx: Tx,
    edit: Edit,
    seen: Seen | undefined,
    at: Date,
  ): Promise<ThenSubmit | undefined> => {
    if (edit.thenSubmit?.type !== 'wanted' || seen?.type !== 'as-wanted') return undefined;
    // Cancel may have come while the edit was out: by now the row is this transaction's.
    const row = tx.selectFrom('edits').select('then_submit').where('id', '=', edit.id);
    const asked = thenSubmitFrom((await row.executeTakeFirstOrThrow()).then_submit);
    if (asked?.type !== 'wanted') return asked;
    if (isLate(edit.requestedAt, at)) return drop(asked, 'late');
    const { batchId, responseUrl } = asked;
    const form = { ...edit, ...seen.deal, id: edit.formId, batchId, responseUrl };
    const { type, submission } = await store.recordIn(tx, form, asked, at);
    if (type === 'open') return drop(asked, 'open');
    if (!isOpenState(submission.state)) return drop(asked, 'before');
    return { type: 'recorded', submissionId: submission.id };
  };

  return {
    ...createEditTrail({ db }),
    ...createRecordQueue<EditState, EditProblem, Edit, EditTransition>(dependencies, {
      table: 'edits',
      claim: (work, by) => leases.claim({ table: 'edits', ...work }, by, editOf),
      read: editOf,
      transitions: EDIT_TRANSITIONS,
      answers: EDIT_ANSWERS,
      onLost,
      sending: (at) => ({ to: 'sending', at, actor: 'bot', why: 'goes out to AWS' }),
      columns: (claimed, { to, updated = claimed.updated, seen }) => ({
        ...thenSubmitColumn(claimed.thenSubmit, to, seen, claimed.problem?.type === 'set-back'),
        updated: updated ? 1 : 0,
        // What was typed is forgotten once it is saved.
        ...(to === 'saved' ? { typed: null } : {}),
        // Between two calls the deal is what the person asked for so far: as if the form had shown that.
        ...(to === 'requested' && seen?.type === 'as-wanted'
          ? { last_modified_date: seen.deal.lastModifiedDate }
          : {}),
      }),
      transaction,
      moved: async (tx, claimed, { to, at, actor, why, problem, requestId, tellInThreadOf, seen }) => {
        const then = to === 'saved' ? await submitSaved(tx, claimed, seen, at) : undefined;
        if (then !== undefined) {
          await tx
            .updateTable('edits')
            .set({ then_submit: thenSubmitText(then) })
            .where('id', '=', claimed.id)
            .execute();
        }
        await changed(tx, claimed, {
          recordId: claimed.id,
          at,
          actor,
          from: claimed.state,
          to,
          why,
          requestId,
        });
        if (to !== 'sending' && (!isOpenState(to) || isOther(problem, claimed.problem))) {
          // What is submitted next has a message of its own.
          await retell(tx, { edit: claimed.id, ifTold: then?.type === 'recorded' }, at);
        }
        if (tellInThreadOf === undefined) return;
        const content = { kind: 'sent-back', recordId: tellInThreadOf, subject: claimed.id } as const;
        await tx
          .insertInto('outbox')
          .values(newMessage(newId(), content, at))
          .execute();
      },
      retell: (tx, id, at) => retell(tx, { edit: id }, at),
    }),
    async findEdit(id: string): Promise<Edit | undefined> {
      const row = await db.selectFrom('edits').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : editOf(row);
    },

    /** The edit of this opportunity that AWS may still get. */
    async openEditOf(catalog: Catalog, opportunityId: string): Promise<Edit | undefined> {
      const row = await db
        .selectFrom('edits')
        .selectAll()
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId)
        .where('state', 'in', OPEN_STATES)
        .executeTakeFirst();
      return row === undefined ? undefined : editOf(row);
    },

    /** The edit that was sent with this form. */
    async editOfForm(formId: string): Promise<Edit | undefined> {
      const row = await db.selectFrom('edits').selectAll().where('form_id', '=', formId).executeTakeFirst();
      return row === undefined ? undefined : editOf(row);
    },

    /**
     * Commits what a person typed: at most one edit a form, and at most one open edit an opportunity, both by the
     * database's own indexes. What was typed for the opportunity before, and came to nothing, is forgotten.
     * `choices`: it is to be submitted once it is saved.
     */
    async recordEdit(
      form: EditForm,
      typed: TypedFields,
      at: Date,
      choices?: Choices | undefined,
    ): Promise<EditRecorded> {
      return transaction(async (tx) => {
        const { type, row } = await recordOnce(tx, 'edits', form, () =>
          tx
            .insertInto('edits')
            .values({
              ...requestedColumns(newId(), form, at),
              response_url: form.editing.answerUrl ?? null,
              editable_status: form.editing.status,
              fields: JSON.stringify([...typed.keys()]),
              shown: mapText(new Map([...form.editing.shown].filter(([path]) => typed.has(path)))),
              typed: mapText(typed),
              updated: 0,
              then_submit: thenSubmitText(choices && wanted(choices, form)),
            })
            .onConflict((conflict) => conflict.doNothing())
            .returningAll()
            .executeTakeFirst(),
        );
        const edit = editOf(row);
        if (type !== 'recorded') return { type, edit };
        const { id, userId: actor } = edit;
        await changed(tx, edit, {
          recordId: id,
          at,
          actor,
          from: null,
          to: 'requested',
          why: choices === undefined ? 'saved in Slack' : 'saved in Slack, to be submitted then',
        });
        await tx
          .insertInto('outbox')
          // Nothing to tell yet: the form says that it is recorded.
          .values({ ...newMessage(newId(), { kind: 'edit', subject: id }, at), told_revision: 1 })
          .execute();
        await tx
          .updateTable('edits')
          .set({ typed: null })
          .where('catalog', '=', form.catalog)
          .where('opportunity_id', '=', form.opportunityId)
          .where('user_id', '=', form.userId)
          .where('id', '!=', id)
          .where('typed', 'is not', null)
          .execute();
        return { type, edit };
      });
    },

    /** Takes back an edit that isn't being sent yet. Undefined: too late. */
    cancelEdit: (id: string, userId: string, at: Date): Promise<Edit | undefined> =>
      transaction(async (tx) => {
        const from = 'requested';
        const row = await tx
          .updateTable('edits')
          .set({
            state: 'cancelled',
            changed_at: at.toISOString(),
            due_at: null,
            problem: null,
            ...GIVEN_BACK,
          })
          .where('id', '=', id)
          .where('state', '=', from)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) {
          // It is at AWS; what was to follow isn't recorded yet, and never will be.
          await tx
            .updateTable('edits')
            .set({ then_submit: thenSubmitText({ type: 'dropped', why: 'cancelled' }) })
            .where('id', '=', id)
            .where('then_submit', 'like', WANTED_LIKE)
            .execute();
          return undefined;
        }
        const edit = editOf(row);
        const to = 'cancelled';
        await tx
          .updateTable('edits')
          .set({ then_submit: thenSubmitText(drop(edit.thenSubmit, 'not-saved')) })
          .where('id', '=', id)
          .execute();
        await changed(tx, edit, { recordId: id, at, actor: userId, from, to, why: 'Cancel' });
        await retell(tx, { edit: id }, at);
        return edit;
      }),

    /**
     * Forgets what forms showed, and what was typed into those that came to nothing, before `before`. What came of them
     * stays on record.
     */
    async forgetTyped(before: Date): Promise<void> {
      const text = before.toISOString();
      await db
        .updateTable('forms')
        .set({ editing: null })
        .where('editing', 'is not', null)
        .where('created_at', '<', text)
        .execute();
      await db
        .updateTable('edits')
        .set({ typed: null })
        .where('typed', 'is not', null)
        .where('state', 'not in', OPEN_STATES)
        .where('changed_at', '<', text)
        .execute();
    },
  };
}

/** Whether what stands in the way isn't what stood there: perhaps in other words, which is seen when it is told. */
const isOther = (now: EditProblem | undefined, before: EditProblem | undefined): boolean =>
  JSON.stringify(now) !== JSON.stringify(before);
