import { isTrue, type JsonObject, stringOf } from '../json.ts';
import { readContent } from './message-content.ts';
import type { ResponseTarget } from './response-urls.ts';
import type { SlackState } from './state.ts';
import { threadToReplyIn } from './web-api/channels.ts';

export type Responded =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 400 | 404; readonly error: string };

function remove(target: ResponseTarget, state: SlackState): Responded {
  const original = state.workspace.message(target.channel, target.messageTs ?? '');
  if (original === undefined || original.deleted)
    return { ok: false, status: 404, error: 'message_not_found' };
  state.workspace.replace({ ...original, deleted: true });
  return { ok: true };
}

/**
 * Posts, replaces or deletes a message as a response_url does, in channels the bot isn't in too: only the
 * person who acted sees it unless it says `in_channel`.
 * https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
 *
 * Observed: it knows no thread by itself (https://github.com/slackapi/node-slack-sdk/issues/674), and with `thread_ts` the
 * message pressed in is replaced unless `replace_original` is false (https://github.com/slack-go/slack/pull/1309).
 */
export function respond(body: JsonObject, target: ResponseTarget, state: SlackState): Responded {
  if (isTrue(body.delete_original)) return remove(target, state);
  const content = readContent(body);
  if (!content.ok) return { ok: false, status: 400, error: content.error };
  const original = state.workspace.message(target.channel, target.messageTs ?? '');
  const threadTs = stringOf(body.thread_ts);
  const replaces =
    isTrue(body.replace_original) || (threadTs !== undefined && body.replace_original === undefined);
  // A command has no original: Slack posts a new message then.
  if (replaces && target.messageTs !== undefined) {
    if (original === undefined || original.deleted)
      return { ok: false, status: 404, error: 'message_not_found' };
    state.workspace.replace({ ...original, ...content.value, edited: true });
    return { ok: true };
  }
  state.workspace.post({
    channel: target.channel,
    user: state.installation.botUserId,
    ...content.value,
    threadTs: threadToReplyIn(target.channel, threadTs, state),
    ephemeralTo: body.response_type === 'in_channel' ? undefined : target.user,
    via: 'response_url',
  });
  return { ok: true };
}
