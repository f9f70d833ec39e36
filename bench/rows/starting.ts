import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../test/database/temporary.ts';
import { atMost, ratioAtMost } from '../figures.ts';
import { type Answers, environment, startAnswers, startPlainBot } from '../roles/players.ts';
import { ending, type Row, takingTurns } from './row.ts';

const START = fileURLToPath(new URL('../../src/start.ts', import.meta.url));

/** From the process's start until it takes requests, on an empty database. */
export const starting: Row = {
  name: 'start',
  measure: ({ starts }) =>
    ending(async (keep) => {
      const answers = await keep(startAnswers());
      const kept = await keep(aFolder());
      // Its compiled code is there for those that count.
      await timeToRun(answers, kept.path);
      const [first = [], later = [], plain = []] = await takingTurns(starts, [
        () => ending(async (keepForTurn) => timeToRun(answers, (await keepForTurn(aFolder())).path)),
        () => timeToRun(answers, kept.path),
        () => timeToPlainBot(answers),
      ]);
      const against = { what: 'a plain bot', rounds: plain };
      return [
        {
          what: 'Start of the process until ready',
          unit: 'ms',
          rounds: later,
          against,
          targets: [ratioAtMost(1.3), atMost(1000)],
        },
        {
          what: 'The first start, before anything was compiled',
          unit: 'ms',
          rounds: first,
          against,
          targets: [ratioAtMost(1.6), atMost(1000)],
        },
      ];
    }),
};

async function timeToPlainBot(answers: Answers): Promise<number> {
  const began = performance.now();
  const plain = await startPlainBot(answers, { compileCache: false });
  const took = performance.now() - began;
  await plain.end();
  return took;
}

/** As `npm start` does it, in a folder without a `.env`; what is compiled is kept in `compiled`. */
function timeToRun(answers: Answers, compiled: string): Promise<number> {
  return ending(async (keep) => {
    const { path } = await keep(aFolder());
    const began = performance.now();
    const child = spawn(process.execPath, [START], {
      cwd: path,
      env: {
        ...environment(answers.ready.url),
        AWS_ACCESS_KEY_ID: 'AKIABENCH',
        AWS_SECRET_ACCESS_KEY: 'checked-by-nobody',
        DATA_DIR: path,
        LOG_LEVEL: 'info',
        NODE_COMPILE_CACHE: compiled,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await keep(
      Promise.resolve({
        end: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      }),
    );
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('the bot is running')) return performance.now() - began;
    }
    throw new Error('The bot ended before it ran.');
  });
}

async function aFolder() {
  const { path, remove } = await temporaryFolder();
  return { path, end: remove };
}
