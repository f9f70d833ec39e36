import { setTimeout as delay } from 'node:timers/promises';
import { openSqlite, saveDrafts } from '../databases.ts';
import { atMost, type Figure, percentile } from '../figures.ts';
import { runLoad, startAnswers, startBot, startLoad, submissionsAt, untilSent } from '../roles/players.ts';
import { ending, type Row } from './row.ts';

/** Presses that don't count, at most: the first ones compile the code. */
const WARM_UP = 10;
/** Longer than the pace between two submissions, so that each finds the bot idle. */
const BETWEEN_MS = 120;

/** From Submit pressed until AWS has the request, nothing else going on: recorded, read again, sent. */
export const pressing: Row = {
  name: 'submit-to-aws',
  measure: ({ presses }) =>
    ending(async (keep) => {
      const warmUp = Math.min(WARM_UP, presses);
      const answers = await keep(startAnswers());
      const load = await keep(startLoad());
      const database = await keep(openSqlite());
      await saveDrafts(database, presses + warmUp);
      const bot = await keep(startBot(answers, { ...database.settings, SUBMITS_PER_SECOND: '10' }));
      const pressed: bigint[] = [];
      for (let number = 0; number < presses + warmUp; number += 1) {
        const { began, refused } = await runLoad(load, {
          port: bot.ready.port,
          requests: { type: 'submissions', first: number },
          pace: { perSecond: 1 },
          seconds: 1,
          responseUrl: `${answers.ready.url}/response`,
        });
        if (refused > 0) continue;
        pressed.push(BigInt(began));
        await untilSent(answers, pressed.length, () => delay(1));
        await delay(BETWEEN_MS);
      }
      const waits = (await submissionsAt(answers)).map(
        ({ hrtime }, number) => Number(BigInt(hrtime) - (pressed[number] ?? 0n)) / 1e6,
      );
      const figure = (name: string, share: number, limit: number): Figure => ({
        what: `Submit pressed until AWS has the request, idle: ${name}`,
        unit: 'ms',
        rounds: [percentile(waits.slice(warmUp), share)],
        targets: [atMost(limit)],
        note: `${waits.length - warmUp} presses`,
      });
      return [figure('p50', 0.5, 30), figure('p99', 0.99, 100)];
    }),
};
