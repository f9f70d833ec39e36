import { type BenchDatabase, openPostgres, openSqlite, saveDrafts } from '../databases.ts';
import type { Effort } from '../effort.ts';
import { atMost, type Figure, type Measured, percentile, ratioAtLeast, ratioAtMost } from '../figures.ts';
import type { LoadOrder, LoadReport } from '../roles/load-order.ts';
import { runLoad, startAnswers, startBareBolt, startBot, startLoad } from '../roles/players.ts';
import { ending, type Keep, type Row, takingTurns } from './row.ts';

const BARE_BOLT = 'Bolt alone';
/** Requests under way at the same time where the load is as much as there is room for. */
const SATURATING = 32;

/** From the command to its acknowledgement, while the bot goes on with what it has acknowledged. */
export const acknowledgingCommands: Row = {
  name: 'acknowledge-command',
  measure: (effort) =>
    ending(async (keep) => {
      const { bare, bot } = await commandSides(keep);
      const pace = { perSecond: effort.rate };
      const [ofBot = [], ofBare = []] = await loadInTurns(effort, [bot, bare], pace);
      return waitFigures(`Acknowledging a command, ${effort.rate}/s`, ofBot, ofBare, ratioAtMost(1.5));
    }),
};

/** Commands acknowledged when they come as fast as they are answered; what each of them starts comes on top. */
export const saturation: Row = {
  name: 'saturation',
  measure: (effort) =>
    ending(async (keep) => {
      const { bare, bot } = await commandSides(keep);
      const [ofBot = [], ofBare = []] = await loadInTurns(effort, [bot, bare], { atOnce: SATURATING });
      const perSecond = (reports: readonly LoadReport[]) =>
        reports.map(({ waits, seconds }) => waits.length / seconds);
      return [
        {
          what: 'Commands at saturation',
          unit: 'per second',
          rounds: perSecond(ofBot),
          against: { what: BARE_BOLT, rounds: perSecond(ofBare) },
          targets: [ratioAtLeast(0.7)],
        },
      ];
    }),
};

/** From Submit to its acknowledgement, which comes after the commit. */
export const acknowledgingSubmissions: Row = {
  name: 'acknowledge-submission',
  measure: (effort, { postgres }) =>
    ending(async (keep) => {
      const answers = await keep(startAnswers());
      const load = await keep(startLoad());
      const responseUrl = `${answers.ready.url}/response`;
      const pace = { perSecond: effort.rate };
      const sideOf = (port: number): Side => ({ load, port, type: 'submissions', responseUrl });
      const botOn = async (database: BenchDatabase): Promise<Side> => {
        await saveDrafts(database, (effort.rounds + 1) * Math.ceil(effort.rate * effort.seconds));
        return sideOf((await keep(startBot(answers, database.settings))).ready.port);
      };
      const bare = sideOf((await keep(startBareBolt(answers))).ready.port);
      const sqlite = await botOn(await keep(openSqlite()));
      const what = (database: string) => `Acknowledging Submit, committed in ${database}, ${effort.rate}/s`;
      if (postgres === undefined) {
        const [onSqlite = [], ofBare = []] = await loadInTurns(effort, [sqlite, bare], pace);
        return [
          ...waitFigures(what('SQLite'), onSqlite, ofBare, atMost(100)),
          { what: what('PostgreSQL'), skipped: 'TEST_DATABASE_URL names no server' },
        ];
      }
      const server = await botOn(await keep(openPostgres(postgres)));
      const [onSqlite = [], onPostgres = [], ofBare = []] = await loadInTurns(
        effort,
        [sqlite, server, bare],
        pace,
      );
      return [
        ...waitFigures(what('SQLite'), onSqlite, ofBare, atMost(100)),
        ...waitFigures(what('PostgreSQL'), onPostgres, ofBare, atMost(100)),
      ];
    }),
};

/** A server under load. */
interface Side {
  readonly load: Awaited<ReturnType<typeof startLoad>>;
  readonly port: number;
  readonly type: LoadOrder['requests']['type'];
  readonly responseUrl: string;
}

async function commandSides(keep: Keep): Promise<{ readonly bare: Side; readonly bot: Side }> {
  const answers = await keep(startAnswers());
  const load = await keep(startLoad());
  const bare = await keep(startBareBolt(answers));
  const bot = await keep(startBot(answers, (await keep(openSqlite())).settings));
  const shared = { load, type: 'commands', responseUrl: `${answers.ready.url}/response` } as const;
  return { bare: { ...shared, port: bare.ready.port }, bot: { ...shared, port: bot.ready.port } };
}

/** Every side's rounds, after one that doesn't count. */
function loadInTurns({ rounds, rate, seconds }: Effort, sides: readonly Side[], pace: LoadOrder['pace']) {
  const perTurn = Math.ceil(rate * seconds);
  return takingTurns(
    rounds + 1,
    sides.map(
      ({ load, type, ...side }) =>
        (round: number) =>
          runLoad(load, { ...side, requests: { type, first: round * perTurn }, pace, seconds }),
    ),
  ).then((taken) => taken.map(([_warm, ...counted]) => counted));
}

function waitFigures(
  what: string,
  ours: readonly LoadReport[],
  bare: readonly LoadReport[],
  target: NonNullable<Figure['targets']>[number],
): readonly Measured[] {
  const at = (reports: readonly LoadReport[], share: number) =>
    reports.map(({ waits }) => percentile(waits, share));
  const refused = ours.reduce((sum, report) => sum + report.refused, 0);
  const figure = (name: string, share: number): Figure => ({
    what: `${what}: ${name}`,
    unit: 'ms',
    rounds: at(ours, share),
    against: { what: BARE_BOLT, rounds: at(bare, share) },
    ...(refused === 0 ? {} : { note: `${refused} were not acknowledged` }),
  });
  return [figure('p50', 0.5), { ...figure('p99', 0.99), targets: [target] }];
}
