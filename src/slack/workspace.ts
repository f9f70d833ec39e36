import { type AuthTestResponse, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Trouble } from '../aws/errors.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import type { Person } from '../permissions.ts';
import { webApiFailure } from './refusals.ts';

/** The app, and the workspace or the organisation that the bot's token is of. */
export interface Installation {
  /** Undefined: Slack didn't say. */
  readonly appId: string | undefined;
  /** The workspaces (T…) whose people may use the bot, one at least. */
  readonly workspaces: readonly string[];
  /** The organisation (E…) that they belong to; undefined: a workspace of its own. */
  readonly organisation: string | undefined;
  /** The token is the organisation's, and of no workspace: what is a workspace's own is asked for with its `team_id`. */
  readonly isOrgWide: boolean;
}

/** Whose the database is: the workspace's; where several workspaces are set, their organisation's. */
export const ownerOf = ({ workspaces, organisation }: Omit<Installation, 'appId'>): string =>
  (workspaces.length > 1 ? organisation : workspaces[0]) ?? '';

const ID = 'a workspace has its ID (T…) in the address of Slack in a browser: app.slack.com/client/T…';

/**
 * What the answer of `auth.test` and `SLACK_WORKSPACES` (`set`) say together. A token of one workspace serves that one; one
 * of a whole organisation those that are set, and none unless some are.
 */
export function readInstallation(
  { team_id, enterprise_id, is_enterprise_install: isOrgWide = false }: AuthTestResponse,
  set: readonly string[],
):
  | { readonly ok: true; readonly value: Omit<Installation, 'appId'> }
  | { readonly ok: false; readonly trouble: Trouble } {
  if (isOrgWide) {
    if (set.length > 0)
      return { ok: true, value: { workspaces: set, organisation: enterprise_id, isOrgWide } };
    return {
      ok: false,
      trouble: {
        says: `The app is installed for the whole organisation ${enterprise_id ?? ''}, and SLACK_WORKSPACES doesn't say whose people may use it.`,
        fix: `Name the workspaces there; ${ID}.`,
      },
    };
  }
  const own = team_id ?? '';
  if (set.some((workspace) => workspace !== own)) {
    return {
      ok: false,
      trouble: {
        says: `SLACK_BOT_TOKEN is of the workspace ${own}, and SLACK_WORKSPACES names others.`,
        fix: 'Leave SLACK_WORKSPACES out, or install the app for the organisation (manifest.organisation.yml).',
      },
    };
  }
  return { ok: true, value: { workspaces: [own], organisation: enterprise_id, isOrgWide } };
}

const addressed = z.object({
  api_app_id: z.string().optional(),
  /** In events: the installations that see it. */
  authorizations: z
    .array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() }))
    .optional(),
});

/** Whether a request is for another app, or another installation of this one. What it doesn't say counts as ours. */
export function isForOthers(
  body: unknown,
  { appId, workspaces, organisation, isOrgWide }: Installation,
): boolean {
  const read = addressed.safeParse(body);
  if (!read.success) return false;
  const { api_app_id, authorizations = [] } = read.data;
  if (appId !== undefined && api_app_id !== undefined && api_app_id !== appId) return true;
  // Of an installation for an organisation Slack names no workspace (observed: slackapi/bolt-js#1720).
  const isOurs = ({ team_id, enterprise_id }: (typeof authorizations)[number]) =>
    team_id == null
      ? enterprise_id == null || enterprise_id === organisation
      : workspaces.includes(team_id) || (isOrgWide && enterprise_id === organisation);
  return authorizations.length > 0 && !authorizations.some(isOurs);
}

/** Why `auth.test` with the bot's token failed. */
export function botTokenTrouble(error: unknown): Trouble {
  if (error instanceof WebAPIPlatformError) {
    return {
      says: `Slack does not accept SLACK_BOT_TOKEN (${error.data.error}).`,
      fix: 'Copy the Bot User OAuth Token (xoxb-…) from api.slack.com/apps → your app → OAuth & Permissions; after a change of scopes, reinstall the app first.',
    };
  }
  return {
    says: `Slack could not be reached to check SLACK_BOT_TOKEN: ${textOf(error)}.`,
    fix: 'Check the network: the bot needs HTTPS (port 443) to slack.com and its subdomains.',
  };
}

/** Why `apps.connections.open` with the app token failed. */
export function appTokenTrouble(error: unknown): Trouble {
  if (error instanceof WebAPIPlatformError) {
    return {
      says: `Slack does not accept SLACK_APP_TOKEN (${error.data.error}).`,
      fix: 'Make an app-level token (xapp-…) with the scope connections:write at api.slack.com/apps → your app → Basic Information, and switch Socket Mode on.',
    };
  }
  return { says: `The socket to Slack could not be opened: ${textOf(error)}.` };
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error');

/** Milliseconds for which an answer counts: mostly long enough from a look to the Submit that follows. */
const FRESH_MS = 60_000;
/** Entries kept of each kind; those not asked for the longest go first. */
const KEPT = 2000;

/** Members of a channel on one page, and how many pages are read at the most. */
const MEMBERS_A_PAGE = 1000;
const PAGES = 10;

/** A question to the directory, under way or answered. */
interface Reading<T> {
  /** By the monotonic clock: what changed later may be missing in it. */
  readonly began: number;
  readonly answer: Promise<T | undefined>;
}

/**
 * The workspace's directory over `users.info` and `usergroups.users.list` (scopes `users:read`, `usergroups:read`). A
 * failure is "can't say", never "yes", and isn't kept. Whoever asks the same while an answer is under way shares it: Slack
 * takes 20 a minute of `usergroups.users.list`, and as many people may press at once.
 */
export function createDirectory({
  slack,
  clock,
  log,
}: {
  readonly slack: {
    readonly fast: WebClient;
    readonly posting: WebClient;
    /** Known once the bot's token has been checked. */
    readonly identity: () => Installation;
  };
  readonly clock: Clock;
  readonly log: Logger;
}) {
  /** A person's one ID, by each that they have; it stays theirs for good. */
  const ids = new LRUCache<string, string>({ max: KEPT });

  const remembering = <T extends object>(name: string, read: (id: string) => Promise<T>) => {
    const readings = new LRUCache<string, Reading<T>>({
      max: KEPT,
      ttl: FRESH_MS,
      ttlResolution: 0,
      perf: { now: () => clock.monotonic() },
    });
    return (id: string, begunAfter = Number.NEGATIVE_INFINITY): Promise<T | undefined> => {
      const known = readings.get(id);
      if (known !== undefined && known.began >= begunAfter) return known.answer;
      const reading: Reading<T> = {
        began: clock.monotonic(),
        answer: read(id).catch((error: unknown) => {
          log.warn({ error }, `${name} could not be asked`);
          if (readings.peek(id) === reading) readings.delete(id);
          return undefined;
        }),
      };
      readings.set(id, reading);
      return reading.answer;
    };
  };

  const person = remembering('users.info', async (user): Promise<Person> => {
    try {
      const found = (await slack.fast.users.info({ user })).user ?? {};
      const { enterprise_user: inOrganisation, team_id } = found;
      const id = inOrganisation?.id ?? found.id ?? user;
      for (const each of [user, found.id ?? user, id]) ids.set(each, id);
      // `team_id` may be another one, or missing: looker/lookerbot#184, slack-morphism-rust#215.
      const teamIds = [...(inOrganisation?.teams ?? []), ...(team_id === undefined ? [] : [team_id])];
      return { id, teamIds, kind: kindOf(found) };
    } catch (error) {
      if (isNobodyHere(error)) return { id: user, teamIds: [], kind: 'stranger' };
      throw error;
    }
  });

  /** Undefined: there is no such group in that workspace. */
  const membersIn = async (usergroup: string, team_id?: string): Promise<readonly string[] | undefined> => {
    try {
      return (
        (await slack.fast.usergroups.users.list({ usergroup, ...(team_id === undefined ? {} : { team_id }) }))
          .users ?? []
      );
    } catch (error) {
      if (error instanceof WebAPIPlatformError && error.data.error === 'no_such_subteam') return undefined;
      throw error;
    }
  };

  return {
    workspaces: () => slack.identity().workspaces,
    organisation: () => slack.identity().organisation,
    person,
    async idOf(userId: string): Promise<string | undefined> {
      if (slack.identity().organisation === undefined) return userId;
      return ids.get(userId) ?? (await person(userId))?.id;
    },
    groupMembers: remembering('usergroups.users.list', async (usergroup) => {
      const { isOrgWide, workspaces } = slack.identity();
      for (const workspace of isOrgWide ? workspaces : [undefined]) {
        const members = await membersIn(usergroup, workspace);
        if (members !== undefined) return members;
      }
      log.error({ usergroup }, 'SUBMITTERS names a user group that Slack does not know');
      return [];
    }),

    /** Whether the person is in the channel. Where Slack doesn't say, they count as being there. */
    async isMember(channel: string, user: string): Promise<boolean> {
      let cursor: string | undefined;
      try {
        for (let page = 0; page < PAGES; page += 1) {
          const { members, response_metadata } = await slack.posting.conversations.members({
            channel,
            limit: MEMBERS_A_PAGE,
            ...(cursor === undefined ? {} : { cursor }),
          });
          if (members?.some((member) => member === user || ids.get(member) === user)) return true;
          cursor = response_metadata?.next_cursor;
          if (cursor === undefined || cursor === '') return false;
        }
      } catch (error) {
        if (webApiFailure(error) === undefined) throw error;
      }
      return true;
    },

    /** Whether nobody outside the organisation reads along in the channel: asked each time, and never guessed. */
    async isInside(channel: string): Promise<boolean> {
      try {
        return !isSharedOutside((await slack.posting.conversations.info({ channel })).channel);
      } catch (error) {
        log.warn({ error }, 'Slack did not say whether a channel is shared outside: it gets no details');
        return false;
      }
    },
  };
}

/** Slack knows nobody by that ID whom this workspace may see. */
const isNobodyHere = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && ['user_not_found', 'user_not_visible'].includes(error.data.error);

export function kindOf(user: {
  deleted?: boolean;
  is_bot?: boolean;
  is_stranger?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
}): Person['kind'] {
  if (user.deleted === true) return 'deactivated';
  if (user.is_bot === true) return 'bot';
  if (user.is_stranger === true) return 'stranger';
  if (user.is_restricted === true || user.is_ultra_restricted === true) return 'guest';
  return 'member';
}

/**
 * Slack Connect: people of other organisations are in the channel, or are invited. A channel that Slack doesn't show counts
 * as shared. https://docs.slack.dev/reference/objects/conversation-object
 */
export const isSharedOutside = (
  channel:
    | {
        readonly is_ext_shared?: boolean;
        readonly is_pending_ext_shared?: boolean;
        readonly pending_shared?: string[];
      }
    | undefined,
): boolean =>
  channel === undefined ||
  channel.is_ext_shared === true ||
  channel.is_pending_ext_shared === true ||
  (channel.pending_shared ?? []).length > 0;
