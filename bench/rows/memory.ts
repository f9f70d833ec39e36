import { z } from 'zod';
import { openSqlite } from '../databases.ts';
import { atMost, type Figure, ratioAtMost } from '../figures.ts';
import {
  type Answers,
  letPass,
  type Resident,
  residentOf,
  startAnswers,
  startBot,
  startPlainBot,
} from '../roles/players.ts';
import { seedFollowed } from '../seed.ts';
import { ending, type Row, takingTurns } from './row.ts';

const PAGE = 100;
/** A step of the bot's time: what it waits between two pages. */
const STEP_MS = 500;

/** Resident memory: idle, and after a sweep over everything that is followed. */
export const memory: Row = {
  name: 'memory',
  measure: ({ rounds, records }) =>
    ending(async (keep) => {
      const answers = await keep(startAnswers());
      // As in production from the second start on: what an earlier one compiled is there.
      await ofBot(answers, 0);
      const [plain = [], idle = [], ...following] = await takingTurns(Math.ceil(rounds / 2), [
        () => ofPlainBot(answers),
        () => ofBot(answers, 0),
        ...records.map((count) => () => ofBot(answers, count)),
      ]);
      const collected = (side: readonly Resident[]) => side.map((resident) => resident.collected);
      const asItIs = (side: readonly Resident[]) => side.map((resident) => resident.asItIs);
      const beyondIdle = records.map((count, index): Figure => {
        const mostAre = index === records.length - 1;
        return {
          what: `Memory beyond idle, ${count.toLocaleString('en')} submissions followed`,
          unit: 'MB',
          rounds: collected(following[index] ?? []).map(
            (value, round) => value - (collected(idle)[round] ?? Number.NaN),
          ),
          ...(mostAre ? { targets: [atMost(30)] } : {}),
        };
      });
      return [
        {
          what: 'Memory, idle',
          unit: 'MB',
          rounds: collected(idle),
          against: { what: 'a plain bot', rounds: collected(plain) },
          targets: [ratioAtMost(1.15)],
        },
        ...beyondIdle,
        {
          what: 'Memory after the start, nothing collected',
          unit: 'MB',
          rounds: asItIs(idle),
          against: { what: 'a plain bot', rounds: asItIs(plain) },
        },
      ];
    }),
};

async function ofPlainBot(answers: Answers): Promise<Resident> {
  return ending(async (keep) => residentOf(await keep(startPlainBot(answers, { compileCache: false }))));
}

function ofBot(answers: Answers, followed: number): Promise<Resident> {
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
