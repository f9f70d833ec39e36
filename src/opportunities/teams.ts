import type { Catalog } from '../aws/terms.ts';
import type { Dialect } from '../database/connect.ts';
import type { Database } from '../database/schema.ts';
import { tellOnce } from '../messages/outbox.ts';
import { type Deal, dealOf } from './rows.ts';

/** An approved opportunity whose people at AWS aren't known yet. */
export interface Teamless extends Deal {
  readonly recordId: string;
  readonly approvedAt: Date;
}

/** The queries about AWS's people on approved deals. Who they are is never stored, only that there are some. */
export function createTeams({ db, dialect, newId }: { db: Database; dialect: Dialect; newId: () => string }) {
  return {
    /** Approved opportunities whose people are due to be looked for, the longest due first. */
    async teamless(catalog: Catalog, at: Date, limit: number): Promise<readonly Teamless[]> {
      const rows = await db
        .selectFrom('opportunities')
        .selectAll()
        .where('catalog', '=', catalog)
        .where('team_due_at', '<=', at.toISOString())
        .orderBy('team_due_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        recordId: row.id,
        ...dealOf(row),
        approvedAt: new Date(row.review_changed_at ?? row.seen_at),
      }));
    },

    /** Nobody yet: looked for again at `dueAt`, or no more. */
    async postponeTeam(recordId: string, dueAt: Date | undefined): Promise<void> {
      await db
        .updateTable('opportunities')
        .set({ team_due_at: dueAt?.toISOString() ?? null })
        .where('id', '=', recordId)
        .where('team_due_at', 'is not', null)
        .execute();
    },

    /** AWS has put people on it: told once, whoever saw it first. True: this was news. */
    async teamSeen({ catalog, opportunityId }: Deal, at: Date): Promise<boolean> {
      return db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('opportunities')
          .select(['id', 'team_seen_at'])
          .where('catalog', '=', catalog)
          .where('opportunity_id', '=', opportunityId)
          .$if(dialect === 'postgres', (query) => query.forUpdate())
          .executeTakeFirst();
        if (row === undefined || row.team_seen_at !== null) return false;
        // Nobody here was told that it was approved: then this is no news either.
        const decision = await tx
          .selectFrom('outbox')
          .select('id')
          .where('record_id', '=', row.id)
          .where('kind', '=', 'decision')
          .limit(1)
          .executeTakeFirst();
        if (decision === undefined) return false;
        await tx
          .updateTable('opportunities')
          .set({ team_seen_at: at.toISOString(), team_due_at: null })
          .where('id', '=', row.id)
          .execute();
        await tellOnce(tx, newId(), { kind: 'team', recordId: row.id }, at);
        return true;
      });
    },
  };
}
