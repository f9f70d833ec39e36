import { type RawBuilder, sql } from 'kysely';

/**
 * SQL: whether a later request for its opportunity has taken the place of a row of `submissions`, which is called `row`
 * there. What AWS has keeps its place against one that came to nothing: the review is its own.
 */
export function isSuperseded(row: string): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${row}.${column}`);
  return sql`exists (select 1 from submissions later
    where later.catalog = ${of('catalog')} and later.opportunity_id = ${of('opportunity_id')}
      and later.requested_at > ${of('requested_at')}
      and (later.state not in ('refused', 'changed', 'cancelled', 'expired')
        or ${of('state')} not in ('submitted', 'already_submitted')
        or ${of('review_status')} = 'Pending Submission'))`;
}
