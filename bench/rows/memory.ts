import { z } from 'zod';
import { openSqlite } from '../databases.ts';
import { atMost, type Figure, ratioAtMost } from '../figures.ts';
import {
  type Answers,
  letPass,
  residentOf,
  startAnswers,
  startBareBolt,
  startBot,
} from '../roles/players.ts';
import { seedFollowed } from '../seed.ts';
import { ending, type Row, takingTurns } from './row.ts';

const PAGE = 100;
/** A step of the bot's time: what it waits between two pages. */
const STEP_MS = 500;

/** Resident memory after a full collection: idle, and after a sweep over everything that is followed. */
export const memory: Row = {
  name: 'memory',
  measure: ({ rounds, records }) =>
    ending(async (keep) => {
      const answers = await keep(startAnswers());
      const turns = Math.ceil(rounds / 2);
      const [bare = [], idle = [], ...following] = await takingTurns(turns, [
        () => ofBareBolt(answers),
        () => ofBot(answers, 0),
        ...records.map((count) => () => ofBot(answers, count)),
      ]);
      const most = records.length - 1;
      const beyondIdle = records.map(
        (count, index): Figure => ({
          what: `Memory beyond idle, ${count.toLocaleString('en')} submissions followed`,
          unit: 'MB',
          rounds: (following[index] ?? []).map((value, round) => value - (idle[round] ?? Number.NaN)),
          ...(index === most ? { targets: [atMost(30)] } : {}),
        }),
      );
      return [
        {
          what: 'Memory, idle',
          unit: 'MB',
          rounds: idle,
          against: { what: 'Bolt alone', rounds: bare },
          targets: [ratioAtMost(1.6)],
        },
        ...beyondIdle,
      ];
    }),
};

async function ofBareBolt(answers: Answers): Promise<number> {
  return ending(async (keep) => residentOf(await keep(startBareBolt(answers))));
}

function ofBot(answers: Answers, followed: number): Promise<number> {
  return ending(async (keep) => {
    const database = await keep(openSqlite());
    const connection = await database.open();
    await seedFollowed(connection, followed, new Date());
    await connection.close();
    await answers.ask('list', followed, z.unknown());
    const lists = () => answers.ask('lists', null, z.number());
    const before = await lists();
    const bot = await keep(startBot(answers, database.settings));
    // The poll, which finds nothing, and the sweep's pages.
    const wanted = followed === 0 ? 0 : 1 + Math.ceil(followed / PAGE);
    while ((await lists()) - before < wanted) {
      await letPass(bot, 1, STEP_MS);
    }
    return residentOf(bot);
  });
}
