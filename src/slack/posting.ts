import type { WebClient } from '@slack/web-api';
import type { Told } from '../submissions/telling/teller.ts';
import type { Message } from './blocks/submission-message.ts';
import { webApiFailure } from './web-api-failure.ts';

/** What came of a call that posts or edits. */
export type Tried =
  | { readonly type: 'done'; readonly channelId: string; readonly ts: string }
  /** Not in this channel, however often it is tried. */
  | { readonly type: 'unreachable'; readonly error: string }
  /** The message that was to be edited isn't there any more. */
  | { readonly type: 'gone'; readonly error: string }
  | { readonly type: 'later'; readonly error: string; readonly retryAfterMs: number | undefined };

const UNREACHABLE = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'no_permission',
  'thread_not_found',
]);
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** Members of a channel, a page; and how many pages are worth the question. */
const MEMBERS_A_PAGE = 1000;
const PAGES = 10;

export type Posting = ReturnType<typeof createPosting>;

/** `chat.postMessage`, `chat.postEphemeral`, `chat.update` and `conversations.members`, with their failures as data. */
export function createPosting({ client }: { client: WebClient }) {
  const post = (channel: string, message: Message, threadTs?: string): Promise<Tried> =>
    attempt(async () => {
      const { channel: channelId, ts } = await client.chat.postMessage({
        channel,
        text: message.text,
        blocks: message.blocks,
        unfurl_links: false,
        unfurl_media: false,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      });
      return { channelId: channelId ?? channel, ts: ts ?? '' };
    });

  return {
    /** `channel` may be a person's ID: their DM with the bot. */
    post,

    /** In `threadTs`; where that thread is gone, in the thread `otherwise`, or in the channel itself. */
    async postInThread(
      channel: string,
      message: Message,
      threadTs: string | undefined,
      otherwise?: string,
    ): Promise<Tried> {
      const posted = await post(channel, message, threadTs);
      return posted.type === 'unreachable' && posted.error === 'thread_not_found' && threadTs !== otherwise
        ? post(channel, message, otherwise)
        : posted;
    },

    /** For one person's eyes; they have to be in the channel, and so does the bot. */
    postEphemeral: (channel: string, user: string, message: Message, threadTs?: string): Promise<Tried> =>
      attempt(async () => {
        const { message_ts } = await client.chat.postEphemeral({
          channel,
          user,
          text: message.text,
          blocks: message.blocks,
          ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
        });
        return { channelId: channel, ts: message_ts ?? '' };
      }),

    edit: (channel: string, ts: string, message: Message): Promise<Tried> =>
      attempt(async () => {
        await client.chat.update({ channel, ts, text: message.text, blocks: message.blocks });
        return { channelId: channel, ts };
      }),

    /** Whether the person is in the channel. Where Slack doesn't say, they count as being there. */
    async isMember(channel: string, user: string): Promise<boolean> {
      let cursor: string | undefined;
      try {
        for (let page = 0; page < PAGES; page += 1) {
          const { members, response_metadata } = await client.conversations.members({
            channel,
            limit: MEMBERS_A_PAGE,
            ...(cursor === undefined ? {} : { cursor }),
          });
          if (members?.includes(user)) return true;
          cursor = response_metadata?.next_cursor;
          if (cursor === undefined || cursor === '') return false;
        }
      } catch (error) {
        if (webApiFailure(error) === undefined) throw error;
      }
      return true;
    },
  };
}

async function attempt(call: () => Promise<{ channelId: string; ts: string }>): Promise<Tried> {
  try {
    return { type: 'done', ...(await call()) };
  } catch (error) {
    const failure = webApiFailure(error);
    if (failure === undefined) throw error;
    if (failure.type === 'later') return failure;
    const { error: code } = failure;
    if (UNREACHABLE.has(code)) return { type: 'unreachable', error: code };
    if (GONE.has(code)) return { type: 'gone', error: code };
    return { type: 'later', error: code, retryAfterMs: undefined };
  }
}

/** What posting says of a telling: it stands there. */
export const told = (
  via: 'channel' | 'dm',
  done: Extract<Tried, { type: 'done' }>,
  responseUrlUses: number,
): Told => ({ type: 'told', place: { via, channelId: done.channelId, ts: done.ts }, responseUrlUses });

/** What posting says of a telling: it has to be tried again. */
export const later = (tried: Exclude<Tried, { type: 'done' }>, responseUrlUses: number): Told => ({
  type: 'later',
  error: tried.error,
  retryAfterMs: tried.type === 'later' ? tried.retryAfterMs : undefined,
  responseUrlUses,
});
