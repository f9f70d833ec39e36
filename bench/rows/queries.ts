import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/clock.ts';
import type { Connection } from '../../src/database/connect.ts';
import { createLeases } from '../../src/database/lease.ts';
import { createOutbox } from '../../src/messages/queue.ts';
import { reviewListed } from '../../src/opportunities/opportunity.ts';
import { knownOpportunities } from '../../src/opportunities/rows.ts';
import { createStore } from '../../src/submissions/store.ts';
import { type BenchDatabase, openPostgres, openSqlite } from '../databases.ts';
import { atMost, type Figure, type Measured, percentile } from '../figures.ts';
import { catalog } from '../roles/deal.ts';
import { formOf } from '../roles/requests.ts';
import { followedId, seedFollowed } from '../seed.ts';
import { ending, type Row } from './row.ts';

const PAGE = 100;

/** How long the queries take that a poll, a request and the worker's loops make, as the records grow. */
export const queries: Row = {
  name: 'queries',
  async measure({ records, queries: repetitions }, { postgres }) {
    const databases: readonly (readonly [string, () => Promise<BenchDatabase>])[] = [
      ['SQLite', openSqlite],
      ...(postgres === undefined ? [] : [['PostgreSQL', () => openPostgres(postgres)] as const]),
    ];
    const figures: Measured[] = [];
    for (const [name, open] of databases) {
      for (const count of records) {
        figures.push(...(await measureOn(name, open, count, repetitions, count === records.at(-1))));
      }
    }
    if (postgres === undefined) {
      figures.push({ what: 'Queries, PostgreSQL', skipped: 'TEST_DATABASE_URL names no server' });
    }
    return figures;
  },
};

function measureOn(
  database: string,
  open: () => Promise<BenchDatabase>,
  count: number,
  repetitions: number,
  isMost: boolean,
): Promise<readonly Figure[]> {
  return ending(async (keep) => {
    const opened = await keep(open());
    const connection = await opened.open();
    await keep(Promise.resolve({ end: connection.close }));
    await seedFollowed(connection, count, new Date());
    const figures: Figure[] = [];
    for (const { name, query, targets } of queriesOf(connection, count)) {
      const times: number[] = [];
      for (let run = 0; run < repetitions; run += 1) {
        const began = performance.now();
        await query(run);
        times.push(performance.now() - began);
      }
      figures.push({
        what: `${database}, ${count.toLocaleString('en')} records: ${name}, p99`,
        unit: 'ms',
        rounds: [percentile(times, 0.99)],
        note: `p50 ${percentile(times, 0.5).toFixed(2)} ms`,
        ...(isMost && targets !== undefined ? { targets } : {}),
      });
    }
    return figures;
  });
}

function queriesOf(connection: Connection, count: number) {
  const leases = createLeases({ ...connection, clock: systemClock });
  const store = createStore({
    ...connection,
    leases,
    lineage: { setBack: async () => undefined },
    newId: randomUUID,
  });
  const outbox = createOutbox({ ...connection, leases });
  const at = new Date();
  const claim = { owner: 'bench', at };
  const page = (run: number) =>
    Array.from({ length: PAGE }, (_, index) =>
      reviewListed({
        Id: followedId((run * 37 + index * 91) % count),
        LastModifiedDate: at.toISOString(),
        LifeCycle: { ReviewStatus: 'In review' },
      }),
    );
  return [
    {
      name: "a poll's page of 100",
      query: (run: number) =>
        store.noteReviews(catalog, page(run), { at, asOf: new Date(0), actor: 'aws', elsewhere: 'leave' }),
      targets: [atMost(10)],
    },
    {
      name: 'a request recorded',
      query: (run: number) => {
        const { opportunityId = '', lastModifiedDate = '', ...form } = formOf(run, at);
        return store.record(
          { ...form, opportunityId, lastModifiedDate },
          { involvementType: 'Co-Sell', visibility: 'Full' },
          // Not due: the claims below find nothing, as they mostly do.
          new Date(at.getTime() + 60_000),
        );
      },
    },
    {
      name: 'is a submission due',
      query: () => store.claim({ ...claim, paused: false, intervalMs: 1000 }),
    },
    {
      name: 'where every opportunity stands, for a home tab',
      query: () => knownOpportunities(connection, catalog),
    },
    { name: 'is something untold', query: () => outbox.claim('messages', claim) },
  ];
}
