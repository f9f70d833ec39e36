import type { Catalog } from '../aws/terms.ts';
import type { Database } from '../database/schema.ts';
import { PARTS, type Part } from '../opportunities/opportunity.ts';

/** Where an opportunity stands, as far as the home tab sorts and counts it. Moments are ISO 8601 texts. */
export interface StandsAt {
  readonly recordId: string;
  readonly opportunityId: string;
  readonly part: Part;
  /** Who asked for it or took it on; undefined: nobody here. */
  readonly userId: string | undefined;
  readonly since: string;
  readonly decidedAt: string | undefined;
  /** When AWS's review was last seen to change; undefined: before this bot looked. */
  readonly reviewChangedAt: string | undefined;
  readonly reviewStatus: string | undefined;
  readonly stage: string | undefined;
  readonly targetCloseDate: string | undefined;
  readonly nationalSecurity: boolean;
  /** A submission of ours stands for it. */
  readonly isOurs: boolean;
}

/** Where every opportunity stands that is known. */
export async function standingsIn(
  { db }: { readonly db: Database },
  catalog: Catalog,
): Promise<readonly StandsAt[]> {
  const rows = await db
    .selectFrom('opportunities')
    .select([
      'id',
      'opportunity_id',
      'part',
      'user_id',
      'since',
      'decided_at',
      'review_changed_at',
      'review_status',
      'stage',
      'target_close_date',
      'national_security',
      'submission_id',
    ])
    .where('catalog', '=', catalog)
    .execute();
  return rows.map((row) => ({
    recordId: row.id,
    opportunityId: row.opportunity_id,
    part: PARTS.find((part) => part === row.part) ?? 'settled',
    userId: row.user_id ?? undefined,
    since: row.since,
    decidedAt: row.decided_at ?? undefined,
    reviewChangedAt: row.review_changed_at ?? undefined,
    reviewStatus: row.review_status ?? undefined,
    stage: row.stage ?? undefined,
    targetCloseDate: row.target_close_date ?? undefined,
    nationalSecurity: row.national_security === 1,
    isOurs: row.submission_id !== null,
  }));
}
