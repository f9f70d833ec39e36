import { type Clock, LATE } from './clock.ts';
import type { Submitters } from './config/config.ts';

/** A person, as Slack names them in a payload. */
export interface Who {
  readonly userId: string;
  /**
   * Their workspace by the payload: in an organisation perhaps another one of it, though they are members of ours, or the
   * organisation itself. Empty: Slack doesn't say.
   */
  readonly teamId: string;
}

/** What the directory knows of a person. */
export interface Person {
  /** One for each person: in an organisation (Enterprise Grid) some have two, `U…` and `W…`, and come by either. */
  readonly id: string;
  /** The workspaces they belong to. */
  readonly teamIds: readonly string[];
  readonly kind: 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';
}

/**
 * The workspace's directory. Undefined: it couldn't be asked now. `begunAfter`, by the monotonic clock: only a reading
 * that began then or later counts, or another is begun.
 */
export interface Directory {
  /** Those whose people may use the bot. */
  readonly workspaces: () => readonly string[];
  /** That these belong to, if any. */
  readonly organisation: () => string | undefined;
  /** A person's one ID, by any that they have; for good. */
  idOf(userId: string): Promise<string | undefined>;
  person(userId: string, begunAfter?: number): Promise<Person | undefined>;
  groupMembers(groupId: string, begunAfter?: number): Promise<readonly string[] | undefined>;
}

/** Whether a person may, or what they get instead of what they asked for. */
export type Permission = { readonly type: 'allowed' } | NotAllowed;

export type NotAllowed =
  | { readonly type: 'not-permitted'; readonly why: Refusal }
  /** The directory couldn't be asked, or not in time: nobody is let in on a guess. */
  | { readonly type: 'permission-unknown' };

/** Why somebody may not, and whom they can ask (`CONTACT`; undefined: nobody is named). */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly contact: string | undefined;
}

export type RefusalReason = 'guest' | 'other-workspace' | 'not-listed' | 'channel';

/** The answer of a permission that was waited for, which isn't known where it came too late. */
export const knownInTime = (permission: Permission | typeof LATE): Permission =>
  permission === LATE ? { type: 'permission-unknown' } : permission;

/** Milliseconds: how old the answer may be on which something is sent to AWS. */
const ANEW_WITHIN_MS = 5000;

/**
 * The `begunAfter` for a request that is about to be sent: Slack has to be asked after the request came, and within the
 * last 5 s. When it came is known to the millisecond, and asking in that same one counts as after.
 */
export const askedAnew = (clock: Clock, { requestedAt }: { readonly requestedAt: Date }): number =>
  clock.monotonic() -
  Math.min(Math.max(0, clock.now().getTime() - requestedAt.getTime() + 1), ANEW_WITHIN_MS);

/**
 * Who may look up and submit, and where: full members of this workspace (or of one of those that are set) whom `SUBMITTERS`
 * lists, in the channels that `CHANNELS` lists. Asked by every listener, and again before sending.
 */
export function createPermissions(options: {
  readonly submitters: Submitters;
  readonly channels: readonly string[];
  readonly directory: Directory;
  /** A person, a user group or a channel, by Slack's ID. */
  readonly contact: string | undefined;
  /** Told of whoever may not, by the ID that records have them by. */
  readonly onRefused: (userId: string, why: Refusal) => void;
}) {
  const { submitters, channels, directory, contact, onRefused } = options;

  const refused = (reason: RefusalReason): Permission => ({
    type: 'not-permitted',
    why: { reason, contact },
  });

  const listed = async (person: Person, userId: string, begunAfter: number | undefined) => {
    const isThem = (id: string) => id === userId || id === person.id;
    if (submitters.everyone || submitters.users.some(isThem)) return true;
    const groups = await Promise.all(
      submitters.groups.map((group) => directory.groupMembers(group, begunAfter)),
    );
    const members = groups.flatMap((each) => each ?? []);
    if (members.some(isThem)) return true;
    // A list may have the one ID of a person where they came by the other (qontract-reconcile#5520).
    const twins = [...submitters.users, ...members].filter((id) => id.charAt(0) !== person.id.charAt(0));
    const known = await Promise.all(twins.map(directory.idOf));
    if (known.includes(person.id)) return true;
    return groups.includes(undefined) || known.includes(undefined) ? undefined : false;
  };

  const isUsedIn = (channelId: string): boolean => channels.length === 0 || channels.includes(channelId);

  const idOf = async (userId: string): Promise<string> => {
    const id = await directory.idOf(userId);
    if (id === undefined) throw new Error('Slack did not say who a person is');
    return id;
  };

  return {
    /** Whether the bot is used in this channel at all, whoever asks. */
    isUsedIn,

    /**
     * The ID by which records have a person.
     *
     * @throws Error where Slack doesn't say, in an organisation
     */
    idOf,

    /** A person as one, whatever ID they came by and whatever workspace of an organisation a payload names. */
    async asOne(who: Who): Promise<Who> {
      const teamId = directory.organisation();
      return teamId === undefined ? who : { userId: await idOf(who.userId), teamId };
    },

    /**
     * The form, if it was opened by this very person; undefined: it is another's, or not known.
     *
     * @throws Error where Slack doesn't say, in an organisation
     */
    async own<Form extends Pick<Who, 'userId'>>(
      form: Form | undefined,
      { userId }: Who,
    ): Promise<Form | undefined> {
      if (form === undefined || form.userId === userId) return form;
      return (await idOf(form.userId)) === (await idOf(userId)) ? form : undefined;
    },

    /**
     * Whether a person may, in this channel; undefined: in any at all, as on the home tab, which is in none. What Slack said
     * within the last minute counts; with `begunAfter` (milliseconds of the monotonic clock) only what it was asked then or
     * later. Whoever asks for the same at the same time shares one reading.
     */
    async ask(
      who: Who,
      channelId: string | undefined,
      { begunAfter }: { readonly begunAfter?: number } = {},
    ): Promise<Permission> {
      if (channelId !== undefined && !isUsedIn(channelId)) return refused('channel');
      const person = await directory.person(who.userId, begunAfter);
      if (person === undefined) return { type: 'permission-unknown' };
      const workspaces = directory.workspaces();
      const isOurs = person.teamIds.some((team) => workspaces.includes(team));
      // An ID is a person's within their workspace: this may be somebody else of the same one.
      const isTheirs =
        who.teamId === '' ||
        [...workspaces, ...person.teamIds, directory.organisation()].includes(who.teamId);
      const notThem = (reason: RefusalReason): Permission => {
        onRefused(person.id, { reason, contact });
        return refused(reason);
      };
      if (person.kind === 'stranger' || !isOurs || !isTheirs) return notThem('other-workspace');
      if (person.kind !== 'member') return notThem('guest');
      const isListed = await listed(person, who.userId, begunAfter);
      if (isListed === undefined) return { type: 'permission-unknown' };
      return isListed ? { type: 'allowed' } : notThem('not-listed');
    },
  };
}
