import type { Database } from '../database/schema.ts';
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

    /** Forgets the forms opened before `before`: whatever came of them has its own record. */
    async forgetForms(before: Date): Promise<void> {
      await db.deleteFrom('forms').where('created_at', '<', before.toISOString()).execute();
    },
  };
}
