import type { Insertable } from 'kysely';
import type { Database, DraftTable } from '../database/schema.ts';
import { readinessText } from '../opportunities/readiness-text.ts';
import type { Who } from '../permissions.ts';
import { draftOf } from './rows.ts';
import type { Draft } from './submission.ts';

/** The queries of the drafts: who looked at what, where, and what they saw. */
export function createDrafts({ db }: { db: Database }) {
  return {
    async saveDraft(draft: Draft): Promise<void> {
      const row = rowOf(draft);
      await db
        .insertInto('drafts')
        .values({ id: draft.id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async draft(id: string): Promise<Draft | undefined> {
      const row = await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : draftOf(row);
    },

    /** Saves what a form for several shows, in place of what it showed before; a millisecond apart, to keep their order. */
    async saveBatchDrafts(batchId: string, drafts: readonly Draft[]): Promise<void> {
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('drafts').where('batch_id', '=', batchId).execute();
        if (drafts.length === 0) return;
        const rows = drafts.map((draft, index) => ({
          id: draft.id,
          ...rowOf({ ...draft, batchId, createdAt: new Date(draft.createdAt.getTime() + index) }),
        }));
        await tx.insertInto('drafts').values(rows).execute();
      });
    },

    /** What a form for several shows, in its order. */
    async batchDrafts(batchId: string): Promise<readonly Draft[]> {
      const rows = await db
        .selectFrom('drafts')
        .selectAll()
        .where('batch_id', '=', batchId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(draftOf);
    },

    /** A person's since, the newest first: their IDs, which are the names of the forms. */
    async draftsOf(userId: string, since: Date): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('drafts')
        .select('id')
        .where('user_id', '=', userId)
        .where('created_at', '>=', since.toISOString())
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** Who has had a form since. */
    async draftsSince(since: Date): Promise<readonly Who[]> {
      return db
        .selectFrom('drafts')
        .select(['user_id as userId', 'team_id as teamId'])
        .distinct()
        .where('created_at', '>=', since.toISOString())
        .execute();
    },

    /** Forgets drafts made before `before`: whatever came of them has its own record. */
    async forgetDrafts(before: Date): Promise<void> {
      await db.deleteFrom('drafts').where('created_at', '<', before.toISOString()).execute();
    },
  };
}

const rowOf = (draft: Draft): Omit<Insertable<DraftTable>, 'id'> => ({
  created_at: draft.createdAt.toISOString(),
  team_id: draft.teamId,
  user_id: draft.userId,
  channel_id: draft.channelId,
  thread_ts: draft.threadTs ?? null,
  response_url: draft.responseUrl ?? null,
  catalog: draft.catalog,
  opportunity_id: draft.opportunityId ?? null,
  last_modified_date: draft.lastModifiedDate ?? null,
  national_security: draft.nationalSecurity ? 1 : 0,
  readiness: draft.readiness === undefined ? null : readinessText(draft.readiness),
  involvement_type: draft.choices?.involvementType ?? null,
  visibility: draft.choices?.visibility ?? null,
  batch_id: draft.batchId ?? null,
});
