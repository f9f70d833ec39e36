import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import type { ConfigParts } from '../config/config.ts';
import { createLog } from '../observability/log.ts';
import type { Person } from '../permissions.ts';
import { isSharedOutside, kindOf } from '../slack/directory.ts';
import { botTokenTrouble, readInstallation } from '../slack/installation.ts';
import { boltLogger } from '../slack/receivers.ts';

/** For an operator's command: a call is made once and takes 5 s at most; the caller says what went wrong, so it logs nothing. */
export const slackClient = (token: string, slackApi: ConfigParts['slackApi']): WebClient =>
  new WebClient(token, {
    ...(slackApi?.url === undefined ? {} : { slackApiUrl: slackApi.url }),
    logger: boltLogger(createLog('silent')),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5000,
  });

/**
 * Where the bot's token is installed, or why nobody can tell.
 *
 * @param workspaces SLACK_WORKSPACES
 */
export const askInstallation = (
  client: WebClient,
  workspaces: readonly string[],
): Promise<ReturnType<typeof readInstallation>> =>
  client.auth.test().then(
    (answer) => readInstallation(answer, workspaces),
    (error) => ({ ok: false, trouble: botTokenTrouble(error) }),
  );

/** A person, a user group or a channel, as Slack shows it to the bot. */
export type SlackEntity =
  | { readonly type: 'person'; readonly id: string; readonly name: string; readonly kind: Person['kind'] }
  | { readonly type: 'group'; readonly id: string; readonly name: string; readonly people: number }
  | {
      readonly type: 'channel';
      readonly id: string;
      readonly name: string;
      readonly isArchived: boolean;
      /** People of other organisations read it, or may soon (Slack Connect). */
      readonly isShared: boolean;
      readonly hasBot: boolean;
    };

/** Entries a page of Slack's lists; Slack advises no more than 200, and takes up to 999. */
const PAGE = 500;

/** What people call it; with a person's ID, since two may have one name. */
export function nameOf(seen: SlackEntity): string {
  if (seen.type === 'channel') return `#${seen.name}`;
  if (seen.type === 'person') return `${seen.name} (${seen.id})`;
  return `@${seen.name} (${seen.people === 1 ? '1 person' : `${seen.people} people`})`;
}

/**
 * What IDs stand for; undefined: Slack shows the bot nothing by it, as with a private channel that it isn't in.
 *
 * @param workspaces SLACK_WORKSPACES; empty: the token's own
 * @throws what the client throws where Slack couldn't be asked
 */
export async function lookUp(
  client: WebClient,
  ids: readonly string[],
  workspaces: readonly string[],
): Promise<readonly { readonly id: string; readonly seen: SlackEntity | undefined }[]> {
  // Slack answers `usergroups.list` 20 times a minute, so it is asked once for all.
  const known = ids.some((id) => id.startsWith('S')) ? await groups(client, workspaces) : [];
  const homes = ids.some((id) => /^[UW]/.test(id)) ? await homesOf(client, workspaces) : [];
  const look = async (id: string): Promise<SlackEntity | undefined> => {
    if (id.startsWith('S')) return known.find((group) => group.id === id);
    try {
      if (/^[UW]/.test(id)) return personOf((await client.users.info({ user: id })).user, homes);
      return channelOf((await client.conversations.info({ channel: id })).channel);
    } catch (error) {
      if (error instanceof WebAPIPlatformError && /_not_(found|visible)$/.test(error.data.error))
        return undefined;
      throw error;
    }
  };
  return Promise.all(ids.map(async (id) => ({ id, seen: await look(id) })));
}

/**
 * The IDs of what a person named, by names or IDs with commas between them.
 *
 * @param sign what a name without one is taken to have: `#` where channels are asked for
 * @param workspaces SLACK_WORKSPACES; empty: the token's own
 */
export async function idsFor(
  client: WebClient,
  typed: string,
  workspaces: readonly string[],
  sign: '#' | '',
): Promise<{ readonly value: string } | { readonly problems: readonly string[] }> {
  const names = typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const ids: string[] = [];
  const problems: string[] = [];
  for (const name of names) {
    if (name === '*' || /^[A-Z][A-Z0-9]{7,}$/.test(name)) {
      ids.push(name);
      continue;
    }
    const asked = /^[#@]/.test(name) ? name : `${sign}${name}`;
    try {
      const found = await findByName(client, asked, workspaces);
      const [one, ...others] = found;
      if (one === undefined)
        problems.push(`Nobody and nothing is called ${asked}.${asked.startsWith('#') ? PRIVATE : ''}`);
      else if (others.length > 0)
        problems.push(`Several are called ${asked}: ${found.map(nameOf).join(', ')}. Type the ID.`);
      else ids.push(one.id);
    } catch {
      problems.push(`Slack could not be asked for ${asked} now: try again, or type the ID.`);
    }
  }
  return problems.length > 0 ? { problems } : { value: ids.join(',') };
}

const PRIVATE = ' A private channel is seen once the bot is in it (/invite), or by its ID.';

/**
 * All that go by this name: channels for `#deals`; else the people and user groups, with or without an `@`, by the name
 * Slack mentions them by or by their full name. Of private channels those that the bot is in.
 *
 * @param workspaces SLACK_WORKSPACES; empty: the token's own
 * @throws what the client throws where Slack couldn't be asked
 */
async function findByName(
  client: WebClient,
  name: string,
  workspaces: readonly string[],
): Promise<readonly SlackEntity[]> {
  const wanted = name.replace(/^[#@]/, '').trim().toLowerCase();
  const isCalled = (...names: readonly (string | undefined)[]) =>
    names.some((each) => each?.toLowerCase() === wanted);
  const found: SlackEntity[] = [];
  if (name.startsWith('#')) {
    const options = { types: 'public_channel,private_channel', exclude_archived: true };
    const lists = pages(workspaces, (page) => client.conversations.list({ ...options, ...page }));
    for await (const { channels = [] } of lists)
      found.push(...channels.filter((each) => isCalled(each.name)).flatMap((each) => channelOf(each) ?? []));
  } else {
    found.push(...(await groups(client, workspaces)).filter((group) => isCalled(group.name)));
    const homes = await homesOf(client, workspaces);
    for await (const { members = [] } of pages(workspaces, (page) => client.users.list(page)))
      for (const member of members) {
        const person = personOf(member, homes);
        const isTheirs = isCalled(member.name, member.real_name, member.profile?.display_name);
        if (person?.kind === 'member' && isTheirs) found.push(person);
      }
  }
  // Several workspaces of an organisation list the same people and channels.
  return [...new Map(found.map((each) => [each.id, each])).values()];
}

/** Slack's lists, once for each workspace: a token of an organisation has to name it. */
const teams = (workspaces: readonly string[]): readonly { readonly team_id?: string }[] =>
  workspaces.length === 0 ? [{}] : workspaces.map((team_id) => ({ team_id }));

/** The workspaces whose people may use the bot. */
async function homesOf(client: WebClient, workspaces: readonly string[]): Promise<readonly string[]> {
  if (workspaces.length > 0) return workspaces;
  const { team_id } = await client.auth.test();
  return team_id === undefined ? [] : [team_id];
}

/** Every page of a list, of every workspace. */
async function* pages<Page extends { response_metadata?: { next_cursor?: string } }>(
  workspaces: readonly string[],
  read: (page: {
    readonly limit: number;
    readonly cursor: string;
    readonly team_id?: string;
  }) => Promise<Page>,
): AsyncIterable<Page> {
  for (const team of teams(workspaces)) {
    let cursor = '';
    do {
      const page = await read({ limit: PAGE, cursor, ...team });
      yield page;
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
  }
}

async function groups(
  client: WebClient,
  workspaces: readonly string[],
): Promise<readonly Extract<SlackEntity, { type: 'group' }>[]> {
  const lists = await Promise.all(
    teams(workspaces).map((team) => client.usergroups.list({ include_count: true, ...team })),
  );
  return lists
    .flatMap(({ usergroups = [] }) => usergroups)
    .flatMap(({ id, handle, user_count }) =>
      id === undefined ? [] : [{ type: 'group', id, name: handle ?? id, people: user_count ?? 0 }],
    );
}

interface SlackUser {
  readonly id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly team_id?: string;
  readonly enterprise_user?: { readonly teams?: readonly string[] };
}

function personOf(
  user: (SlackUser & Parameters<typeof kindOf>[0]) | undefined,
  homes: readonly string[],
): Extract<SlackEntity, { type: 'person' }> | undefined {
  if (user?.id === undefined) return undefined;
  const isOfHere = [user.team_id ?? '', ...(user.enterprise_user?.teams ?? [])].some((id) =>
    homes.includes(id),
  );
  return {
    type: 'person',
    id: user.id,
    name: user.real_name ?? user.name ?? user.id,
    kind: isOfHere ? kindOf(user) : 'stranger',
  };
}

function channelOf(
  channel:
    | { id?: string; name?: string; is_archived?: boolean; is_ext_shared?: boolean; is_member?: boolean }
    | undefined,
): SlackEntity | undefined {
  if (channel?.id === undefined) return undefined;
  return {
    type: 'channel',
    id: channel.id,
    name: channel.name ?? channel.id,
    isArchived: channel.is_archived === true,
    isShared: isSharedOutside(channel),
    hasBot: channel.is_member === true,
  };
}
