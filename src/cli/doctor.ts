import { standardCredentials } from '../aws/credentials.ts';
import { systemClock } from '../clock.ts';
import { readParts } from '../config/config.ts';
import { asksForJson, runCommand } from './command.ts';
import { awsChecks } from './doctor/aws.ts';
import { databaseCheck } from './doctor/database.ts';
import { eventsQueueCheck } from './doctor/events-queue.ts';
import { examine } from './doctor/finding.ts';
import { asJson, asText, isHealthy } from './doctor/report.ts';
import { settingsCheck } from './doctor/settings.ts';
import { slackChecks, workspaceOf } from './doctor/slack.ts';

/** Milliseconds; AWS's instance metadata, which is asked last for credentials, takes some seconds to give up on. */
const LIMIT_MS = 20_000;

await runCommand({
  usage: `Usage: npm run doctor
       npm run -s doctor -- --json

  --json  for a program

Checks the settings, Slack, AWS and the database. Edits nothing, submits nothing. Exit status 1 where something is
wrong.`,
  understand: asksForJson,
  failure: 'The bot could not be examined',
  run: async (json, { envFile }) => {
    const parts = readParts(process.env);
    const calling = {
      credentials: standardCredentials(),
      clock: systemClock,
      userAgent: 'submit-opportunity-bot|doctor',
    };
    const examined = await examine(
      [
        settingsCheck(process.env, envFile),
        ...slackChecks(parts),
        ...awsChecks(parts, calling),
        ...eventsQueueCheck(parts, calling),
        databaseCheck(parts, () => workspaceOf(parts)),
      ],
      LIMIT_MS,
    );
    console.log(json ? asJson(examined) : asText(examined));
    return isHealthy(examined) ? 0 : 1;
  },
});
