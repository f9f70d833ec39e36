import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { jumpClock } from '../../demo/jump-clock.ts';
import type { ListOpportunitiesRequest } from '../../src/aws/operations.ts';
import type { OpportunitySummary } from '../../src/aws/opportunity.ts';
import { createDealChecks, createDeals } from '../../src/opportunities/deals.ts';
import { followJobs } from '../../src/opportunities/follow.ts';

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const log = pino({ level: 'silent' });
const catalog = 'AWS';

/** AWS's list as it filters and pages it, and how often it was asked. */
function partnerOf(count: number, clock: ReturnType<typeof jumpClock>) {
  const deals: OpportunitySummary[] = Array.from({ length: count }, (_, index) => ({
    Id: `O${100_000 + index}`,
    LastModifiedDate: new Date(clock.now().getTime() - (count - index) * 60 * SECOND).toISOString(),
    LifeCycle: { ReviewStatus: 'In review' } as OpportunitySummary['LifeCycle'],
    Customer: undefined,
    Project: undefined,
  }));
  let asked = 0;
  let fails = false;
  const failure = {
    ok: false,
    error: { kind: 'unavailable', code: 'ThrottlingException', requestId: undefined, message: '' },
  };
  return {
    asked: () => asked,
    failing: (now: boolean) => {
      fails = now;
    },
    change: (index: number) => {
      deals[index] = { ...(deals[index] as OpportunitySummary), LastModifiedDate: clock.now().toISOString() };
    },
    add: (deal: OpportunitySummary) => deals.push(deal),
    aws: {
      async listOpportunities(request: ListOpportunitiesRequest) {
        asked += 1;
        if (fails) return failure as never;
        const after = request.LastModifiedDate?.AfterLastModifiedDate ?? '';
        const found = deals.filter(({ LastModifiedDate }) => LastModifiedDate > after);
        const start = Number(request.NextToken ?? 0);
        const end = start + (request.MaxResults ?? 20);
        return {
          ok: true,
          value: {
            OpportunitySummaries: found.slice(start, end),
            NextToken: end < found.length ? `${end}` : undefined,
          },
        } as never;
      },
      getOpportunity: async () => {
        asked += 1;
        return failure as never;
      },
      getAwsOpportunitySummary: async () => {
        asked += 1;
        return failure as never;
      },
    },
  };
}

const turn = async () => {
  for (let each = 0; each < 8; each += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('a day of following ten thousand deals while people look at the home tab all the time: under 3,000 reads', async () => {
  const clock = jumpClock();
  const partner = partnerOf(10_000, clock);
  const aws = partner.aws as never;
  const deals = createDeals({ aws, clock, log, catalog });
  const checks = createDealChecks({ aws, clock, log, catalog });
  const jobs = followJobs(
    {
      aws,
      clock,
      log,
      catalog,
      deals,
      followChannel: undefined,
      store: {
        undecided: async () => [],
        noteReviews: async () => 0,
        hurryDoubts: async () => false,
      } as never,
      jobs: {} as never,
      wake: () => {},
    },
    sql<boolean>`true`,
  ).map((job) => ({ job, value: '', dueAt: clock.now().getTime(), running: false }));
  let shown = 0;
  for (let passed = 0; passed < 24 * HOUR; passed += 10 * SECOND) {
    for (const each of jobs) {
      if (each.running || each.dueAt > clock.now().getTime()) continue;
      each.running = true;
      void each.job
        .run({ at: clock.now(), value: each.value, keep: async () => {} })
        .then(({ value = each.value, againAt }) => {
          each.value = value;
          each.dueAt = againAt.getTime();
          each.running = false;
        });
    }
    const looking = deals.read(0, 'new').then((list) => {
      if (list.type !== 'list' || list.reach !== 'all') return;
      shown += 1;
      return checks.read([...list.deals.values()].slice(shown % 9000, (shown % 9000) + 10));
    });
    clock.jump(10 * SECOND);
    await turn();
    await looking;
  }
  expect(shown).toBeGreaterThan(8000);
  // Full readings, sweeps, polls and lookups.
  expect(partner.asked()).toBeGreaterThan(1700);
  expect(partner.asked()).toBeLessThan(3000);
});

test('between two full readings only what changed is read, and it is there within a minute', async () => {
  const clock = jumpClock();
  const partner = partnerOf(250, clock);
  const deals = createDeals({ aws: partner.aws as never, clock, log, catalog });
  const read = async () => {
    const answer = deals.read(HOUR, 'new');
    for (let page = 0; page < 5; page += 1) {
      await turn();
      clock.jump(SECOND);
    }
    return answer;
  };
  expect(await read()).toMatchObject({ type: 'list', reach: 'all' });
  expect(partner.asked()).toBe(3);
  partner.change(7);
  clock.jump(60 * SECOND);
  const list = await read();
  expect(partner.asked()).toBe(4);
  const changed = list.type === 'list' ? list.deals.get('O100007') : undefined;
  expect(Date.parse(changed?.LastModifiedDate ?? '')).toBeGreaterThan(
    clock.now().getTime() - 2 * 60 * SECOND,
  );
  clock.jump(6 * HOUR);
  await read();
  expect(partner.asked()).toBe(7);
});

test('while AWS fails it is asked less and less often, and what is known stays', async () => {
  const clock = jumpClock();
  const partner = partnerOf(50, clock);
  const deals = createDeals({ aws: partner.aws as never, clock, log, catalog });
  partner.failing(true);
  expect(await deals.read(HOUR, 'new')).toEqual({ type: 'unavailable', why: 'busy' });
  for (let minute = 0; minute < 60; minute += 1) {
    clock.jump(60 * SECOND);
    await deals.read(HOUR, 'new');
  }
  expect(partner.asked()).toBeLessThan(10);
  partner.failing(false);
  clock.jump(HOUR);
  expect(await deals.read(HOUR, 'new')).toMatchObject({ type: 'list', reach: 'all' });
});
