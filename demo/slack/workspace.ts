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

export type Workspace = ReturnType<typeof createWorkspace>;

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

/** People, channels, user groups and messages. */
export function createWorkspace(clock: Clock, contents: WorkspaceContents, changed: () => void) {
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
    users: (): readonly StandInUser[] => [...users.values()],
    /** By either ID that a person has on Grid. */
    user: (id: string): StandInUser | undefined => users.get(id) ?? users.get(twins.get(id) ?? ''),
    addUser: (user: StandInUser): void => {
      users.set(user.id, user);
      changed();
    },
    userGroup: (id: string): UserGroup | undefined => groups.get(id),
    userGroups: (): readonly UserGroup[] => [...groups.values()],
    addUserGroup: (group: UserGroup): void => {
      groups.set(group.id, group);
    },
    channels: (): readonly StandInChannel[] => [...channels.values()],
    channel: (id: string): StandInChannel | undefined => channels.get(id),
    /** Adds a channel, or replaces the one with its ID. */
    putChannel: (channel: StandInChannel): void => {
      channels.set(channel.id, channel);
      changed();
    },
    /** The DM between two people, made when first asked for. */
    directMessage: (user: string, bot: string): StandInChannel => {
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
    /** A channel's messages, oldest first, deleted ones too; `as` limits them to what that person sees. */
    messages: (channel: string, as?: string): readonly StandInMessage[] => {
      const all = messagesOf(channel);
      if (as === undefined) return [...all];
      const where = channels.get(channel);
      const isConfined = /guest|stranger/.test(users.get(as)?.kind ?? '');
      // Members read public channels without joining; guests and strangers see only their own.
      if ((where?.kind !== 'public' || isConfined) && !where?.members.includes(as)) return [];
      return all.filter((message) => sees(as, message));
    },
    message: (channel: string, ts: string): StandInMessage | undefined =>
      messagesOf(channel).find((message) => message.ts === ts),
    post: (message: NewMessage): StandInMessage => {
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
    /** Edits the message with the same channel and ts. */
    replace: (message: StandInMessage): void => {
      const all = messagesOf(message.channel);
      const index = all.findIndex((known) => known.ts === message.ts);
      if (index >= 0) all[index] = message;
      changed();
    },
  };
}
