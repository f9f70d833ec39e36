import { openSqlite, saveDrafts } from '../databases.ts';
import { atMost, type Measured } from '../figures.ts';
import {
  letPass,
  runLoad,
  startAnswers,
  startBot,
  startLoad,
  submissionsAt,
  untilSent,
} from '../roles/players.ts';
import { ending, type Row } from './row.ts';

/** Presses a second while the burst comes in. */
const PRESSES_PER_SECOND = 100;
/** The bot's time goes on in steps of a quarter of what lies between two submissions. */
const STEP_MS = 250;
const STEPS = 40;

/** Many press at once; the bot sends at the pace that AWS allows, in time that is put forward. */
export const burst: Row = {
  name: 'burst',
  measure: (effort) =>
    ending(async (keep) => {
      const answers = await keep(startAnswers());
      const load = await keep(startLoad());
      const database = await keep(openSqlite());
      await saveDrafts(database, effort.burst);
      const bot = await keep(startBot(answers, database.settings));
      const { waits } = await runLoad(load, {
        port: bot.ready.port,
        requests: { type: 'submissions', first: 0 },
        pace: { perSecond: PRESSES_PER_SECOND },
        seconds: effort.burst / PRESSES_PER_SECOND,
        responseUrl: `${answers.ready.url}/response`,
      });
      const taken = waits.length;
      await untilSent(answers, taken, () => letPass(bot, STEPS, STEP_MS));
      return figuresOf(taken, await submissionsAt(answers));
    }),
};

function figuresOf(
  /** Presses that were acknowledged. */
  taken: number,
  sent: readonly { readonly id: string; readonly signedAt: string }[],
): readonly Measured[] {
  const what = `A burst of ${taken.toLocaleString('en')} submissions at 1/s`;
  const opportunities = new Set(sent.map(({ id }) => id)).size;
  const moments = sent.map(({ signedAt }) => momentOf(signedAt));
  const lastingMs = Math.max(...moments) - Math.min(...moments);
  return [
    {
      what: `${what}: sent`,
      unit: 'submissions',
      rounds: [opportunities],
      targets: [{ of: 'value', bound: 'at least', limit: taken }],
    },
    {
      what: `${what}: sent twice`,
      unit: 'submissions',
      rounds: [sent.length - opportunities],
      targets: [atMost(0)],
    },
    {
      what: `${what}: pace`,
      unit: 'per second',
      rounds: [((sent.length - 1) * 1000) / lastingMs],
      targets: [atMost(1)],
      note: 'first to last, by the time the bot signed them at',
    },
  ];
}

/** From `20261124T142233Z`. */
const momentOf = (amzDate: string): number =>
  Date.parse(amzDate.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
