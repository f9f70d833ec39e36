import { stringOf } from '../../json.ts';
import { isTooLong, readContent } from '../message-content.ts';
import { messageJson } from '../slack-json.ts';
import type { StandInMessage } from '../stand-in.ts';
import type { SlackState } from '../state.ts';
import { type Answer, type Method, missing, refuse } from './answer.ts';
import { findChannel, isMember, postingProblem, threadToReplyIn } from './channels.ts';

/** https://docs.slack.dev/reference/methods/chat.postMessage */
const postMessage: Method = (args, state) => {
  const channelId = stringOf(args.channel);
  if (channelId === undefined) return missing('channel');
  const channel = findChannel(channelId, state);
  if (channel === undefined) return refuse('channel_not_found');
  const problem = postingProblem(channel, state);
  if (problem !== undefined) return refuse(problem);
  const content = readContent(args);
  if (!content.ok) return refuse(content.error, content.messages);
  if (isTooLong(content.value.blocks)) return refuse('msg_blocks_too_long');
  const message = state.workspace.post({
    channel: channel.id,
    user: state.installation.botUserId,
    ...content.value,
    threadTs: threadToReplyIn(channel.id, stringOf(args.thread_ts), state),
    via: 'api',
  });
  return { ok: true, channel: channel.id, ts: message.ts, message: messageJson(message, state) };
};

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
const postEphemeral: Method = (args, state) => {
  const channelId = stringOf(args.channel);
  const user = stringOf(args.user);
  if (channelId === undefined) return missing('channel');
  if (user === undefined) return missing('user');
  // On Grid, either ID of theirs.
  const { id } = state.workspace.user(user) ?? { id: user };
  const channel = findChannel(channelId, state);
  if (channel === undefined) return refuse('channel_not_found');
  const problem = postingProblem(channel, state);
  if (problem !== undefined) return refuse(problem);
  if (!channel.members.includes(id)) return refuse('user_not_in_channel');
  const content = readContent(args);
  if (!content.ok) return refuse(content.error, content.messages);
  if (isTooLong(content.value.blocks)) return refuse('msg_blocks_too_long');
  const message = state.workspace.post({
    channel: channel.id,
    user: state.installation.botUserId,
    ...content.value,
    threadTs: stringOf(args.thread_ts),
    ephemeralTo: id,
    via: 'api',
  });
  return { ok: true, message_ts: message.ts };
};

/** Bytes in UTF-8, beside blocks too: observed (1,993 characters in 4,121 bytes were refused, 2,035 in 3,971 taken). */
const LONGEST_UPDATED_TEXT = 4000;

/** The app's own message, where it may still be changed. */
function ownMessage(
  args: Readonly<Record<string, unknown>>,
  refusal: 'cant_update_message' | 'cant_delete_message',
  state: SlackState,
): { readonly message: StandInMessage } | { readonly refused: Answer } {
  const channelId = stringOf(args.channel);
  const ts = stringOf(args.ts);
  if (channelId === undefined) return { refused: missing('channel') };
  if (ts === undefined) return { refused: missing('ts') };
  // Unlike chat.postMessage, a user's ID doesn't stand for the DM with them.
  const channel = state.workspace.channel(channelId);
  if (channel === undefined || (channel.kind !== 'public' && !isMember(channel, state)))
    return { refused: refuse('channel_not_found') };
  if (channel.archived) return { refused: refuse('is_inactive') };
  const message = state.workspace.message(channelId, ts);
  if (message === undefined || message.deleted || message.ephemeralTo !== undefined)
    return { refused: refuse('message_not_found') };
  if (message.user !== state.installation.botUserId) return { refused: refuse(refusal) };
  return { message };
}

/**
 * A text without blocks takes the blocks away. `edited` is kept even where only blocks change (Slack shows the
 * mark for text alone).
 * https://docs.slack.dev/reference/methods/chat.update
 */
const update: Method = (args, state) => {
  const found = ownMessage(args, 'cant_update_message', state);
  if ('refused' in found) return found.refused;
  const content = readContent(args);
  if (!content.ok) return refuse(content.error, content.messages);
  if (Buffer.byteLength(content.value.text) > LONGEST_UPDATED_TEXT) return refuse('msg_too_long');
  if (isTooLong(content.value.blocks)) return refuse('msg_blocks_too_long');
  const message = { ...found.message, ...content.value, edited: true };
  state.workspace.replace(message);
  return {
    ok: true,
    channel: message.channel,
    ts: message.ts,
    text: message.text,
    message: messageJson(message, state),
  };
};

/** https://docs.slack.dev/reference/methods/chat.delete */
const remove: Method = (args, state) => {
  const found = ownMessage(args, 'cant_delete_message', state);
  if ('refused' in found) return found.refused;
  state.workspace.replace({ ...found.message, deleted: true });
  return { ok: true, channel: found.message.channel, ts: found.message.ts };
};

/** https://docs.slack.dev/reference/methods/chat.getPermalink */
const getPermalink: Method = (args, state) => {
  const channelId = stringOf(args.channel);
  const ts = stringOf(args.message_ts);
  if (channelId === undefined) return missing('channel');
  if (ts === undefined) return missing('message_ts');
  const channel = state.workspace.channel(channelId);
  if (channel === undefined || (channel.kind !== 'public' && !isMember(channel, state)))
    return refuse('channel_not_found');
  const message = state.workspace.message(channelId, ts);
  if (message === undefined || message.deleted || message.ephemeralTo !== undefined)
    return refuse('message_not_found');
  const address = `https://${state.installation.team.domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  const query = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channelId}`;
  return { ok: true, channel: channelId, permalink: `${address}${query}` };
};

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
