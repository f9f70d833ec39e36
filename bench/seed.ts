import { demoChannels, demoInstallation, demoPeople } from '../demo/slack/demo-workspace.ts';
import type { Connection } from '../src/database/connect.ts';
import { newRow } from '../src/opportunities/rows.ts';
import { catalog } from './roles/deal.ts';

/** The opportunity of the seeded record with this number. */
export const followedId = (index: number): string => `O${100_000 + index}`;

/** Rows written at once: PostgreSQL takes 65,535 values in a statement. */
const AT_ONCE = 500;

/**
 * Writes the rows that so many submissions would have left which AWS has in review. `messages` are where their
 * messages stand, by opportunity; the others' aren't touched.
 */
export async function seedFollowed(
  { db }: Connection,
  count: number,
  at: Date,
  messages: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const now = at.toISOString();
  const indexes = Array.from({ length: count }, (_, index) => index);
  await db.transaction().execute(async (tx) => {
    for (let start = 0; start < count; start += AT_ONCE) {
      const part = indexes.slice(start, start + AT_ONCE).map((index) => ({
        id: `seeded-${index}`,
        opportunityId: followedId(index),
      }));
      await tx
        .insertInto('submissions')
        .values(
          part.map(({ id, opportunityId }) => ({
            id,
            form_id: id,
            team_id: demoInstallation.team.id,
            user_id: demoPeople.ana,
            channel_id: demoChannels.deals,
            catalog,
            opportunity_id: opportunityId,
            last_modified_date: now,
            national_security: 0,
            involvement_type: 'Co-Sell',
            visibility: 'Full',
            state: 'submitted' as const,
            requested_at: now,
            changed_at: now,
            tries: 0,
            attempt: 0,
          })),
        )
        .execute();
      await tx
        .insertInto('opportunities')
        .values(
          part.map(({ id, opportunityId }) => ({
            ...newRow(`record-${id}`, { catalog, opportunityId }, false, at),
            review_status: 'In review',
            review_read_at: now,
            review_modified_at: now,
            submission_id: id,
            user_id: demoPeople.ana,
            part: 'waiting',
          })),
        )
        .execute();
      await tx
        .insertInto('outbox')
        .values(
          part.map(({ id, opportunityId }) => ({
            id,
            submission_id: id,
            kind: 'submission' as const,
            created_at: now,
            revision: 1,
            told_revision: 1,
            untold_since: now,
            due_at: now,
            tries: 0,
            attempt: 0,
            response_url_uses: 0,
            told_via: 'channel' as const,
            channel_id: demoChannels.deals,
            message_ts: messages.get(opportunityId) ?? '1.000000',
          })),
        )
        .execute();
    }
  });
}
