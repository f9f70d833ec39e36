import type { StandInChannel } from '../stand-in.ts';
import type { SlackState } from '../state.ts';

/** Whether the bot is in a channel. */
export function isMember(channel: StandInChannel, { installation }: SlackState): boolean {
  return channel.members.includes(installation.botUserId);
}

/** The channel the bot can know by this ID; a person's ID stands for the DM with them. */
export function findChannel(id: string, state: SlackState): StandInChannel | undefined {
  const person = state.workspace.user(id);
  if (person !== undefined)
    return person.kind === 'bot' || person.kind === 'deactivated'
      ? undefined
      : state.workspace.directMessage(person.id, state.installation.botUserId);
  const channel = state.workspace.channel(id);
  if (channel === undefined) return undefined;
  // Slack doesn't admit that a private channel or somebody else's DM exists.
  return channel.kind === 'public' || isMember(channel, state) ? channel : undefined;
}

/**
 * The thread in which a reply with this `thread_ts` is posted; undefined: the channel itself. Where the parent was deleted,
 * or never was, Slack posts at the top of the channel with `ok: true`. Observed (https://github.com/slack-go/slack/issues/1571
 * and four other bots): only the answer's `message`, which has no `thread_ts`, says so.
 */
export function threadToReplyIn(
  channelId: string,
  threadTs: string | undefined,
  { workspace }: SlackState,
): string | undefined {
  const parent = threadTs === undefined ? undefined : workspace.message(channelId, threadTs);
  return parent === undefined || parent.deleted || parent.ephemeralTo !== undefined ? undefined : threadTs;
}

/** Why the bot can't post in a channel, by Slack's name. */
export function postingProblem(
  channel: StandInChannel,
  state: SlackState,
): 'not_in_channel' | 'is_archived' | 'restricted_action' | undefined {
  if (channel.archived) return 'is_archived';
  if (channel.restricted) return 'restricted_action';
  if (isMember(channel, state) || state.scopes.has('chat:write.public')) return undefined;
  return 'not_in_channel';
}
