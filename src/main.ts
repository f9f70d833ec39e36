import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { startApp } from './app.ts';
import { standardCredentials } from './aws/client.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config/config.ts';
import { loadEnvFile } from './config/env-file.ts';
import { createLog, logDestination } from './observability/log.ts';

const envFile = loadEnvFile();

const read = readConfig(process.env, envFile);
if (!read.ok) {
  console.error(
    [
      "The bot can't start: some settings are missing or wrong.",
      ...read.problems.map((problem) => `  • ${problem}`),
    ].join('\n'),
  );
  console.error(
    'Put them into .env (see .env.example) or into the environment. docs/set-up.md explains each step, and `npm run doctor` checks the rest.',
  );
  process.exit(1);
}
const { config } = read;
const log = createLog(
  config.logLevel,
  logDestination(config.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json')),
);
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

process.on('unhandledRejection', (error) => {
  // The state of the process isn't known any more; a supervisor starts it again, and the record has it all.
  log.fatal({ error }, 'an unexpected failure ended the bot');
  process.exit(1);
});

try {
  const app = await startApp({
    config,
    clock: systemClock,
    newId: randomUUID,
    log,
    credentials: standardCredentials(),
    random: Math.random,
    processFigures: true,
    onFatal: (message) => {
      log.fatal(message);
      process.exit(1);
    },
    userAgent: `submit-opportunity-bot|${version}`,
  });
  log.info(
    {
      catalog: config.partnerCentral.catalog,
      transport: config.slack.transport.type,
      database: config.database.type,
      port: app.port(),
      paused: config.paused,
    },
    'the bot is running',
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      log.info({ signal }, 'the bot is stopping');
      await app.stop();
      process.exit(0);
    });
  }
  if (envFile.exposure !== undefined) log.warn(envFile.exposure);
  const problem = await app.accessProblem();
  // It stays up: commands say so too, submissions are kept, and it goes on by itself once this is mended.
  if (problem !== undefined) log.error(problem);
} catch (error) {
  console.error(`The bot can't start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
