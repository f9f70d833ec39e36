import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api';
import type { Clock } from '../clock.ts';
import type { Catalog } from '../partner-central/operations.ts';
import { explain } from '../submissions/explain.ts';
import type { News, People, Told } from '../submissions/teller.ts';
import type { Telling } from '../submissions/tellings.ts';
import * as words from '../words/messages.ts';
import { type Message, submissionMessage } from './blocks/submission-message.ts';
import { respondAt } from './response-url.ts';

/** A response_url lives 30 minutes and takes five uses; one is left for the command's own answer. */
const RESPONSE_URL_MS = 29 * 60 * 1000;
const RESPONSE_URL_USES = 4;

/** Slack's errors that mean "not in this channel", however often it is tried. */
const UNREACHABLE = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'no_permission',
]);
/** The message that was to be edited is gone, or isn't the bot's. */
const MESSAGE_GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

type Tried =
  | { readonly type: 'done'; readonly channelId: string; readonly ts: string }
  | { readonly type: 'unreachable' | 'gone'; readonly error: string }
  | { readonly type: 'later'; readonly error: string; readonly retryAfterMs: number | undefined };

/**
 * Posting to people: the message in its channel, edited there from then on; where that isn't possible the
 * command's response_url; then a DM to the person; else later. The fix is always named.
 */
export function createPeople(options: {
  /** Neither retries nor waits by itself: a retried post can appear twice, and the telling is kept anyway. */
  readonly client: WebClient;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly paused: boolean;
  readonly botUserId: () => string;
}): People {
  const { client, clock, catalog, paused, botUserId } = options;

  const post = (channel: string, message: Message): Promise<Tried> =>
    attempt(async () => {
      const { channel: channelId, ts } = await client.chat.postMessage({
        channel,
        text: message.text,
        blocks: message.blocks,
        unfurl_links: false,
        unfurl_media: false,
      });
      return { channelId: channelId ?? channel, ts: ts ?? '' };
    });

  const edit = (channel: string, ts: string, message: Message): Promise<Tried> =>
    attempt(async () => {
      await client.chat.update({ channel, ts, text: message.text, blocks: message.blocks });
      return { channelId: channel, ts };
    });

  return {
    async tell({ submission, details }: News, telling: Telling): Promise<Told> {
      const bot = `<@${botUserId()}>`;
      const explanation = explain(submission, { catalog, paused });
      const message = (placeHint?: string) =>
        submissionMessage({ submission, explanation, details, placeHint });
      const { place, responseUrlUses } = telling;
      const told = (via: 'channel' | 'dm', done: Extract<Tried, { type: 'done' }>): Told => ({
        type: 'told',
        place: { via, channelId: done.channelId, ts: done.ts },
        responseUrlUses,
      });
      const later = (tried: {
        readonly error: string;
        readonly retryAfterMs?: number | undefined;
      }): Told => ({
        type: 'later',
        error: tried.error,
        retryAfterMs: tried.retryAfterMs,
        responseUrlUses,
      });
      const directHint = words.sentAsDm(`<#${submission.channelId}>`, bot);

      if (place !== undefined && place.via !== 'response_url') {
        const edited = await edit(
          place.channelId,
          place.ts,
          message(place.via === 'dm' ? directHint : undefined),
        );
        if (edited.type === 'done') return told(place.via, edited);
        if (edited.type === 'later') return later(edited);
      }

      const posted = await post(submission.channelId, message());
      if (posted.type === 'done') return told('channel', posted);
      if (posted.type === 'later') return later(posted);

      const { responseUrl } = submission;
      const age = clock.now().getTime() - submission.requestedAt.getTime();
      if (responseUrl !== undefined && age < RESPONSE_URL_MS && responseUrlUses < RESPONSE_URL_USES) {
        const response = { response_type: 'in_channel', ...message(words.notInChannel(bot)) } as const;
        if (await respondAt(responseUrl, response)) {
          return { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 };
        }
      }

      const direct = await post(submission.userId, message(directHint));
      if (direct.type === 'done') return told('dm', direct);
      return later(direct);
    },
  };
}

async function attempt(call: () => Promise<{ channelId: string; ts: string }>): Promise<Tried> {
  try {
    return { type: 'done', ...(await call()) };
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      const { error: code } = error.data;
      if (UNREACHABLE.has(code)) return { type: 'unreachable', error: code };
      if (MESSAGE_GONE.has(code)) return { type: 'gone', error: code };
      return { type: 'later', error: code, retryAfterMs: undefined };
    }
    if (error instanceof WebAPIRateLimitedError) {
      return { type: 'later', error: 'ratelimited', retryAfterMs: error.retryAfter * 1000 };
    }
    if (error instanceof WebAPIHTTPError) {
      return { type: 'later', error: `HTTP ${error.statusCode}`, retryAfterMs: undefined };
    }
    if (error instanceof WebAPIRequestError) {
      return { type: 'later', error: 'no answer from Slack', retryAfterMs: undefined };
    }
    throw error;
  }
}
