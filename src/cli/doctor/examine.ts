import { standardCredentials } from '../../aws/client.ts';
import type { Catalog } from '../../aws/terms.ts';
import { systemClock } from '../../clock.ts';
import { type Config, readConfig, readParts } from '../../config/config.ts';
import type { EnvFile } from '../../config/env-file.ts';
import type { Environment } from '../../config/settings.ts';
import { awsChecks } from './aws.ts';
import { databaseCheck } from './database.ts';
import { deepChecks } from './deep.ts';
import { eventsQueueCheck } from './events-queue.ts';
import { type Check, type Examined, type Finding, failed, ok, SECTIONS } from './finding.ts';
import { nameChecks, slackChecks, workspaceOf } from './slack.ts';

/** Whether the bot would start with these settings, and what it would then be able to do. */
const settingsCheck = (environment: Environment, envFile: EnvFile): Check => ({
  section: 'Settings',
  name: 'settings',
  run: async () => {
    const read = readConfig(environment, envFile);
    const file = envFile.exposure === undefined ? [] : [failed('.env', { says: envFile.exposure })];
    return read.ok
      ? [
          ...file,
          ok('settings', 'complete'),
          ok('catalog', CATALOG[read.config.partnerCentral.catalog]),
          ok('a deal in Partner Central', read.config.partnerCentral.dealPage ?? FRONT_PAGE_ONLY),
          ok('who may submit', submittersOf(read.config)),
          ...(read.config.paused ? [ok('sending', 'paused by the setting PAUSED: nothing goes out')] : []),
        ]
      : [...file, ...read.problems.map((says) => failed('settings', { says }))];
  },
});

const FRONT_PAGE_ONLY =
  'messages lead to its front page: for Sandbox no page of a single deal is known (PARTNER_CENTRAL_LINK)';

const CATALOG: Readonly<Record<Catalog, string>> = {
  Sandbox: 'Sandbox: nothing that is submitted reaches AWS sellers',
  AWS: "AWS, production: what is submitted goes to AWS's reviewers and sellers, and can't be taken back",
};

function submittersOf({ submitters, channels }: Config): string {
  const who = submitters.everyone
    ? 'every full member of the workspace'
    : [
        counted(submitters.users.length, 'person', 'people'),
        counted(submitters.groups.length, 'user group', 'user groups'),
      ]
        .filter((text) => text !== undefined)
        .join(' and ');
  return `${who}, in ${counted(channels.length, 'channel', 'channels') ?? 'every channel'}`;
}

const counted = (count: number, one: string, many: string): string | undefined =>
  count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;

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
      ...awsChecks(parts, calling, deep),
      ...eventsQueueCheck(parts, calling),
      ...(deep ? deepChecks(parts, calling) : []),
      databaseCheck(parts, () => workspaceOf(parts)),
    ],
    LIMIT_MS,
  );
}

/** Runs every check at once, none for longer than `limitMs`. One that breaks is a finding, not an error. */
export async function examine(checks: readonly Check[], limitMs: number): Promise<readonly Examined[]> {
  const found = await Promise.all(
    checks.map(async (check) =>
      (await within(check, limitMs)).map((finding) => ({ section: check.section, ...finding })),
    ),
  );
  return SECTIONS.flatMap((section) => found.flat().filter((finding) => finding.section === section));
}

async function within({ name, run }: Check, limitMs: number): Promise<readonly Finding[]> {
  const late = Promise.withResolvers<readonly Finding[]>();
  const timer = setTimeout(
    () => late.resolve([failed(name, { says: `No answer within ${limitMs / 1000} s.` })]),
    limitMs,
  );
  try {
    return await Promise.race([run(), late.promise]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [failed(name, { says: `The check itself failed: ${reason}` })];
  } finally {
    clearTimeout(timer);
  }
}
