import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jumpClock } from '../../demo/jump-clock.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/observability/log.ts';
import { memory, memoryAsItIs } from '../memory.ts';
import { passingTime } from '../passing.ts';
import { serve, settingsOf } from './serve.ts';

/** The bot as it is, with a clock that can be put forward. */
const read = readConfig(settingsOf(z.record(z.string(), z.string())));
if (!read.ok) throw new Error(read.problems.join(' '));
const clock = jumpClock();
const time = passingTime(clock);
const app = await startApp({
  config: read.config,
  clock,
  newId: randomUUID,
  log: createLog(read.config.logLevel),
  credentials: async () => ({ accessKeyId: 'AKIABENCH', secretAccessKey: 'checked-by-nobody' }),
  random: Math.random,
  onFatal: (message) => {
    throw new Error(message);
  },
  userAgent: 'submit-opportunity-bot|bench',
});
serve(
  { port: app.port() },
  {
    memory,
    'memory as it is': memoryAsItIs,
    async pass(input) {
      const { steps, stepMs } = z.object({ steps: z.number(), stepMs: z.number() }).parse(input);
      for (let step = 0; step < steps; step += 1) await time.pass(stepMs);
    },
  },
);
