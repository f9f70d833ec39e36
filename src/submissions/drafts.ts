import type { Database } from '../database/schema.ts';
import { readinessText } from './readiness.ts';
import { draftOf } from './rows.ts';
import type { Draft } from './submission.ts';

/** The queries of the drafts: who looked at what, where, and what they saw. */
export function createDrafts({ db }: { db: Database }) {
  return {
    async saveDraft(draft: Draft): Promise<void> {
      const row = {
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
      };
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

    /** Forgets drafts made before `before`: whatever came of them has its own record. */
    async forgetDrafts(before: Date): Promise<void> {
      await db.deleteFrom('drafts').where('created_at', '<', before.toISOString()).execute();
    },
  };
}
