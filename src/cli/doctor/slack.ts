import type { AuthTestResponse, WebClient } from '@slack/web-api';
import type { Trouble } from '../../aws/errors.ts';
import type { ConfigParts } from '../../config/config.ts';
import { type Environment, idsIn, type SettingOfIds } from '../../config/settings.ts';
import { BOT_SCOPES } from '../../slack/ids.ts';
import { appTokenTrouble, botTokenTrouble, ownerOf, readInstallation } from '../../slack/installation.ts';
import { MOST_SOCKETS } from '../../slack/receivers.ts';
import { askInstallation, lookUp, nameOf, type SlackEntity, slackClient } from '../ask-slack.ts';
import { type Checks, type Finding, failed, notChecked, ok } from './finding.ts';

/** Both tokens, the workspace, the scopes, by `auth.test` and `apps.connections.open`: neither changes anything. */
export function slackChecks({
  slackApi,
  botToken,
  appToken,
  signingSecret,
  workspaces,
  ops,
  database,
}: ConfigParts): Checks {
  const needs = (name: string, setting: string) => notChecked(name, `${setting} is missing or wrong`);

  return {
    'bot token': async () => {
      if (slackApi === undefined) return [needs('bot token', 'SLACK_API_URL')];
      if (botToken === undefined) return [needs('bot token', 'SLACK_BOT_TOKEN')];
      return botTokenFindings(slackClient(botToken, slackApi), workspaces);
    },
    'app token': async () => {
      if (slackApi === undefined) return [needs('app token', 'SLACK_API_URL')];
      if (appToken === undefined) {
        const http = signingSecret !== undefined;
        return [http ? notChecked('HTTP', HTTP) : needs('app token', 'SLACK_APP_TOKEN'), APP_SETTINGS];
      }
      return [
        await appTokenFinding(slackClient(appToken, slackApi)),
        ...(await socketFindings(ops, database?.type === 'sqlite' ? 1 : MOST_SOCKETS)),
        APP_SETTINGS,
      ];
    },
  };
}

/**
 * Whose the bot's token is, and what it may.
 *
 * @param workspaces SLACK_WORKSPACES; undefined: it isn't known, or wrong
 */
export async function botTokenFindings(
  client: WebClient,
  workspaces: readonly string[] | undefined,
): Promise<readonly Finding[]> {
  try {
    const answer = await client.auth.test();
    return [installationFinding(answer, workspaces), scopesFinding(answer.response_metadata?.scopes)];
  } catch (error) {
    return [failed('bot token', botTokenTrouble(error))];
  }
}

/** Where the app is installed, and whose people may use it. */
function installationFinding(answer: AuthTestResponse, workspaces: readonly string[] | undefined): Finding {
  const { team, team_id, enterprise_id, user, is_enterprise_install: isOrgWide = false } = answer;
  const installed = isOrgWide
    ? `@${user} in the organisation ${enterprise_id}`
    : `@${user} in the workspace ${team} (${team_id})`;
  if (workspaces === undefined) {
    return ok(
      'bot token',
      isOrgWide ? `${installed}: SLACK_WORKSPACES says whose people may use it` : installed,
    );
  }
  const installation = readInstallation(answer, workspaces);
  if (!installation.ok) return failed('bot token', installation.trouble);
  return ok('bot token', isOrgWide ? `${installed}, for the people of ${workspaces.join(', ')}` : installed);
}

/** Gets an address that nobody connects to, and that expires by itself. */
export async function appTokenFinding(client: WebClient): Promise<Finding> {
  try {
    await client.apps.connections.open();
    return ok('app token', 'Slack gives out a socket: Socket Mode is on');
  } catch (error) {
    return failed('app token', appTokenTrouble(error));
  }
}

/**
 * How many sockets Slack counted when the bot that runs here opened its own; nothing where none does. Asked of that bot: a
 * socket of our own would take what people do away from it.
 */
async function socketFindings(ops: ConfigParts['ops'], most: number): Promise<readonly Finding[]> {
  if (ops === undefined || ops.port === 0) return [];
  const asked = fetch(`http://${ops.host}:${ops.port}/metrics`, { signal: AbortSignal.timeout(2000) });
  const metrics = await asked.then(
    (answer) => answer.text(),
    () => '',
  );
  const counted = Number(/^opportunity_bot_sockets (\d+)$/m.exec(metrics)?.[1] ?? 0);
  if (counted === 0) return [];
  if (counted <= most)
    return [ok('sockets', `${counted}, counted by Slack when the running bot opened its own`)];
  return [
    failed('sockets', {
      says: `Slack counted ${counted} sockets for this app when the running bot opened its own: what people do may go to one that nobody reads.`,
      fix: 'Look for another process with the same SLACK_APP_TOKEN; else see *Presses are lost* in docs/troubleshoot.md.',
    }),
  ];
}

/** The workspace (or organisation) that the bot's database is of; undefined: not known, as the check of the token says. */
export async function workspaceOf({
  slackApi,
  botToken,
  workspaces,
}: Pick<ConfigParts, 'slackApi' | 'botToken' | 'workspaces'>): Promise<string | undefined> {
  if (slackApi === undefined || botToken === undefined || workspaces === undefined) return undefined;
  const installation = await askInstallation(slackClient(botToken, slackApi), workspaces);
  return installation.ok ? ownerOf(installation.value) : undefined;
}

const HTTP =
  "whether Slack's requests reach PORT, and SLACK_SIGNING_SECRET: only a request of Slack's shows that (a slash command)";

const APP_SETTINGS = notChecked(
  "the app's settings",
  'the command, interactivity, shortcuts and events are seen by the owner of the app only: compare api.slack.com/apps → your app → App Manifest with manifest.yml',
);

function scopesFinding(granted: readonly string[] | undefined): Finding {
  if (granted === undefined) return notChecked('scopes', 'Slack did not say which it has granted');
  const missing = BOT_SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    return failed('scopes', {
      says: `Missing: ${missing.join(', ')}.`,
      fix: "Bring the app's manifest up to date with manifest.yml (which says what each is for), and reinstall the app: api.slack.com/apps → your app.",
    });
  }
  const spare = granted.filter((scope) => scope !== '' && !BOT_SCOPES.includes(scope));
  return ok(
    'scopes',
    spare.length === 0
      ? 'those of manifest.yml'
      : `those of manifest.yml, and more than the bot needs: ${spare.join(', ')}`,
  );
}

/** Slack takes 50 questions about channels a minute, and the bot may be running beside this. */
const LOOKED_AT = 20;

/** The people, groups and channels that the settings name, by their names in Slack, and which of them the bot can't use. */
export function nameChecks(
  environment: Environment,
  { slackApi, botToken, workspaces = [] }: ConfigParts,
): Checks {
  // What is wrong with either is said by the check of the token.
  if (slackApi === undefined || botToken === undefined) return {};
  const client = slackClient(botToken, slackApi);
  return Object.fromEntries(
    idsIn(environment).map(({ setting, ids }) => [
      setting,
      () => namesFindings(client, setting, ids, workspaces),
    ]),
  );
}

/** The same for the IDs of one setting. */
export async function namesFindings(
  client: WebClient,
  setting: SettingOfIds,
  ids: readonly string[],
  workspaces: readonly string[],
): Promise<readonly Finding[]> {
  const looks = await lookUp(client, ids.slice(0, LOOKED_AT), workspaces).catch(() => undefined);
  if (looks === undefined) return [notChecked(setting, 'Slack could not be asked for the names now')];
  const findings = looks.map(({ id, seen }) => lookFinding(setting, id, seen));
  const names = findings.flatMap((finding) => (finding.outcome === 'ok' ? [finding.says] : []));
  return [
    ...(names.length === 0 ? [] : [ok(setting, names.join(', '))]),
    ...findings.filter(({ outcome }) => outcome !== 'ok'),
    ...(ids.length > LOOKED_AT ? [notChecked(setting, `${ids.length - LOOKED_AT} more`)] : []),
  ];
}

function lookFinding(setting: SettingOfIds, id: string, seen: SlackEntity | undefined): Finding {
  if (seen === undefined) {
    return /^[CGD]/.test(id) && !HAS_TO_SEE.has(setting)
      ? notChecked(setting, `Slack shows the bot no channel ${id}: a private one that it isn't in, or none`)
      : failed(setting, { says: `Slack shows the bot nothing by the ID ${id}.`, fix: FIND_IT });
  }
  const trouble = troubleWith(setting, seen);
  if (trouble !== undefined) return failed(setting, trouble);
  return ok(setting, nameOf(seen) + (seen.type === 'channel' && !seen.hasBot ? NOT_IN_IT : ''));
}

const POSTS_BY_ITSELF: ReadonlySet<SettingOfIds> = new Set(['FOLLOW_CHANNEL', 'DIGEST_CHANNEL']);
/** What the bot doesn't see gets no details, and no posts of its own. */
const HAS_TO_SEE: ReadonlySet<SettingOfIds> = new Set([...POSTS_BY_ITSELF, 'DETAIL_CHANNELS']);
const NOT_IN_IT = ' (the bot is not in it: /invite it)';
const FIND_IT = '`npm run setup` finds IDs by name; for a private channel, /invite the bot first.';

function troubleWith(setting: SettingOfIds, seen: SlackEntity): Trouble | undefined {
  const name = nameOf(seen);
  if (seen.type === 'person' && seen.kind !== 'member') {
    return setting === 'SUBMITTERS'
      ? { says: `${name} ${NOT_A_MEMBER[seen.kind]}, and may not submit.`, fix: 'Take the ID out.' }
      : undefined;
  }
  if (seen.type !== 'channel') return undefined;
  if (seen.isArchived) return { says: `${name} is archived.`, fix: 'Name another channel.' };
  if (POSTS_BY_ITSELF.has(setting) && !seen.hasBot) {
    return { says: `The bot isn't in ${name}, where it is to post.`, fix: `/invite it in ${name}.` };
  }
  if (setting === 'DETAIL_CHANNELS' && seen.isShared) {
    return {
      says: `${name} is shared outside the organisation (Slack Connect), or people from outside are invited: its messages show no details.`,
      fix: 'Take it out of DETAIL_CHANNELS, or end the sharing in Slack.',
    };
  }
  return undefined;
}

const NOT_A_MEMBER = {
  guest: 'is a guest',
  stranger: 'is of another workspace',
  bot: 'is a bot',
  deactivated: 'is deactivated',
} as const;
