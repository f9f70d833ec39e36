import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canStartPostgres, type PostgresServer, startPostgresServer } from '../database/postgres-server.ts';
import { temporaryPostgres } from '../database/temporary.ts';
import { ana, overSocketMode } from './workspace.ts';

/** Longer than any commit is waited for: real milliseconds, which a database takes whatever the bot's clock says. */
const LONGER_THAN_A_COMMIT = { timeout: 15_000, interval: 50 };

let server: PostgresServer | undefined;
beforeAll(async () => {
  if (canStartPostgres) server = await startPostgresServer();
}, 60_000);
afterAll(() => server?.remove());

/** From now on commits wait for a standby that isn't there; or, with none named, for nobody. */
async function waitFor(standby: 'missing' | ''): Promise<void> {
  const client = new pg.Client({ connectionString: server?.url });
  await client.connect();
  await client.query(`alter system set synchronous_standby_names = '${standby}'`);
  await client.query('select pg_reload_conf()');
  await client.end();
}

// PostgreSQL: "If you really need … there must be enough standbys, or transactions will wait for them", for ever
// (https://www.postgresql.org/docs/15/warm-standby.html#SYNCHRONOUS-REPLICATION-HA).
overSocketMode('while a synchronous standby is missing, whose commits never end', (open) => {
  const start = async () => {
    const { url } = await temporaryPostgres(server?.url ?? '');
    return open({ settings: { DATABASE_URL: url } });
  };

  test.skipIf(!canStartPostgres)(
    'Submit says that nobody knows; once it is back it is sent, once',
    async () => {
      const { deal, look, choose, aws, slack, message, later } = await start();
      deal();
      await look('O1001');
      await waitFor('missing');
      try {
        await choose();
        expect(aws.requests('SubmitOpportunity')).toEqual([]);
        expect(Object.values(slack.view(ana)?.errors ?? {}).join()).toContain("couldn't confirm");
      } finally {
        await waitFor('');
      }
      await later(61_000);
      await message('Approval pending: O1001');
      expect(aws.submissionsExecuted('O1001')).toBe(1);
    },
  );

  test.skipIf(!canStartPostgres)(
    'what is recorded passes no fence: it is not sent, and at most once later',
    async () => {
      const { deal, look, choose, aws, message, later, log } = await start();
      deal();
      await look('O1001');
      aws.injectFault({ operation: 'GetOpportunity', times: 1, kind: { type: 'latency', ms: 5000 } });
      await choose();
      await expect.poll(() => aws.requests('GetOpportunity').length, LONGER_THAN_A_COMMIT).toBe(2);
      await waitFor('missing');
      try {
        await later(5000);
        await expect.poll(log, LONGER_THAN_A_COMMIT).toMatch(/commit/i);
        expect(aws.requests('SubmitOpportunity')).toEqual([]);
      } finally {
        await waitFor('');
      }
      await later(61_000);
      await message(/O1001/);
      expect(aws.requests('SubmitOpportunity').length).toBeLessThanOrEqual(1);
    },
  );
});
