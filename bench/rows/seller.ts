import { setTimeout as delay } from 'node:timers/promises';
import { openSqlite, saveDrafts } from '../databases.ts';
import { type Figure, ratioAtMost } from '../figures.ts';
import type { LoadOrder } from '../roles/load-order.ts';
import {
  answersTake,
  runLoad,
  shownAt,
  startAnswers,
  startBot,
  startLoad,
  startPlainBot,
} from '../roles/players.ts';
import { opportunityOf, PEOPLE } from '../roles/requests.ts';
import { ending, type Row } from './row.ts';

/** What calls take, about as they do: milliseconds. */
const TAKES = { slackMs: 100, awsMs: 150 };
/** Presses that don't count, at most: the first ones compile the code. */
const WARM_UP = 4;
/** Longer than the pace between two submissions, so that each finds the bot idle. */
const BETWEEN_MS = 300;

/** What a seller waits for, with calls that take as long as real ones, beside a plain bot that does the same for them. */
export const seller: Row = {
  name: 'seller',
  measure: (effort) =>
    ending(async (keep) => {
      // Each person once, and again: the second time the bot knows their right.
      const presses = Math.min(effort.presses, 20);
      const warmUp = Math.min(WARM_UP, presses);
      const database = await keep(openSqlite());
      const load = await keep(startLoad());
      const sideOf = async (
        start: (answers: Awaited<ReturnType<typeof startAnswers>>) => ReturnType<typeof startBot>,
      ) => {
        const answers = await keep(startAnswers());
        const { ready } = await keep(start(answers));
        await answersTake(answers, TAKES);
        /** Milliseconds from a request of Slack's until Slack shows what is waited for. */
        return async (what: 'form' | 'pending', requests: LoadOrder['requests']): Promise<number> => {
          const responseUrl = `${answers.ready.url}/response`;
          const pace = { perSecond: 1 };
          const { began } = await runLoad(load, {
            port: ready.port,
            requests,
            pace,
            seconds: 1,
            responseUrl,
          });
          const id = opportunityOf(requests.first);
          for (;;) {
            const shown = (await shownAt(answers)).find((each) => each.what === what && each.id === id);
            if (shown !== undefined) return Number(BigInt(shown.hrtime) - BigInt(began)) / 1e6;
            await delay(2);
          }
        };
      };
      const settings = { ...database.settings, SUBMITS_PER_SECOND: '10' };
      const ours = await sideOf((answers) => startBot(answers, settings));
      const plain = await sideOf(startPlainBot);

      /** Both sides in turns, once for each person; `from` is the first of so many opportunities. */
      const rounds = async (what: 'form' | 'pending', from: number, afterALook = false) => {
        const types =
          what === 'form'
            ? (['commands', 'commands'] as const)
            : (['submissions', 'plain-submissions'] as const);
        const taken: { ours: number; plain: number }[] = [];
        for (let number = from; number < from + presses; number += 1) {
          if (afterALook) await ours('form', { type: 'commands', first: number });
          await delay(BETWEEN_MS);
          const ofOurs = await ours(what, { type: types[0], first: number });
          await delay(BETWEEN_MS);
          taken.push({ ours: ofOurs, plain: await plain(what, { type: types[1], first: number }) });
        }
        return taken.slice(warmUp % presses);
      };
      const figure = (what: string, taken: Awaited<ReturnType<typeof rounds>>, limit: number): Figure => ({
        what,
        unit: 'ms',
        rounds: taken.map((each) => each.ours),
        against: { what: 'a plain bot', rounds: taken.map((each) => each.plain) },
        targets: [ratioAtMost(limit)],
        note: `${TAKES.slackMs} ms a call to Slack, ${TAKES.awsMs} ms one to AWS`,
      });
      const unknown = await rounds('form', 0);
      const known = await rounds('form', PEOPLE);
      // Not before: at its start a bot asks about everybody who has a form open.
      await saveDrafts(database, 3 * PEOPLE);
      const looked = await rounds('pending', 2 * PEOPLE, true);
      // Others, of whom nothing is known: as after a minute in which they chose nothing.
      const lapsed = await rounds('pending', 2 * PEOPLE + presses);
      return [
        figure('Enter until the form is filled, nothing cached', unknown, 1),
        figure('Enter until the form is filled, the right known', known, 0.75),
        figure('Submit until *Approval pending* is seen, the right known', looked, 1.7),
        figure('Submit until *Approval pending* is seen, nothing cached', lapsed, 1.7),
      ];
    }),
};
