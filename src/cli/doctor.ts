import type { Catalog } from '../aws/terms.ts';
import { type Config, readConfig, readParts } from '../config/config.ts';
import type { EnvFile } from '../config/env-file.ts';
import type { Environment } from '../config/settings.ts';
import { runCommand } from './command.ts';
import { awsChecks, callingFrom } from './doctor/aws.ts';
import { databaseFindings } from './doctor/database.ts';
import { eventsChecks } from './doctor/events.ts';
import {
  asJson,
  asText,
  type Checks,
  type Examined,
  type Finding,
  failed,
  isHealthy,
  ok,
  type Section,
} from './doctor/finding.ts';
import { permissionChecks } from './doctor/permissions.ts';
import { nameChecks, slackChecks, workspaceOf } from './doctor/slack.ts';

const main = () =>
  runCommand({
    usage: `Usage: npm run doctor [-- --deep]
       npm run -s doctor -- --json [--deep]

  --deep  also whether the bot may write, by IAM's policy simulator; which solutions there are; whether events arrive
  --json  for a program

Checks the settings, Slack, AWS and the database. Changes nothing, submits nothing. Exit status 1 where something is
wrong.`,
    options: { json: { type: 'boolean', default: false }, deep: { type: 'boolean', default: false } },
    failure: 'The bot could not be examined',
    run: async ({ json, deep }, { envFile }) => {
      const examined = await examineBot(process.env, envFile, deep);
      console.log(json ? asJson(examined) : asText(examined));
      return isHealthy(examined) ? 0 : 1;
    },
  });

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
  const calling = callingFrom('doctor');
  return examine(
    [
      ['Settings', { settings: async () => settingsFindings(environment, envFile) }],
      ['Slack', { ...slackChecks(parts), ...nameChecks(environment, parts) }],
      [
        'AWS',
        {
          ...awsChecks(parts, calling),
          ...permissionChecks(parts, calling, deep),
          ...eventsChecks(parts, calling, deep),
        },
      ],
      ['Database', { database: () => databaseFindings(parts, () => workspaceOf(parts)) }],
    ],
    LIMIT_MS,
  );
}

/** Looks everywhere at once, at nothing for longer than `limitMs`. A check that breaks is a finding, not an error. */
export async function examine(
  sections: readonly (readonly [Section, Checks])[],
  limitMs: number,
): Promise<readonly Examined[]> {
  const found = sections.flatMap(([section, checks]) =>
    Object.entries(checks).map(async ([name, check]) =>
      (await within(limitMs, name, check)).map((finding) => ({ section, ...finding })),
    ),
  );
  return (await Promise.all(found)).flat();
}

async function within(limitMs: number, name: string, check: Checks[string]): Promise<readonly Finding[]> {
  const late = Promise.withResolvers<readonly Finding[]>();
  const timer = setTimeout(
    () => late.resolve([failed(name, { says: `No answer within ${limitMs / 1000} s.` })]),
    limitMs,
  );
  try {
    return await Promise.race([check(), late.promise]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [failed(name, { says: `The check itself failed: ${reason}` })];
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the bot would start with these settings, and what it would then be able to do. */
function settingsFindings(environment: Environment, envFile: EnvFile): readonly Finding[] {
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
}

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

if (import.meta.main) await main();
