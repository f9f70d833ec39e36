import { sql } from 'kysely';
import { awsPeople } from '../aws/aws-people.ts';
import type { PartnerCentralError } from '../aws/errors.ts';
import type { PartnerCentral } from '../aws/operations.ts';
import type { Catalog } from '../aws/terms.ts';
import { type Clock, DAY_MS, sleep } from '../clock.ts';
import type { Dialect } from '../database/connect.ts';
import type { Database } from '../database/schema.ts';
import { tellOnce } from '../messages/outbox.ts';
import type { Logger } from '../observability/log.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import { type Deal, dealOf } from './rows.ts';

/** Milliseconds between two rounds. */
const ROUND_EVERY_MS = 5 * 60_000;
/** Deals in a round, two reads each at most, and the time between two: AWS's quota is shared with other tools. */
const DEALS_A_ROUND = 10;
const BETWEEN_DEALS_MS = 500;
/** Between two looks at the same deal: as long as it has been approved, but no less and no more than these. */
const LEAST_MS = 15 * 60_000;
const MOST_MS = 7 * DAY_MS;
/** Whoever isn't there by then isn't looked for any more: fewer than twenty looks at a deal. */
const LOOK_FOR_MS = 60 * DAY_MS;

/**
 * Finds out when AWS first puts people on an approved deal. No list says it and no event is documented to, so
 * each is read, at growing intervals and for sixty days: the summary and, where that names nobody, the opportunity.
 */
export function createTeamWatch(dependencies: {
  readonly store: ReturnType<typeof createTeams>;
  readonly partnerCentral: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  /** There is something to tell. */
  readonly wake: () => void;
}): ScheduledJob {
  const { store, partnerCentral, clock, log, catalog, wake } = dependencies;

  const pause = () => sleep(clock, BETWEEN_DEALS_MS);

  const nextLook = (approvedAt: Date): Date | undefined => {
    const now = clock.now().getTime();
    const age = now - approvedAt.getTime();
    return age > LOOK_FOR_MS ? undefined : new Date(now + Math.min(MOST_MS, Math.max(LEAST_MS, age)));
  };

  const notAsked = ({ code, kind, requestId }: PartnerCentralError): false => {
    log.warn(
      { code, kind, requestId },
      'AWS could not be asked for its people on approved deals; the next round asks again',
    );
    return false;
  };

  /** False: AWS can't be asked now. */
  const lookAt = async ({ approvedAt, recordId, ...deal }: Teamless): Promise<boolean> => {
    const { catalog: Catalog, opportunityId } = deal;
    const summary = await partnerCentral.getAwsOpportunitySummary({
      Catalog,
      RelatedOpportunityIdentifier: opportunityId,
    });
    if (!summary.ok && summary.error.kind !== 'refused') return notAsked(summary.error);
    let people = awsPeople(undefined, summary.ok ? summary.value : undefined);
    if (people.length === 0) {
      const read = await partnerCentral.getOpportunity({ Catalog, Identifier: opportunityId });
      if (!read.ok && read.error.kind !== 'refused') return notAsked(read.error);
      people = awsPeople(read.ok ? read.value : undefined, undefined);
    }
    if (people.length > 0) {
      if (await store.teamSeen(deal, clock.now())) wake();
    } else {
      await store.postponeTeam(recordId, nextLook(approvedAt));
    }
    return true;
  };

  return {
    name: 'team',
    when: (at) => sql<boolean>`exists (select 1 from opportunities where team_due_at <= ${at.toISOString()})`,
    run: async ({ at }) => {
      let succeeded = true;
      let looks = 0;
      for (const each of await store.teamless(catalog, at, DEALS_A_ROUND)) {
        if (looks > 0) await pause();
        looks += 1;
        succeeded = await lookAt(each);
        if (!succeeded) break;
      }
      return { succeeded, againAt: new Date(at.getTime() + ROUND_EVERY_MS) };
    },
  };
}

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
          .selectFrom('tellings')
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
