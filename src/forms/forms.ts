import type { Database } from '../database/schema.ts';
import type { Who } from '../permissions.ts';
import { type Form, formOf, formRow } from './form.ts';

/** The queries of the forms: what each was opened for, by whom, where, and what it showed. */
export function createForms({ db }: { db: Database }) {
  return {
    /** Keeps what a form shows now, in place of what it showed before. */
    async saveForm(form: Form): Promise<void> {
      const { id, ...row } = formRow(form);
      await db
        .insertInto('forms')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async form(id: string): Promise<Form | undefined> {
      const row = await db.selectFrom('forms').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : formOf(row);
    },

    /** Keeps what a form for several shows, in place of what it showed before; a millisecond apart, to keep their order. */
    async saveBatchForms(batchId: string, forms: readonly Form[]): Promise<void> {
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('forms').where('batch_id', '=', batchId).execute();
        if (forms.length === 0) return;
        const rows = forms.map((form, index) =>
          formRow({ ...form, batchId, createdAt: new Date(form.createdAt.getTime() + index) }),
        );
        await tx.insertInto('forms').values(rows).execute();
      });
    },

    /** What a form for several shows, in its order. */
    async batchForms(batchId: string): Promise<readonly Form[]> {
      const rows = await db
        .selectFrom('forms')
        .selectAll()
        .where('batch_id', '=', batchId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(formOf);
    },

    /** A person's since, the newest first: their IDs, which are the names of the views. */
    async formsOf(userId: string, since: Date): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('forms')
        .select('id')
        .where('user_id', '=', userId)
        .where('created_at', '>=', since.toISOString())
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** Who has had a form since. */
    async formsSince(since: Date): Promise<readonly Who[]> {
      return db
        .selectFrom('forms')
        .select(['user_id as userId', 'team_id as teamId'])
        .distinct()
        .where('created_at', '>=', since.toISOString())
        .execute();
    },

    /** Forgets the forms opened before `before`: whatever came of them has its own record. */
    async forgetForms(before: Date): Promise<void> {
      await db.deleteFrom('forms').where('created_at', '<', before.toISOString()).execute();
    },
  };
}
