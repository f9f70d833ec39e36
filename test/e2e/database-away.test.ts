import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { STOP_WITHIN_MS } from '../../src/app.ts';
import { type CuttableConnection, cuttableConnection } from '../database/cuttable-connection.ts';
import { asAdministrator, postgresUrl, temporaryPostgres } from '../database/databases.ts';
import { awsError, onSubmit } from './aws-faults.ts';
import { home, openHome, pressAtHome } from './home/on-the-tab.ts';
import { SECOND, within } from './passing-time.ts';
import { reads } from './words-on-screen.ts';
import { ana, deals, overBothTransports, overSocketMode } from './workspace.ts';

describe.skipIf(postgresUrl === undefined)(
  postgresUrl === undefined
    ? 'while the database is away: left out, TEST_DATABASE_URL names no server'
    : 'PostgreSQL',
  () => {
    let way: CuttableConnection;
    let database: Awaited<ReturnType<typeof temporaryPostgres>>;
    beforeEach(async () => {
      database = await temporaryPostgres(postgresUrl ?? '');
      way = await cuttableConnection(database.url);
    });
    afterEach(async () => {
      await way.close();
      await database.drop();
    });

    overBothTransports('while the database is away', (open) => {
      const start = () => open({ settings: { DATABASE_URL: way.url } });

      test('a command says that nothing can be taken now, and the next one works once it is back', async () => {
        const { deal, aws, command, modal, slack, opsPort } = await start();
        deal();
        await way.cut();
        await command('O1001');
        await modal("We can't take submissions right now");
        expect((await fetch(`http://127.0.0.1:${opsPort()}/readyz`)).status).toBe(503);
        await way.heal();
        // Who asked, and where, could not be kept.
        await slack.clickViewButton({ user: ana, actionId: 'look_again' });
        await modal('Please give the command again');
        await command('O1001');
        await modal('How should AWS be involved?');
        expect(aws.requests('SubmitOpportunity')).toEqual([]);
      });

      test('the bot stops when it is told to; the next one goes on with what was recorded', async () => {
        const workspace = await start();
        const { deal, aws, submit, message, end, begin } = workspace;
        deal();
        await submit('O1001');
        await way.cut();
        await end();
        await way.heal();
        await begin();
        await workspace.later(61_000);
        await message('Approval pending: O1001');
        expect(aws.submissionsExecuted('O1001')).toBe(1);
      });

      test('the home tab says so, and Refresh fills it once the database is back', async () => {
        const workspace = await start();
        workspace.deal();
        await way.cut();
        await openHome(workspace, "our own records can't be reached");
        await way.heal();
        await pressAtHome(workspace, 'home_refresh');
        await home(workspace, 'Not submitted yet: 1');
      });

      test('Submit says so beside the field; the form stays, and pressing again submits once', async () => {
        const { deal, aws, look, choose, message, slack } = await start();
        deal();
        await look('O1001');
        await way.cut();
        expect(await choose()).toMatchObject({
          payload: {
            response_action: 'errors',
            errors: { involvement_type: expect.stringContaining('Nothing was recorded') },
          },
        });
        await way.heal();
        expect(await slack.submitView(ana)).toMatchObject({ payload: { response_action: 'update' } });
        await message('Approval pending: O1001');
        expect(aws.submissionsExecuted('O1001')).toBe(1);
      });

      test("a commit whose answer is lost isn't called recorded; pressing again finds it, and it goes out once", async () => {
        const { deal, aws, look, choose, message, slack, modal } = await start();
        deal();
        await look('O1001');
        way.loseAnswerToCommitOf('insert into "submissions"');
        expect(await choose()).toMatchObject({
          payload: {
            response_action: 'errors',
            errors: { involvement_type: expect.stringContaining('pressing Submit again is safe') },
          },
        });
        await slack.submitView(ana);
        await modal('*Recorded.*');
        await message('Approval pending: O1001');
        expect(aws.submissionsExecuted('O1001')).toBe(1);
      });
    });

    overSocketMode('while the database is away for a moment', (open) => {
      const start = () => open({ settings: { DATABASE_URL: way.url } });

      test('just as AWS refuses: why is written down once it is back, and is no doubt', async () => {
        const { deal, aws, look, choose, message } = await start();
        deal();
        aws.injectFault(
          onSubmit(
            awsError('ValidationException', {
              body: {
                Reason: 'BUSINESS_VALIDATION_FAILED',
                ErrorList: [{ FieldName: 'LifeCycle.TargetCloseDate', Message: '-', Code: 'INVALID_VALUE' }],
              },
            }),
          ),
        );
        aws.injectFault(onSubmit({ type: 'latency', ms: 200 }));
        await look('O1001');
        await choose();
        await vi.waitUntil(() => aws.requests('SubmitOpportunity').length === 1);
        await way.cut();
        await delay(400);
        await way.heal();
        expect(reads(await message('AWS needs something changed first: O1001'))).toContain(
          'Target close date',
        );
      });

      test('and not back before the bot is told to stop: it ends in time, and its log has what AWS answered', async () => {
        const workspace = await start();
        const { deal, aws, look, choose, end, log } = workspace;
        deal();
        aws.injectFault(onSubmit(awsError('AccessDeniedException')));
        aws.injectFault(onSubmit({ type: 'latency', ms: 200 }));
        await look('O1001');
        await choose();
        await vi.waitUntil(() => aws.requests('SubmitOpportunity').length === 1);
        await way.cut();
        await delay(400);
        let ended = false;
        const ending = end().then(() => {
          ended = true;
        });
        await within(workspace, STOP_WITHIN_MS, () => ended, SECOND);
        await ending;
        expect(log()).toMatch(/"to":"refused".*"msg":"the bot ends with an answer of AWS's/);
        await way.heal();
      });

      test('just as Slack takes a message: it is edited from then on, not posted again', async () => {
        const { deal, slack, look, choose, message, later } = await start();
        deal();
        await look('O1001');
        const posted = Promise.withResolvers<void>();
        const unsubscribe = slack.onChange(() => {
          if (slack.messages(deals).length === 0) return;
          unsubscribe();
          posted.resolve(way.cut());
        });
        await choose();
        await posted.promise;
        await delay(400);
        await way.heal();
        await later(0);
        // The database's own clock says when the lease of what was in hand ends.
        await asAdministrator(database.url, async (client) => {
          await client.query('update outbox set lease_until = lease_until - 61000');
          await client.query('update submissions set lease_until = lease_until - 61000');
        });
        await later(61_000);
        await message('Approval pending: O1001');
        expect(slack.messages(deals)).toHaveLength(1);
        expect(slack.calls('chat.postMessage')).toHaveLength(1);
      });
    });
  },
);
