import { config as loadDotenv } from 'dotenv';
import { systemClock } from './clock.ts';
import { readParts } from './config-parts.ts';
import { awsChecks } from './doctor/aws.ts';
import { databaseCheck } from './doctor/database.ts';
import { eventsQueueCheck } from './doctor/events-queue.ts';
import { examine } from './doctor/finding.ts';
import { asJson, asText, isHealthy } from './doctor/report.ts';
import { settingsCheck } from './doctor/settings.ts';
import { slackChecks } from './doctor/slack.ts';
import { standardCredentials } from './partner-central/credentials.ts';

/** Milliseconds; AWS's instance metadata, which is asked last for credentials, takes some seconds to give up on. */
const LIMIT_MS = 20_000;

loadDotenv({ quiet: true });

const parts = readParts(process.env);
const calling = {
  credentials: standardCredentials(),
  clock: systemClock,
  userAgent: 'submit-opportunity-bot|doctor',
};
const examined = await examine(
  [
    settingsCheck(process.env),
    ...slackChecks(parts),
    ...awsChecks(parts, calling),
    ...eventsQueueCheck(parts, calling),
    databaseCheck(parts.database),
  ],
  LIMIT_MS,
);
const report = process.argv.includes('--json') ? asJson(examined) : asText(examined);
// Whatever didn't answer in time may still hold a connection: it isn't waited for.
process.stdout.write(`${report}\n`, () => process.exit(isHealthy(examined) ? 0 : 1));
