import type { Database } from '../database/schema.ts';
import type { RequestOf, Standing } from '../opportunities/opportunity.ts';
import type { Deal } from '../opportunities/rows.ts';
import { stateOf } from './rows.ts';
import type { State } from './submission.ts';

/** What a submission means for its opportunity. */
export const STANDINGS: Readonly<Record<State, Standing>> = {
  requested: 'open',
  sending: 'open',
  uncertain: 'open',
  not_seen: 'not-seen',
  let_go: 'let-go',
  submitted: 'at-aws',
  already_submitted: 'at-aws',
  refused: 'failed',
  changed: 'failed',
  expired: 'failed',
  cancelled: 'cancelled',
};

/** This bot's requests for an opportunity, newest first. */
export async function requestsOf(
  on: Database,
  { catalog, opportunityId }: Deal,
): Promise<readonly RequestOf[]> {
  const rows = await on
    .selectFrom('submissions')
    .select(['id', 'team_id', 'user_id', 'state', 'requested_at', 'changed_at'])
    .where('catalog', '=', catalog)
    .where('opportunity_id', '=', opportunityId)
    .orderBy('requested_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    teamId: row.team_id,
    userId: row.user_id,
    standing: STANDINGS[stateOf(row.state)],
    requestedAt: row.requested_at,
    changedAt: row.changed_at,
  }));
}
