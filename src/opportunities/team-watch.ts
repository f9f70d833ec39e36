import { sql } from 'kysely';
import type { PartnerCentralError } from '../aws/errors.ts';
import { awsPeople, mayNamePeople } from '../aws/readable.ts';
import type { Bot } from '../bot.ts';
import { DAY_MS, sleep } from '../clock.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import type { Teamless } from './teams.ts';

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
export function teamWatch({
  store,
  aws,
  clock,
  log,
  catalog,
  wake,
}: Pick<Bot, 'store' | 'aws' | 'clock' | 'log' | 'catalog' | 'wake'>): ScheduledJob {
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
      if (await store.teamSeen(deal, clock.now())) wake();
    } else {
      await store.postponeTeam(recordId, mayCome ? nextLook(approvedAt) : undefined);
    }
    return true;
  };

  return {
    name: 'team',
    when: (at) => sql<boolean>`exists (select 1 from opportunities where team_due_at <= ${at.toISOString()})`,
    run: async ({ at }) => {
      const againAt = new Date(at.getTime() + ROUND_EVERY_MS);
      for (const [index, each] of (await store.teamless(catalog, at, DEALS_A_ROUND)).entries()) {
        if (index > 0) await sleep(clock, BETWEEN_DEALS_MS);
        if (!(await lookAt(each))) return { succeeded: false, againAt };
      }
      return { succeeded: true, againAt };
    },
  };
}
