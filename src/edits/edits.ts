import type { Catalog } from '../aws/terms.ts';
import type { Dialect } from '../database/connect.ts';
import type { Leases } from '../database/lease.ts';
import type { Database } from '../database/schema.ts';
import { newMessage } from '../messages/outbox.ts';
import {
  askedColumns,
  type Change,
  type ChangeDraft,
  changeDraftOf,
  changeOf,
  mapText,
  OPEN_CHANGE_STATES,
  type TypedFields,
} from './edit.ts';
import { createChangeQueue } from './queue.ts';
import { type ChangeEvent, createChangeTrail, type OnMoved, writeChangeEvent } from './trail.ts';

/** What happened when a change was to be recorded. */
export type ChangeRecorded =
  | { readonly type: 'recorded'; readonly change: Change }
  /** This form was sent before: the same change, the same answer. */
  | { readonly type: 'again'; readonly change: Change }
  /** Another change of the opportunity, perhaps another person's, is on its way. */
  | { readonly type: 'open'; readonly change: Change };

export type Changes = ReturnType<typeof createChanges>;

/** The records of changed deals and their queries. */
export function createChanges(dependencies: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly leases: Leases;
  readonly newId: () => string;
  readonly onMoved?: OnMoved;
}) {
  const { db, newId, onMoved } = dependencies;
  return {
    ...createChangeQueue(dependencies),
    ...createChangeTrail({ db }),

    async saveChangeDraft(draft: ChangeDraft): Promise<void> {
      await db
        .insertInto('change_drafts')
        .values({
          id: draft.id,
          created_at: draft.createdAt.toISOString(),
          ...askedColumns(draft),
          shown: mapText(draft.shown),
        })
        .execute();
    },

    async changeDraft(id: string): Promise<ChangeDraft | undefined> {
      const row = await db.selectFrom('change_drafts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : changeDraftOf(row);
    },

    async findChange(id: string): Promise<Change | undefined> {
      const row = await db.selectFrom('changes').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : changeOf(row);
    },

    /** The change of this opportunity that AWS may still get. */
    async openChangeOf(catalog: Catalog, opportunityId: string): Promise<Change | undefined> {
      const row = await db
        .selectFrom('changes')
        .selectAll()
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId)
        .where('state', 'in', OPEN_CHANGE_STATES)
        .executeTakeFirst();
      return row === undefined ? undefined : changeOf(row);
    },

    /**
     * Commits what a person typed: at most one change a form, and at most one open change an opportunity, both by the
     * database's own indexes. What was typed for the opportunity before, and came to nothing, is forgotten.
     */
    async recordChange(draft: ChangeDraft, typed: TypedFields, at: Date): Promise<ChangeRecorded> {
      const now = at.toISOString();
      const fields = [...typed.keys()];
      const recorded = await db.transaction().execute(async (tx): Promise<ChangeRecorded> => {
        for (;;) {
          const inserted = await tx
            .insertInto('changes')
            .values({
              id: newId(),
              draft_id: draft.id,
              ...askedColumns(draft),
              fields: JSON.stringify(fields),
              shown: mapText(new Map([...draft.shown].filter(([path]) => typed.has(path)))),
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
            const change = changeOf(inserted);
            await writeChangeEvent(tx, savedInSlack(change, at));
            await tx
              .insertInto('outbox')
              // Nothing to tell yet: the form says that it is recorded.
              .values({
                ...newMessage(newId(), { kind: 'edit', subject: change.id }, at),
                told_revision: 1,
              })
              .execute();
            await tx
              .updateTable('changes')
              .set({ typed: null })
              .where('catalog', '=', draft.catalog)
              .where('opportunity_id', '=', draft.opportunityId)
              .where('user_id', '=', draft.userId)
              .where('id', '!=', change.id)
              .where('typed', 'is not', null)
              .execute();
            return { type: 'recorded', change };
          }
          const same = await tx
            .selectFrom('changes')
            .selectAll()
            .where('draft_id', '=', draft.id)
            .executeTakeFirst();
          if (same !== undefined) return { type: 'again', change: changeOf(same) };
          const open = await tx
            .selectFrom('changes')
            .selectAll()
            .where('catalog', '=', draft.catalog)
            .where('opportunity_id', '=', draft.opportunityId)
            .where('state', 'in', OPEN_CHANGE_STATES)
            .executeTakeFirst();
          if (open !== undefined) return { type: 'open', change: changeOf(open) };
          // It was settled between the two statements: the place is free now.
        }
      });
      if (recorded.type === 'recorded') onMoved?.(recorded.change, savedInSlack(recorded.change, at));
      return recorded;
    },

    /**
     * Forgets the forms opened, and what was typed into those that came to nothing, before `before`. What came of them
     * stays on record.
     */
    async forgetTyped(before: Date): Promise<void> {
      const text = before.toISOString();
      await db.deleteFrom('change_drafts').where('created_at', '<', text).execute();
      await db
        .updateTable('changes')
        .set({ typed: null })
        .where('typed', 'is not', null)
        .where('state', 'not in', OPEN_CHANGE_STATES)
        .where('changed_at', '<', text)
        .execute();
    },
  };
}

const savedInSlack = (change: Change, at: Date): ChangeEvent => ({
  changeId: change.id,
  at,
  actor: change.userId,
  from: null,
  to: 'requested',
  why: 'saved in Slack',
});
