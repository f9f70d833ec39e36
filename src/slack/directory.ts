import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import type { Person } from '../permissions.ts';
import type { Installation } from './installation.ts';
import { webApiFailure } from './refusals.ts';

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
