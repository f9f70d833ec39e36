import type { Selectable } from 'kysely';
import { createRecordQueue, type OnLost } from '../attempts/queue.ts';
import {
  appendRecordEvent,
  createCommitted,
  type Recording,
  recordEventOf,
  recordOnce,
} from '../attempts/record.ts';
import { isOpenState, OPEN_STATES, requestedColumns, type Transition } from '../attempts/sendable.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Dialect } from '../database/connect.ts';
import type { Lineage } from '../database/identity.ts';
import type { Leases } from '../database/lease.ts';
import type { Database, EditTable, Tx } from '../database/schema.ts';
import type { Choices, EditForm } from '../forms/form.ts';
import { newMessage, retell } from '../messages/outbox.ts';
import type { Store } from '../submissions/store.ts';
import {
  EDIT_STEPS,
  type Edit,
  type EditEvent,
  type EditProblem,
  type EditState,
  editOf,
  editState,
  fieldsOf,
  mapText,
  type TypedFields,
  thenSubmitText,
} from './edit.ts';
import { dropWanted, type Seen, submitSaved, thenSubmitColumn } from './then-submit.ts';

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
  const { db, leases, newId, store, onMoved } = dependencies;
  const { transaction, happened } = createCommitted<Parameters<OnMoved>>(store.transaction, (moved) =>
    onMoved?.(...moved),
  );

  const find = async (
    columns: Partial<Pick<Selectable<EditTable>, 'id' | 'form_id' | 'catalog' | 'opportunity_id'>>,
    states: readonly EditState[] = [],
  ) => {
    const found = db
      .selectFrom('edits')
      .selectAll()
      .where((eb) => eb.and(columns));
    const row = await found
      .$if(states.length > 0, (open) => open.where('state', 'in', states))
      .executeTakeFirst();
    return row && editOf(row);
  };

  const changed = async (tx: Tx, edit: Edit, event: EditEvent): Promise<void> => {
    happened(tx, [edit, event]);
    await appendRecordEvent(tx, 'edit_events', event);
  };

  const queue = createRecordQueue<EditState, EditProblem, Edit, EditTransition>(dependencies, {
    table: 'edits',
    claim: (work, by) => leases.claim({ table: 'edits', ...work }, by, editOf),
    read: editOf,
    steps: EDIT_STEPS,
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
      const isSubmitted = to === 'saved' && (await submitSaved(tx, store, claimed, seen, at));
      const { id: recordId, state: from } = claimed;
      await changed(tx, claimed, { recordId, at, actor, from, to, why, requestId });
      // What stands in the way may be the same in other words: that is seen when it is told.
      const isNews = JSON.stringify(problem) !== JSON.stringify(claimed.problem);
      if (to !== 'sending' && (!isOpenState(to) || isNews)) {
        // What is submitted next has a message of its own.
        await retell(tx, { edit: claimed.id, ifTold: isSubmitted }, at);
      }
      if (tellInThreadOf === undefined) return;
      const content = { kind: 'sent-back', recordId: tellInThreadOf, subject: claimed.id } as const;
      await tx
        .insertInto('outbox')
        .values(newMessage(newId(), content, at))
        .execute();
    },
    retell: (tx, id, at) => retell(tx, { edit: id }, at),
  });

  return {
    ...queue,

    findEdit: (id: string): Promise<Edit | undefined> => find({ id }),

    /** The edit that was sent with this form. */
    editOfForm: (formId: string): Promise<Edit | undefined> => find({ form_id: formId }),

    /** The edit of this opportunity that AWS may still get. */
    openEditOf: (catalog: Catalog, opportunityId: string): Promise<Edit | undefined> =>
      find({ catalog, opportunity_id: opportunityId }, OPEN_STATES),

    /**
     * Commits what a person typed: at most one edit a form, and at most one open edit an opportunity, both by the
     * database's own indexes. What they typed for the opportunity before, and came to nothing, is forgotten. `choices`:
     * it is to be submitted once it is saved. Answers the edit that stands.
     */
    async recordEdit(
      form: EditForm,
      typed: TypedFields,
      at: Date,
      choices?: Choices | undefined,
    ): Promise<{ readonly type: Recording; readonly edit: Edit }> {
      const { batchId, responseUrl, editing } = form;
      return transaction(async (tx) => {
        const { type, row } = await recordOnce(tx, 'edits', form, {
          ...requestedColumns(newId(), form, at),
          response_url: editing.answerUrl ?? null,
          editable_status: editing.status,
          fields: JSON.stringify([...typed.keys()]),
          shown: mapText(new Map([...editing.shown].filter(([path]) => typed.has(path)))),
          typed: mapText(typed),
          updated: 0,
          then_submit: thenSubmitText(choices && { type: 'wanted', ...choices, batchId, responseUrl }),
        });
        const edit = editOf(row);
        if (type !== 'recorded') return { type, edit };
        const { id, userId: actor } = edit;
        const why = choices === undefined ? 'saved in Slack' : 'saved in Slack, to be submitted then';
        await changed(tx, edit, { recordId: id, at, actor, from: null, to: 'requested', why });
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

    /** Takes back an edit that isn't being sent yet. Undefined: too late, and only what was to follow is taken back. */
    cancelEdit: (id: string, userId: string, at: Date): Promise<Edit | undefined> =>
      transaction(async (tx) => {
        const edit = await queue.end(
          tx,
          id,
          'requested',
          { to: 'cancelled', at, actor: userId, why: 'Cancel' },
          { due_at: null, problem: null },
        );
        // Where it is at AWS, what was to follow isn't recorded yet, and never will be.
        await dropWanted(tx, edit === undefined ? 'cancelled' : 'not-saved', { edit: id });
        return edit;
      }),

    /** The first events of all edits of an opportunity, oldest first, and how many there are in all. */
    async editTrail(catalog: Catalog, opportunityId: string, limit: number) {
      const rows = await db
        .selectFrom('edit_events')
        .innerJoin('edits', 'edits.id', 'edit_events.record_id')
        .selectAll('edit_events')
        .select('fields')
        .select((eb) => eb.fn.countAll<number | string>().over().as('total'))
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId)
        .orderBy('at')
        .orderBy('record_id')
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return {
        events: rows.map((row) => ({ ...recordEventOf(row, editState), fields: fieldsOf(row) })),
        total: Number(rows[0]?.total ?? 0),
      };
    },

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
