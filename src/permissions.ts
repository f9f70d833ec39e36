import type { Submitters } from './config/config.ts';

/** A person, as Slack names them in a payload. */
export interface Who {
  readonly userId: string;
  /** The workspace the person belongs to. */
  readonly teamId: string;
}

/** What the workspace's directory knows of a person. */
export interface Person {
  readonly teamId: string;
  readonly kind: 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';
}

/** The workspace's directory. Undefined: it couldn't be asked now. */
export interface Directory {
  readonly teamId: () => string;
  person(userId: string): Promise<Person | undefined>;
  groupMembers(groupId: string): Promise<readonly string[] | undefined>;
}

export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly why: Refusal }
  /** The directory couldn't be asked: nobody is let in on a guess. */
  | { readonly allowed: 'unknown' };

/** Why somebody may not, and whom they can ask (`CONTACT`; undefined: nobody is named). */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly contact: string | undefined;
}

/** Why somebody isn't told what they ask for. */
export type NotTold =
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' };

export type RefusalReason = 'guest' | 'other-workspace' | 'not-listed' | 'channel';

export type Permissions = ReturnType<typeof createPermissions>;

/**
 * Who may look up and submit what, where: full members of this workspace whom `SUBMITTERS` lists, in the
 * channels that `CHANNELS` lists. Asked at every door and again before sending.
 */
export function createPermissions(options: {
  readonly submitters: Submitters;
  readonly channels: readonly string[];
  readonly directory: Directory;
  /** A person, a user group or a channel, by Slack's ID. */
  readonly contact: string | undefined;
}) {
  const { submitters, channels, directory, contact } = options;

  const refused = (reason: RefusalReason): Permission => ({ allowed: false, why: { reason, contact } });

  const listed = async (userId: string): Promise<boolean | undefined> => {
    if (submitters.everyone || submitters.users.includes(userId)) return true;
    const groups = await Promise.all(submitters.groups.map((group) => directory.groupMembers(group)));
    if (groups.some((members) => members?.includes(userId))) return true;
    return groups.includes(undefined) ? undefined : false;
  };

  const isUsedIn = (channelId: string): boolean => channels.length === 0 || channels.includes(channelId);

  return {
    /** Whether the bot is used in this channel at all, whoever asks. */
    isUsedIn,

    /** `channelId` undefined: whether the person may in any channel at all, as on the home tab, which is in none. */
    async ask(who: Who, channelId: string | undefined): Promise<Permission> {
      if (who.teamId !== directory.teamId()) return refused('other-workspace');
      if (channelId !== undefined && !isUsedIn(channelId)) return refused('channel');
      const person = await directory.person(who.userId);
      if (person === undefined) return { allowed: 'unknown' };
      if (person.kind === 'stranger' || person.teamId !== who.teamId) {
        return refused('other-workspace');
      }
      if (person.kind !== 'member') return refused('guest');
      const isListed = await listed(who.userId);
      if (isListed === undefined) return { allowed: 'unknown' };
      return isListed ? { allowed: true } : refused('not-listed');
    },
  };
}
