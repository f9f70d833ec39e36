import type { Catalog } from '../aws/terms.ts';
import type { Dialect } from '../database/connect.ts';
import type { Leases } from '../database/lease.ts';
import type { Database } from '../database/schema.ts';
import { type EditForm, requesterColumns } from '../forms/form.ts';
import { newTelling } from '../messages/outbox.ts';
import { type Edit, editOf, mapText, OPEN_EDIT_STATES, type TypedFields } from './edit.ts';
import { createEditQueue } from './queue.ts';
import { createEditTrail, type EditEvent, type OnMoved, writeEditEvent } from './trail.ts';

/** What happened when an edit was to be recorded. */
export type EditRecorded =
  | { readonly type: 'recorded'; readonly edit: Edit }
  /** This form was sent before: the same edit, the same answer. */
  | { readonly type: 'again'; readonly edit: Edit }
  /** Another edit of the opportunity, perhaps another person's, is on its way. */
  | { readonly type: 'open'; readonly edit: Edit };

export type Edits = ReturnType<typeof createEdits>;

/** The records of changed deals and their queries. */
export function createEdits(dependencies: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly leases: Leases;
  readonly newId: () => string;
  readonly onMoved?: OnMoved;
}) {
  const { db, newId, onMoved } = dependencies;
  return {
    ...createEditQueue(dependencies),
    ...createEditTrail({ db }),

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
        .where('state', 'in', OPEN_EDIT_STATES)
        .executeTakeFirst();
      return row === undefined ? undefined : editOf(row);
    },

    /**
     * Commits what a person typed: at most one edit a form, and at most one open edit an opportunity, both by the
     * database's own indexes. What was typed for the opportunity before, and came to nothing, is forgotten.
     */
    async recordEdit(form: EditForm, typed: TypedFields, at: Date): Promise<EditRecorded> {
      const now = at.toISOString();
      const fields = [...typed.keys()];
      const recorded = await db.transaction().execute(async (tx): Promise<EditRecorded> => {
        for (;;) {
          const inserted = await tx
            .insertInto('edits')
            .values({
              id: newId(),
              form_id: form.id,
              ...requesterColumns(form),
              response_url: form.editing.answerUrl ?? null,
              opportunity_id: form.opportunityId,
              last_modified_date: form.lastModifiedDate,
              national_security: form.nationalSecurity ? 1 : 0,
              editable_status: form.editing.status,
              fields: JSON.stringify(fields),
              shown: mapText(new Map([...form.editing.shown].filter(([path]) => typed.has(path)))),
              typed: mapText(typed),
              updated: 0,
              state: 'requested',
              requested_at: now,
              changed_at: now,
              due_at: now,
              tries: 0,
              attempt: 0,
            })
            .onConflict((conflict) => conflict.doNothing())
            .returningAll()
            .executeTakeFirst();
          if (inserted !== undefined) {
            const edit = editOf(inserted);
            await writeEditEvent(tx, savedInSlack(edit, at));
            await tx
              .insertInto('tellings')
              // Nothing to tell yet: the form says that it is recorded.
              .values({
                ...newTelling(newId(), { kind: 'edit', editId: edit.id }, at),
                told_revision: 1,
              })
              .execute();
            await tx
              .updateTable('edits')
              .set({ typed: null })
              .where('catalog', '=', form.catalog)
              .where('opportunity_id', '=', form.opportunityId)
              .where('user_id', '=', form.userId)
              .where('id', '!=', edit.id)
              .where('typed', 'is not', null)
              .execute();
            return { type: 'recorded', edit };
          }
          const same = await tx
            .selectFrom('edits')
            .selectAll()
            .where('form_id', '=', form.id)
            .executeTakeFirst();
          if (same !== undefined) return { type: 'again', edit: editOf(same) };
          const open = await tx
            .selectFrom('edits')
            .selectAll()
            .where('catalog', '=', form.catalog)
            .where('opportunity_id', '=', form.opportunityId)
            .where('state', 'in', OPEN_EDIT_STATES)
            .executeTakeFirst();
          if (open !== undefined) return { type: 'open', edit: editOf(open) };
          // It was settled between the two statements: the place is free now.
        }
      });
      if (recorded.type === 'recorded') onMoved?.(recorded.edit, savedInSlack(recorded.edit, at));
      return recorded;
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
        .where('state', 'not in', OPEN_EDIT_STATES)
        .where('changed_at', '<', text)
        .execute();
    },
  };
}

const savedInSlack = (edit: Edit, at: Date): EditEvent => ({
  editId: edit.id,
  at,
  actor: edit.userId,
  from: null,
  to: 'requested',
  why: 'saved in Slack',
});
