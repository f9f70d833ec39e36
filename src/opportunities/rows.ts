import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { CATALOGS, type Catalog } from '../aws/terms.ts';
import type { OpportunityTable } from '../database/opportunity-tables.ts';
import type { Elsewhere, Owner, Review } from './opportunity.ts';

export type OpportunityRow = Selectable<OpportunityTable>;

/** An opportunity of AWS's. */
export interface Deal {
  readonly catalog: Catalog;
  readonly opportunityId: string;
}

const catalogName = z.enum(CATALOGS);

/** @throws ZodError where the row holds what this version doesn't know. */
export const dealOf = ({ catalog, opportunity_id }: OpportunityRow): Deal => ({
  catalog: catalogName.parse(catalog),
  opportunityId: opportunity_id,
});

/** Of an opportunity that this bot meets for the first time. */
export const newRow = (
  id: string,
  { catalog, opportunityId }: Deal,
  nationalSecurity: boolean,
  at: Date,
): Insertable<OpportunityTable> => ({
  id,
  catalog,
  opportunity_id: opportunityId,
  seen_at: at.toISOString(),
  national_security: Number(nationalSecurity),
  part: 'settled',
  since: at.toISOString(),
});

export const reviewOf = (row: OpportunityRow): Review => ({
  reviewStatus: row.review_status ?? undefined,
  reviewReadAt: dateOf(row.review_read_at),
  reviewChangedAt: dateOf(row.review_changed_at),
});

function ownerOf(row: OpportunityRow): Owner | undefined {
  const { owner_team_id: teamId, owner_user_id: userId, owner_channel_id: channelId } = row;
  if (teamId === null || userId === null || channelId === null) return undefined;
  return { teamId, userId, channelId, threadTs: row.owner_thread_ts ?? undefined };
}

/** An opportunity that no request of ours stands for. */
export const elsewhereOf = (row: OpportunityRow): Elsewhere => ({
  state: 'elsewhere',
  id: row.id,
  ...dealOf(row),
  nationalSecurity: row.national_security === 1,
  requestedAt: new Date(row.owned_at ?? row.seen_at),
  ...reviewOf(row),
  ...ownerOf(row),
});

const dateOf = (text: string | null): Date | undefined => (text === null ? undefined : new Date(text));
