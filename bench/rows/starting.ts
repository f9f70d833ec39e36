import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../test/database/temporary.ts';
import { atMost, ratioAtMost } from '../figures.ts';
import { type Answers, environment, startAnswers, startBareBolt } from '../roles/players.ts';
import { ending, type Row, takingTurns } from './row.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** From the process's start until it takes requests, on an empty database and with nothing cached from before. */
export const starting: Row = {
  name: 'start',
  measure: ({ starts }) =>
    ending(async (keep) => {
      const answers = await keep(startAnswers());
      const [ours = [], bare = []] = await takingTurns(starts, [
        () => timeToRun(answers),
        () => timeToBareBolt(answers),
      ]);
      return [
        {
          what: 'Start of the process until ready',
          unit: 'ms',
          rounds: ours,
          against: { what: 'Bolt alone', rounds: bare },
          targets: [ratioAtMost(3), atMost(1000)],
        },
      ];
    }),
};

async function timeToBareBolt(answers: Answers): Promise<number> {
  const began = performance.now();
  const bare = await startBareBolt(answers, { compileCache: false });
  const took = performance.now() - began;
  await bare.end();
  return took;
}

/** As `npm start` does it, in a folder without a `.env`. */
async function timeToRun(answers: Answers): Promise<number> {
  const folder = await temporaryFolder();
  const began = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder.path,
    env: {
      ...environment(answers.ready.url),
      AWS_ACCESS_KEY_ID: 'AKIABENCH',
      AWS_SECRET_ACCESS_KEY: 'checked-by-nobody',
      DATA_DIR: folder.path,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('the bot is running')) return performance.now() - began;
    }
    throw new Error('The bot ended before it ran.');
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await folder.remove();
  }
}
