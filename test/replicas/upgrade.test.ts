import { describe, expect, test, vi } from 'vitest';
import type { Acknowledgement } from '../../demo/slack/stand-in.ts';
import { ana, openWorld, type World } from '../crash/world.ts';
import { asAdministrator, postgresUrl } from '../database/databases.ts';
import { people, submitAll } from './people.ts';
import { theEnd } from './the-end.ts';

const PEOPLE = 4;
/** Submissions, before the next step of the upgrade. */
const SOME = 8;
const LATER_VERSION = new URL('later-version.ts', import.meta.url);

/**
 * The same world, in which every request of Slack's that the bot doesn't answer is noted, but for what was on its way
 * into a socket while the bot closed that: nobody can answer it, and the person types it again.
 */
function watched(world: World): { readonly world: World; readonly unanswered: string[] } {
  const unanswered: string[] = [];
  const noted = async (what: string, answer: Promise<Acknowledgement>) => {
    const acknowledgement = await answer;
    if (!acknowledgement.acknowledged && acknowledgement.reason !== 'the socket closed') {
      unanswered.push(`${what}: ${acknowledgement.error}`);
    }
    return acknowledgement;
  };
  const slack: World['slack'] = {
    ...world.slack,
    slashCommand: (command) => noted(`command ${command.text}`, world.slack.slashCommand(command)),
    submitView: (...given) => noted('form', world.slack.submitView(...given)),
  };
  return { world: { ...world, slack }, unanswered };
}

describe.skipIf(postgresUrl === undefined)(
  postgresUrl === undefined ? 'upgrades: left out, TEST_DATABASE_URL names no server' : 'an upgrade',
  () => {
    test('replica by replica under load, with a migration: nothing is lost, nothing twice, no command unanswered', {
      timeout: 120_000,
    }, async () => {
      const bare = await openWorld({ postgres: postgresUrl, submitsPerSecond: 200 });
      const { world, unanswered } = watched(bare);
      try {
        const old = [await world.start(), await world.start()];
        let deals = 0;
        let over = false;
        const nextDeal = () => {
          if (over) return undefined;
          deals += 1;
          const id = `O${100_000 + deals}`;
          world.deal(id);
          return id;
        };
        const submitting = Promise.all(people(world, PEOPLE).map((user) => submitAll(world, user, nextDeal)));
        const sent = () => world.aws.requests('SubmitOpportunity').length;
        const someMore = async () => {
          const enough = sent() + SOME;
          await vi.waitUntil(() => sent() >= enough, { timeout: 60_000 });
        };

        await someMore();
        for (const bot of old) {
          await world.start({ preload: LATER_VERSION });
          // Both versions at work beside each other.
          await someMore();
          await bot.stop();
          expect(bot.ended()).toEqual({ code: 0, signal: null });
        }
        await someMore();
        over = true;
        await submitting;
        // Without a jump of the clock, which would take what is being sent for interrupted.
        await vi.waitUntil(async () => (await world.records()).every(({ state }) => state === 'submitted'), {
          timeout: 60_000,
          interval: 200,
        });
        const { outcomes, problems } = await theEnd(world);
        console.log(`Rolling upgrade: ${JSON.stringify(outcomes)}`);
        expect(problems).toEqual([]);
        expect(outcomes).toEqual({ submitted: deals });
        expect(unanswered).toEqual([]);
        expect(sent()).toBe(deals);
        const columns = await asAdministrator(world.databaseUrl ?? '', (client) =>
          client.query("select table_name from information_schema.columns where column_name = 'later'"),
        );
        expect(columns.rowCount).toBe(2);
      } finally {
        await bare.close();
      }
    });

    test('an old replica that is started again after the migration refuses, and says why; the new one goes on', async () => {
      const world = await openWorld({ postgres: postgresUrl });
      try {
        const old = await world.start();
        await world.start({ preload: LATER_VERSION });
        await old.end();
        await expect(world.start()).rejects.toThrow('made by a newer version of this bot');
        world.deal('O1001');
        const waiting = ['O1001'];
        await submitAll(world, ana, () => waiting.shift());
        expect((await theEnd(world)).outcomes).toEqual({ submitted: 1 });
      } finally {
        await world.close();
      }
    });
  },
);
