import { sql } from 'kysely';
import type { Dialect } from '../../database/connect.ts';
import type { Watch } from '../../database/lease.ts';
import type { Database } from '../../database/schema.ts';
import { openSince } from '../outbox.ts';

/** Changes noticed in one go. */
const CHANGES_AT_ONCE = 200;

/**
 * Makes due whatever shows a record that has changed: the team's tabs, and those of the people who asked for that
 * opportunity. A tab that was published a moment ago waits until its rest is over. False: nothing had changed.
 */
export async function noticeHomeChanges(
  { db, dialect }: { readonly db: Database; readonly dialect: Dialect },
  at: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const changes = await tx
      .deleteFrom('home_changes')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('home_changes')
          .select('id')
          .limit(CHANGES_AT_ONCE)
          .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked()),
      )
      .returning('record_id')
      .execute();
    if (changes.length === 0) return false;
    const records = tx.selectFrom('opportunities').where(
      'opportunities.id',
      'in',
      changes.map((change) => change.record_id),
    );
    // Whose it was before it became somebody else's as well.
    const people = await records
      .innerJoin('submissions', (join) =>
        join
          .onRef('submissions.catalog', '=', 'opportunities.catalog')
          .onRef('submissions.opportunity_id', '=', 'opportunities.opportunity_id'),
      )
      .select('submissions.user_id')
      .union(records.select((eb) => eb.fn.coalesce('owner_user_id', sql<string>`''`).as('user_id')))
      .execute();
    // Locked in one order: two replicas that notice at the same time wait for each other, never crosswise.
    const stale = await tx
      .selectFrom('homes')
      .select(['team_id', 'user_id'])
      .where('opened_at', '>=', openSince(at))
      .where((eb) =>
        eb.or([
          eb('whose', '=', 'team'),
          eb('user_id', 'in', ['', ...people.map((person) => person.user_id)]),
        ]),
      )
      .orderBy('team_id')
      .orderBy('user_id')
      .$if(dialect === 'postgres', (query) => query.forUpdate())
      .execute();
    const now = at.toISOString();
    for (const person of stale) {
      await tx
        .updateTable('homes')
        .set((eb) => ({ revision: eb('revision', '+', 1) }))
        .where((eb) => eb.and(person))
        .execute();
      await tx
        .updateTable('homes')
        .set((eb) => ({
          due_at: eb.case().when('rest_until', '>', now).then(eb.ref('rest_until')).else(now).end(),
        }))
        .where((eb) => eb.and(person))
        .where((eb) => eb.or([eb('due_at', 'is', null), eb('due_at', '>', now)]))
        .execute();
    }
    return true;
  });
}

/** Whether there are any that nobody has noticed. */
export const HOME_CHANGES: Watch = {
  due: sql`(select 1 from home_changes limit 1)`,
  next: sql`cast(null as text)`,
};
