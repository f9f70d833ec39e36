import { type Kysely, sql } from 'kysely';

/** AWS's people on approved deals: until when and how often they are looked for; and what is told once of a submission. */
export const teams = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('teams')
      .addColumn('submission_id', 'text', (column) =>
        column.primaryKey().notNull().references('submissions.id'),
      )
      .addColumn('approved_at', 'text', (column) => column.notNull())
      .addColumn('due_at', 'text')
      .addColumn('assigned_at', 'text')
      .execute();
    await db.schema
      .createIndex('teams_due')
      .on('teams')
      .column('due_at')
      .where(sql.ref('due_at'), 'is not', null)
      .execute();
    // The promise "never twice" is the database's, not a check in code.
    await db.schema
      .createIndex('tellings_once')
      .unique()
      .on('tellings')
      .columns(['submission_id', 'kind', 'subject'])
      .where(sql.ref('kind'), 'in', sql`('team', 'reminder')`)
      .execute();
  },
};
