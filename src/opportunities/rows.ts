import { type Insertable, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { CATALOGS, type Catalog } from '../aws/terms.ts';
import type { Database, OpportunityTable, Tx } from '../database/schema.ts';
import { type Elsewhere, type Owner, PARTS, type Review } from './opportunity.ts';

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

/** A new row, of an opportunity that this bot hasn't met before. */
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

/** What the home tab sorts and counts an opportunity by: columns of its row. */
export type KnownOpportunity = Readonly<Awaited<ReturnType<typeof knownOpportunities>>[number]>;

/** Every opportunity that this bot has a row of. */
export async function knownOpportunities({ db }: { readonly db: Database }, catalog: Catalog) {
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
    part: PARTS.find((part) => part === row.part) ?? ('settled' as const),
    userId: row.user_id ?? undefined,
    since: row.since,
    decidedAt: row.decided_at ?? undefined,
    reviewChangedAt: row.review_changed_at ?? undefined,
    reviewStatus: row.review_status ?? undefined,
    stage: row.stage ?? undefined,
    targetCloseDate: row.target_close_date ?? undefined,
    nationalSecurity: row.national_security === 1,
    /** A submission of ours stands for it. */
    isOurs: row.submission_id !== null,
  }));
}

/** A step of AWS's review, or that somebody took the opportunity on. */
export interface OpportunityEvent {
  readonly at: Date;
  /** A Slack user ID, or `bot`, or `aws`. */
  readonly actor: string;
  readonly what: 'review' | 'owner';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Writes an event down, in a transaction that holds the opportunity's row. Answers its number. */
export async function appendEvent(tx: Tx, recordId: string, event: OpportunityEvent): Promise<number> {
  const { sequence } = await tx
    .insertInto('opportunity_events')
    .values((eb) => ({
      record_id: recordId,
      // The row is locked or new in this transaction: nobody else counts at the same time.
      sequence: eb
        .selectFrom('opportunity_events')
        .select((of) => sql<number>`coalesce(${of.fn.max('sequence')}, 0) + 1`.as('next'))
        .where('record_id', '=', recordId),
      at: event.at.toISOString(),
      actor: event.actor,
      what: event.what,
      from_review_status: event.from ?? null,
      to_review_status: event.to ?? null,
      request_id: event.requestId ?? null,
    }))
    .returning('sequence')
    .executeTakeFirstOrThrow();
  return Number(sequence);
}

/** The number of the last step of AWS's review. */
export async function lastStep(tx: Tx, recordId: string): Promise<number> {
  const { last } = await tx
    .selectFrom('opportunity_events')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .where('record_id', '=', recordId)
    .where('what', '=', 'review')
    .executeTakeFirstOrThrow();
  return Number(last);
}

/** What is read of opportunities and of their trail by itself. */
export const createOpportunityReads = ({ db }: { readonly db: Database }) => ({
  /** Of these opportunities, those that are known. */
  async knownAmong(catalog: Catalog, opportunityIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (opportunityIds.length === 0) return new Set();
    const rows = await db
      .selectFrom('opportunities')
      .select('opportunity_id')
      .where('catalog', '=', catalog)
      .where('opportunity_id', 'in', opportunityIds)
      .execute();
    return new Set(rows.map((row) => row.opportunity_id));
  },

  /** What a step of AWS's review came to; undefined: there is no such step. */
  async statusAt(recordId: string, step: number): Promise<string | undefined> {
    const row = await db
      .selectFrom('opportunity_events')
      .select('to_review_status')
      .where('record_id', '=', recordId)
      .where('sequence', '=', step)
      .executeTakeFirst();
    return row?.to_review_status ?? undefined;
  },

  /** An opportunity's first events, oldest first, and how many there are in all. */
  async reviewTrail(
    { catalog, opportunityId }: Deal,
    limit: number,
  ): Promise<{ readonly events: readonly OpportunityEvent[]; readonly total: number }> {
    const rows = await db
      .selectFrom('opportunity_events')
      .innerJoin('opportunities', 'opportunities.id', 'record_id')
      .selectAll('opportunity_events')
      .select((eb) => eb.fn.countAll<number | string>().over().as('total'))
      .where('catalog', '=', catalog)
      .where('opportunity_id', '=', opportunityId)
      .orderBy('sequence')
      .limit(limit)
      .execute();
    return {
      events: rows.map((row) => ({
        at: new Date(row.at),
        actor: row.actor,
        what: row.what === 'owner' ? 'owner' : 'review',
        from: row.from_review_status ?? undefined,
        to: row.to_review_status ?? undefined,
        requestId: row.request_id ?? undefined,
      })),
      total: Number(rows[0]?.total ?? 0),
    };
  },
});
