import { standardCredentials } from '../../aws/sign.ts';
import { systemClock } from '../../clock.ts';
import { readParts } from '../../config/config.ts';
import type { EnvFile } from '../../config/env-file.ts';
import type { Environment } from '../../config/settings.ts';
import { awsChecks } from './aws.ts';
import { databaseCheck } from './database.ts';
import { deepChecks } from './deep.ts';
import { eventsQueueCheck } from './events-queue.ts';
import { type Examined, examine } from './finding.ts';
import { nameChecks } from './names.ts';
import { settingsCheck } from './settings.ts';
import { slackChecks, workspaceOf } from './slack.ts';

/** Milliseconds; AWS's instance metadata, which is asked last for credentials, takes some seconds to give up on. */
const LIMIT_MS = 20_000;

/**
 * Looks at everything the bot needs: the settings, Slack, AWS and the database. Changes nothing anywhere. `deep`: also asks
 * what takes rights that the bot doesn't need.
 */
export function examineBot(
  environment: Environment,
  envFile: EnvFile,
  deep = false,
): Promise<readonly Examined[]> {
  const parts = readParts(environment);
  const calling = {
    credentials: standardCredentials(),
    clock: systemClock,
    userAgent: 'submit-opportunity-bot|doctor',
  };
  return examine(
    [
      settingsCheck(environment, envFile),
      ...slackChecks(parts),
      ...nameChecks(environment, parts),
      ...awsChecks(parts, calling, deep ? [] : undefined),
      ...eventsQueueCheck(parts, calling),
      ...(deep ? deepChecks(parts, calling) : []),
      databaseCheck(parts, () => workspaceOf(parts)),
    ],
    LIMIT_MS,
  );
}
