import { type Clock, LATE } from './clock.ts';
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

/**
 * The workspace's directory. Undefined: it couldn't be asked now. `begunAfter`, by the monotonic clock: only a reading
 * that began then or later counts, or another is begun.
 */
export interface Directory {
  readonly teamId: () => string;
  person(userId: string, begunAfter?: number): Promise<Person | undefined>;
  groupMembers(groupId: string, begunAfter?: number): Promise<readonly string[] | undefined>;
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

export type RefusalReason = 'guest' | 'other-workspace' | 'not-listed' | 'channel';

/** What a person gets instead of what they asked for. */
export type NotAllowed =
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  | { readonly type: 'permission-unknown' };

/** What a person gets instead, who may not or of whom it isn't known in time; undefined: they may. */
export function notAllowed(permission: Permission | typeof LATE): NotAllowed | undefined {
  if (permission === LATE || permission.allowed === 'unknown') return { type: 'permission-unknown' };
  return permission.allowed ? undefined : { type: 'not-permitted', why: permission.why };
}

/** Whether a form is known, and was opened by this very person. */
export const isOwn = <Form extends Who>(form: Form | undefined, who: Who): form is Form =>
  form?.userId === who.userId && form.teamId === who.teamId;

/** Milliseconds: how old the answer may be on which something is sent to AWS. */
const ANEW_WITHIN_MS = 5000;

/** For `begunAfter`, where a person's request is about to be sent: begun after it was made, and lately. */
export const askedAnew = (clock: Clock, { requestedAt }: { readonly requestedAt: Date }): number =>
  clock.monotonic() - Math.min(Math.max(0, clock.now().getTime() - requestedAt.getTime()), ANEW_WITHIN_MS);

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

  const listed = async (userId: string, begunAfter: number | undefined): Promise<boolean | undefined> => {
    if (submitters.everyone || submitters.users.includes(userId)) return true;
    const groups = await Promise.all(
      submitters.groups.map((group) => directory.groupMembers(group, begunAfter)),
    );
    if (groups.some((members) => members?.includes(userId))) return true;
    return groups.includes(undefined) ? undefined : false;
  };

  const isUsedIn = (channelId: string): boolean => channels.length === 0 || channels.includes(channelId);

  return {
    /** Whether the bot is used in this channel at all, whoever asks. */
    isUsedIn,

    /**
     * `channelId` undefined: whether the person may in any channel at all, as on the home tab, which is in none. What
     * Slack said within the last minute counts; with `begunAfter` (milliseconds of the monotonic clock) only what it was
     * asked then or later, in one reading for all who ask alike.
     */
    async ask(
      who: Who,
      channelId: string | undefined,
      { begunAfter }: { readonly begunAfter?: number } = {},
    ): Promise<Permission> {
      if (who.teamId !== directory.teamId()) return refused('other-workspace');
      if (channelId !== undefined && !isUsedIn(channelId)) return refused('channel');
      const person = await directory.person(who.userId, begunAfter);
      if (person === undefined) return { allowed: 'unknown' };
      if (person.kind === 'stranger' || person.teamId !== who.teamId) {
        return refused('other-workspace');
      }
      if (person.kind !== 'member') return refused('guest');
      const isListed = await listed(who.userId, begunAfter);
      if (isListed === undefined) return { allowed: 'unknown' };
      return isListed ? { allowed: true } : refused('not-listed');
    },
  };
}
