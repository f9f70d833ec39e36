import type { KnownBlock } from '@slack/types';
import type { Clock } from '../../src/clock.ts';
import type { Grid } from './grid.ts';
import { newId } from './ids.ts';
import type { StandInChannel, StandInMessage, StandInUser } from './stand-in.ts';

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
}

/** Who and what there is when the workspace starts. */
export interface WorkspaceContents {
  readonly users: readonly StandInUser[];
  readonly channels: readonly StandInChannel[];
  readonly userGroups: readonly UserGroup[];
  /** The organisation it belongs to, if any. */
  readonly grid?: Grid;
}

/** What a new message says; the rest is filled in. */
export interface NewMessage {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly threadTs?: string | undefined;
  readonly ephemeralTo?: string | undefined;
  readonly via: StandInMessage['via'];
}

/** People, channels, user groups and messages. */
export interface Workspace {
  users(): readonly StandInUser[];
  /** By either ID that a person has on Grid. */
  user(id: string): StandInUser | undefined;
  addUser(user: StandInUser): void;
  userGroup(id: string): UserGroup | undefined;
  userGroups(): readonly UserGroup[];
  addUserGroup(group: UserGroup): void;
  channels(): readonly StandInChannel[];
  channel(id: string): StandInChannel | undefined;
  /** Adds a channel, or replaces the one with its ID. */
  putChannel(channel: StandInChannel): void;
  /** The DM between two people, made when first asked for. */
  directMessage(user: string, bot: string): StandInChannel;
  /** A channel's messages, oldest first, deleted ones too; `as` limits them to what that person sees. */
  messages(channel: string, as?: string): readonly StandInMessage[];
  message(channel: string, ts: string): StandInMessage | undefined;
  post(message: NewMessage): StandInMessage;
  /** Edits the message with the same channel and ts. */
  replace(message: StandInMessage): void;
}

/** Slack's message ID: seconds and microseconds, each later than the last one. */
function timestamps(clock: Clock): () => string {
  let last = 0;
  return () => {
    last = Math.max(clock.now().getTime() * 1000, last + 1);
    const digits = String(last).padStart(16, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };
}

function sees(user: string, message: StandInMessage): boolean {
  return !message.deleted && (message.ephemeralTo === undefined || message.ephemeralTo === user);
}

export function createWorkspace(clock: Clock, contents: WorkspaceContents, changed: () => void): Workspace {
  const users = new Map(contents.users.map((user) => [user.id, user]));
  const channels = new Map(contents.channels.map((channel) => [channel.id, channel]));
  const twins = new Map(
    Object.entries(contents.grid?.people ?? {}).map(([id, { twinId }]) => [twinId ?? id, id]),
  );
  const groups = new Map(contents.userGroups.map((group) => [group.id, group]));
  const messages = new Map<string, StandInMessage[]>();
  const nextTimestamp = timestamps(clock);

  const messagesOf = (channel: string): StandInMessage[] => {
    const known = messages.get(channel) ?? [];
    messages.set(channel, known);
    return known;
  };

  return {
    users: () => [...users.values()],
    user: (id) => users.get(id) ?? users.get(twins.get(id) ?? ''),
    addUser: (user) => {
      users.set(user.id, user);
      changed();
    },
    userGroup: (id) => groups.get(id),
    userGroups: () => [...groups.values()],
    addUserGroup: (group) => {
      groups.set(group.id, group);
    },
    channels: () => [...channels.values()],
    channel: (id) => channels.get(id),
    putChannel: (channel) => {
      channels.set(channel.id, channel);
      changed();
    },
    directMessage: (user, bot) => {
      const known = [...channels.values()].find(
        (channel) => channel.kind === 'im' && channel.members.includes(user) && channel.members.includes(bot),
      );
      if (known !== undefined) return known;
      const made: StandInChannel = {
        id: newId('D'),
        name: 'directmessage',
        kind: 'im',
        members: [user, bot],
      };
      channels.set(made.id, made);
      changed();
      return made;
    },
    messages: (channel, as) => {
      const all = messagesOf(channel);
      if (as === undefined) return [...all];
      const where = channels.get(channel);
      const isConfined = /guest|stranger/.test(users.get(as)?.kind ?? '');
      // Members read public channels without joining; guests and strangers see only their own.
      if ((where?.kind !== 'public' || isConfined) && !where?.members.includes(as)) return [];
      return all.filter((message) => sees(as, message));
    },
    message: (channel, ts) => messagesOf(channel).find((message) => message.ts === ts),
    post: (message) => {
      const posted: StandInMessage = {
        channel: message.channel,
        ts: nextTimestamp(),
        threadTs: message.threadTs,
        user: message.user,
        text: message.text,
        blocks: message.blocks ?? [],
        edited: false,
        deleted: false,
        ephemeralTo: message.ephemeralTo,
        via: message.via,
      };
      messagesOf(message.channel).push(posted);
      changed();
      return posted;
    },
    replace: (message) => {
      const all = messagesOf(message.channel);
      const index = all.findIndex((known) => known.ts === message.ts);
      if (index >= 0) all[index] = message;
      changed();
    },
  };
}
