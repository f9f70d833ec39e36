import type { Dialect } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import { submissionOf } from '../rows.ts';
import type { Submission } from '../submission.ts';
import { newTelling } from '../telling/tellings.ts';

/** An approved submission whose people at AWS aren't known yet. */
export interface Teamless {
  readonly submission: Submission;
  readonly approvedAt: Date;
}

/** The queries about AWS's people on approved deals. Who they are is never stored, only that there are some. */
export function createTeams({ db, dialect, newId }: { db: Database; dialect: Dialect; newId: () => string }) {
  return {
    /** Approved submissions whose people are due to be looked for, the longest due first. */
    async teamless(catalog: Catalog, at: Date, limit: number): Promise<readonly Teamless[]> {
      const rows = await db
        .selectFrom('teams')
        .innerJoin('submissions', 'submissions.id', 'teams.submission_id')
        .selectAll('submissions')
        .select(['teams.approved_at'])
        .where('submissions.catalog', '=', catalog)
        .where('teams.due_at', '<=', at.toISOString())
        .orderBy('teams.due_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ submission: submissionOf(row), approvedAt: new Date(row.approved_at) }));
    },

    /** Nobody yet: looked for again at `dueAt`, or no more. */
    async postponeTeam(submissionId: string, dueAt: Date | undefined): Promise<void> {
      await db
        .updateTable('teams')
        .set({ due_at: dueAt?.toISOString() ?? null })
        .where('submission_id', '=', submissionId)
        .where('assigned_at', 'is', null)
        .execute();
    },

    /** AWS has put people on it: told once, whoever saw it first. True: this was news. */
    async teamAssigned(submissionId: string, at: Date): Promise<boolean> {
      return db.transaction().execute(async (tx) => {
        const known = await tx
          .selectFrom('teams')
          .select('assigned_at')
          .where('submission_id', '=', submissionId)
          .$if(dialect === 'postgres', (query) => query.forUpdate())
          .executeTakeFirst();
        if (known === undefined || known.assigned_at !== null) return false;
        await tx
          .updateTable('teams')
          .set({ assigned_at: at.toISOString(), due_at: null })
          .where('submission_id', '=', submissionId)
          .execute();
        await tx
          .insertInto('tellings')
          .values(newTelling(newId(), { kind: 'team', submissionId }, at))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return true;
      });
    },
  };
}
