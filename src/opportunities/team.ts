import { sql } from 'kysely';
import type { PartnerCentralError } from '../aws/errors.ts';
import { awsPeople, type Catalog, mayNamePeople } from '../aws/terms.ts';
import type { Bot } from '../bot.ts';
import { DAY_MS, sleep } from '../clock.ts';
import { tellOnce } from '../messages/outbox.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import { type Deal, dealOf } from './rows.ts';

/** An approved opportunity of which it isn't known yet that AWS has put people on it. Who they are is never stored. */
interface Teamless extends Deal {
  readonly recordId: string;
  readonly approvedAt: Date;
}

/** Approved opportunities whose people are due to be looked for, the longest due first. */
export async function teamless(
  { database: { db } }: Pick<Bot, 'database'>,
  catalog: Catalog,
  at: Date,
  limit: number,
): Promise<readonly Teamless[]> {
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
}

/** There is nobody yet: looked for again at `dueAt`; undefined: no more. */
export async function postponeTeam(
  { database: { db } }: Pick<Bot, 'database'>,
  recordId: string,
  dueAt: Date | undefined,
): Promise<void> {
  await db
    .updateTable('opportunities')
    .set({ team_due_at: dueAt?.toISOString() ?? null })
    .where('id', '=', recordId)
    .where('team_due_at', 'is not', null)
    .execute();
}

/** AWS has put people on it: told once, whoever saw it first. True: this was news. */
export async function teamSeen(
  { database: { db, dialect }, newId }: Pick<Bot, 'database' | 'newId'>,
  { catalog, opportunityId }: Deal,
  at: Date,
): Promise<boolean> {
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
}

/** Milliseconds between two rounds. */
const ROUND_EVERY_MS = 5 * 60_000;
/** Deals in a round, two reads each at most, and the time between two: AWS's quota is shared with other tools. */
const DEALS_A_ROUND = 10;
const BETWEEN_DEALS_MS = 500;
/** Between two looks at the same deal: as long as it has been approved, but no less and no more than these. */
const LEAST_MS = 15 * 60_000;
const MOST_MS = 7 * DAY_MS;
/** How long people are looked for: fewer than twenty looks at a deal. */
const LOOK_FOR_MS = 60 * DAY_MS;

/**
 * Finds out when AWS first puts people on an approved deal. No list says it and no event is documented to, so
 * each is read, at growing intervals and for sixty days: the summary and, where that names nobody, the opportunity. Where
 * the summary says that nobody is to come, it is looked at no more.
 */
export function teamWatch(
  bot: Pick<Bot, 'database' | 'newId' | 'aws' | 'clock' | 'log' | 'catalog' | 'wake'>,
): ScheduledJob {
  const { aws, clock, log, catalog, wake } = bot;

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
    const summary = await aws.getAwsOpportunitySummary({
      Catalog,
      RelatedOpportunityIdentifier: opportunityId,
    });
    if (!summary.ok && summary.error.kind !== 'refused') return notAsked(summary.error);
    let people = awsPeople(undefined, summary.ok ? summary.value : undefined);
    const mayCome = !summary.ok || mayNamePeople(summary.value);
    if (people.length === 0 && mayCome) {
      const read = await aws.getOpportunity({ Catalog, Identifier: opportunityId });
      if (!read.ok && read.error.kind !== 'refused') return notAsked(read.error);
      people = awsPeople(read.ok ? read.value : undefined, undefined);
    }
    if (people.length > 0) {
      if (await teamSeen(bot, deal, clock.now())) wake();
    } else {
      await postponeTeam(bot, recordId, mayCome ? nextLook(approvedAt) : undefined);
    }
    return true;
  };

  return {
    name: 'team',
    when: (at) => sql<boolean>`exists (select 1 from opportunities where team_due_at <= ${at.toISOString()})`,
    run: async ({ at }) => {
      const againAt = new Date(at.getTime() + ROUND_EVERY_MS);
      for (const [index, each] of (await teamless(bot, catalog, at, DEALS_A_ROUND)).entries()) {
        if (index > 0) await sleep(clock, BETWEEN_DEALS_MS);
        if (!(await lookAt(each))) return { succeeded: false, againAt };
      }
      return { succeeded: true, againAt };
    },
  };
}
