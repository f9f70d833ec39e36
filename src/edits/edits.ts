import { z } from 'zod';
import { createQueue, type OnLost, type Transition } from '../attempts/queue.ts';
import {
  appendRecordEvent,
  createCommitted,
  type RecordEvent,
  type Recording,
  recordEventOf,
  recordOnce,
} from '../attempts/record.ts';
import { isOpenState, OPEN_STATES, requestedColumns } from '../attempts/sendable.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Dialect } from '../database/connect.ts';
import type { Leases } from '../database/lease.ts';
import type { Lineage } from '../database/lineage.ts';
import type { Database, Tx } from '../database/schema.ts';
import type { EditForm } from '../forms/form.ts';
import { newMessage, retell } from '../messages/outbox.ts';
import {
  EDIT_ANSWERS,
  EDIT_TRANSITIONS,
  type Edit,
  type EditProblem,
  type EditState,
  editOf,
  editState,
  mapText,
  type TypedFields,
} from './edit.ts';

/** What happened when an edit was to be recorded, and the edit that stands. */
export interface EditRecorded {
  readonly type: Recording;
  readonly edit: Edit;
}

/** A transition of an edit. */
export interface EditTransition extends Transition<EditState, EditProblem> {
  /** AWS has the fields now. Left as it is where it isn't given. */
  readonly updated?: boolean;
  /** The record of the opportunity in whose thread it is told that the deal went back to AWS. */
  readonly tellInThreadOf?: string | undefined;
}

/** One row of an edit's audit trail. */
export type EditEvent = RecordEvent<EditState>;

/** An event of one of an opportunity's edits, and what the edit was about. */
export interface EditEventOf extends EditEvent {
  /** AWS's paths of the changed fields. */
  readonly fields: readonly string[];
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
  readonly onMoved?: OnMoved;
  readonly onLost?: OnLost;
}) {
  const { db, leases, newId, onMoved, onLost = () => {} } = dependencies;
  const { transaction, happened } = createCommitted<Parameters<OnMoved>>(db, (moved) => onMoved?.(...moved));

  const changed = async (tx: Tx, edit: Edit, event: EditEvent): Promise<void> => {
    happened(tx, [edit, event]);
    await appendRecordEvent(tx, 'edit_events', event);
  };

  return {
    ...createQueue<EditState, EditProblem, Edit, EditTransition>(dependencies, {
      table: 'edits',
      claim: async (work, by) => (await leases.claim({ table: 'edits', ...work }, by)).map(editOf),
      read: editOf,
      transitions: EDIT_TRANSITIONS,
      answers: EDIT_ANSWERS,
      onLost,
      sending: (at) => ({ to: 'sending', at, actor: 'bot', why: 'goes out to AWS' }),
      columns: (claimed, { to, updated = claimed.updated }) => ({
        updated: updated ? 1 : 0,
        // What was typed is forgotten once it is saved.
        ...(to === 'saved' ? { typed: null } : {}),
      }),
      transaction,
      moved: async (tx, claimed, { to, at, actor, why, problem, requestId, tellInThreadOf }) => {
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
          await retell(tx, { edit: claimed.id }, at);
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

    /**
     * Commits what a person typed: at most one edit a form, and at most one open edit an opportunity, both by the
     * database's own indexes. What was typed for the opportunity before, and came to nothing, is forgotten.
     */
    async recordEdit(form: EditForm, typed: TypedFields, at: Date): Promise<EditRecorded> {
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
          why: 'saved in Slack',
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

    /** The first events of all edits of an opportunity, oldest first, and how many there are in all. */
    async editTrail(
      catalog: Catalog,
      opportunityId: string,
      limit: number,
    ): Promise<{ readonly events: readonly EditEventOf[]; readonly total: number }> {
      const events = db
        .selectFrom('edit_events')
        .innerJoin('edits', 'edits.id', 'edit_events.record_id')
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId);
      const { total } = await events
        .select((eb) => eb.fn.countAll<number | string>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await events
        .selectAll('edit_events')
        .select('fields')
        .orderBy('at')
        .orderBy('record_id')
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return {
        events: rows.map((row) => ({
          ...recordEventOf(row, editState),
          fields: z.array(z.string()).parse(JSON.parse(row.fields)),
        })),
        total: Number(total),
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

/** Whether what stands in the way isn't what stood there: perhaps in other words, which is seen when it is told. */
const isOther = (now: EditProblem | undefined, before: EditProblem | undefined): boolean =>
  JSON.stringify(now) !== JSON.stringify(before);
