import type { WebClient } from '@slack/web-api';
import type { Trouble } from '../../aws/access.ts';
import type { ConfigParts } from '../../config/config.ts';
import { type Environment, idsIn, type SettingOfIds } from '../../config/settings.ts';
import { slackClient } from '../slack-client.ts';
import { lookUp, nameOf, type Seen } from '../slack-names.ts';
import { type Check, type Finding, failed, notChecked, ok } from './finding.ts';

/** Slack takes 50 questions about channels a minute, and the bot may be running beside this. */
const LOOKED_AT = 20;

/** Whom and what the settings name, by Slack's names, and what of it the bot can't use. */
export function nameChecks(
  environment: Environment,
  { slackApi, botToken, workspaces = [] }: ConfigParts,
): readonly Check[] {
  // What is wrong with either is said by the check of the token.
  if (slackApi === undefined || botToken === undefined) return [];
  const client = slackClient(botToken, slackApi);
  return idsIn(environment).map(({ setting, ids }) => ({
    section: 'Slack',
    name: setting,
    run: () =>
      namesFindings(client, setting, ids, workspaces).catch(() => [
        notChecked(setting, 'Slack could not be asked for the names now'),
      ]),
  }));
}

/** Whom or what these IDs of a setting name. @throws what the client throws where Slack couldn't be asked */
export async function namesFindings(
  client: WebClient,
  setting: SettingOfIds,
  ids: readonly string[],
  workspaces: readonly string[],
): Promise<readonly Finding[]> {
  const looks = await lookUp(client, ids.slice(0, LOOKED_AT), workspaces);
  const findings = looks.map(({ id, seen }) => lookFinding(setting, id, seen));
  const names = findings.flatMap((finding) => (finding.outcome === 'ok' ? [finding.says] : []));
  return [
    ...(names.length === 0 ? [] : [ok(setting, names.join(', '))]),
    ...findings.filter(({ outcome }) => outcome !== 'ok'),
    ...(ids.length > LOOKED_AT ? [notChecked(setting, `${ids.length - LOOKED_AT} more`)] : []),
  ];
}

function lookFinding(setting: SettingOfIds, id: string, seen: Seen | undefined): Finding {
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

function troubleWith(setting: SettingOfIds, seen: Seen): Trouble | undefined {
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
