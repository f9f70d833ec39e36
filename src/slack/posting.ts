import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Config } from '../config/config.ts';
import type { Logger } from '../observability/log.ts';
import { context, LIMITS, type Message } from './blocks/elements.ts';
import { refusalAbout, webApiFailure } from './refusals.ts';
import { standsAlone } from './text.ts';

/** Added where Slack refused a message's blocks, and it goes out as plain text. */
const plainOnly =
  "Slack didn't take more of this message. `/submit-opportunity status O1234567`, with the ID, says where one stands.";
const moreThanFits = 'There is more than fits into one message of Slack; Partner Central has it all.';

/** By how much more than its text a header counts, about: observed (https://github.com/slackapi/bolt-js/issues/2509). */
const HEADER_MORE = 100;

/**
 * The length of all text of blocks, at least what Slack counts. It counts `&`, `<` and `>` as they are once escaped; whether
 * it escapes once more what comes escaped isn't known, so here that counts too.
 */
export function textSize(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textSize(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const header = 'type' in value && value.type === 'header' ? HEADER_MORE : 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]: [string, unknown]) =>
      sum + (key === 'text' && typeof inner === 'string' ? escapedLength(inner) : textSize(inner)),
    header,
  );
}

function escapedLength(text: string): number {
  const ampersands = text.split('&').length - 1;
  const brackets = text.split(/[<>]/).length - 1;
  return text.length + 4 * ampersands + 3 * brackets;
}

/** A message of a size that Slack takes: whole, or without the blocks that are too much, which it then says. Buttons stay. */
export function fitting(message: Message): Message {
  if (textSize(message.blocks) <= LIMITS.messageText) return message;
  const notice = context(moreThanFits);
  const isAlwaysKept = ({ type }: KnownBlock) => type === 'actions';
  let left = LIMITS.messageText - textSize(notice) - textSize(message.blocks.filter(isAlwaysKept));
  const kept = message.blocks.filter((block) => {
    if (isAlwaysKept(block)) return true;
    const size = textSize(block);
    if (size > left) return false;
    left -= size;
    return true;
  });
  return { ...message, blocks: [...kept, notice] };
}

/** A message that stands somewhere. */
export interface Posted {
  readonly channelId: string;
  readonly ts: string;
  /** The thread it is in; undefined: at the top of the channel. */
  readonly threadTs: string | undefined;
}

/** What came of a call that posts or edits. */
export type Tried =
  | ({ readonly type: 'done' } & Posted)
  | {
      readonly type: 'refused';
      readonly error: string;
      readonly about: Exclude<ReturnType<typeof refusalAbout>, 'passing'>;
    }
  | { readonly type: 'later'; readonly error: string; readonly retryAfterMs: number | undefined };

/**
 * `chat.postMessage`, `chat.postEphemeral`, `chat.update` and `chat.getPermalink`, with their failures as data. What Slack
 * refuses for its blocks is sent once more as plain text.
 */
export function createPosting({ client, log }: { readonly client: WebClient; readonly log: Logger }) {
  const inPlainIfNeedBe = async (
    message: Message,
    send: (content: Pick<Message, 'text'> & Partial<Message>) => Promise<Posted>,
  ): Promise<Tried> => {
    const { text, blocks } = fitting(message);
    const tried = await attempt(() => send({ text, blocks }));
    if (tried.type !== 'refused' || tried.about !== 'content') return tried;
    log.error({ error: tried.error }, 'Slack refused a message as it was made: it goes out as plain text');
    return attempt(() => send({ text: `${text}\n${plainOnly}` }));
  };

  /**
   * `channel` may be a person's ID: their DM with the bot. A reply whose parent is gone is posted at the top of the channel,
   * and only the answer's `message` says so: observed (https://github.com/slack-go/slack/issues/1571 and four other bots).
   */
  const post = (channel: string, message: Message, threadTs?: string): Promise<Tried> =>
    inPlainIfNeedBe(message, async (content) => {
      const posted = await client.chat.postMessage({
        channel,
        ...content,
        unfurl_links: false,
        unfurl_media: false,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      });
      return {
        channelId: posted.channel ?? channel,
        ts: posted.ts ?? '',
        threadTs: posted.message === undefined ? threadTs : posted.message.thread_ts,
      };
    });

  return {
    post,

    /** In `threadTs`; where Slack takes no reply there, in the channel itself, with `hint` saying why it stands there. */
    async reply(
      channel: string,
      message: (hint?: string) => Message,
      threadTs: string | undefined,
    ): Promise<Tried> {
      const posted = await post(channel, message(), threadTs);
      return posted.type === 'refused' && posted.about === 'reply'
        ? post(channel, message(standsAlone))
        : posted;
    },

    /** For one person's eyes; they have to be in the channel, and so does the bot. */
    postEphemeral: (channel: string, user: string, message: Message, threadTs?: string): Promise<Tried> =>
      inPlainIfNeedBe(message, async (content) => {
        const { message_ts } = await client.chat.postEphemeral({
          channel,
          user,
          ...content,
          ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
        });
        return { channelId: channel, ts: message_ts ?? '', threadTs };
      }),

    edit: ({ channelId, ts, threadTs }: Posted, message: Message): Promise<Tried> =>
      inPlainIfNeedBe(message, async (content) => {
        await client.chat.update({ channel: channelId, ts, ...content });
        return { channelId, ts, threadTs };
      }),

    /** The address of a message, for a link; undefined: Slack doesn't say. */
    async permalink({ channelId, ts }: Pick<Posted, 'channelId' | 'ts'>): Promise<string | undefined> {
      try {
        return (await client.chat.getPermalink({ channel: channelId, message_ts: ts })).permalink;
      } catch (error) {
        if (webApiFailure(error) === undefined) throw error;
        return undefined;
      }
    },
  };
}

async function attempt(call: () => Promise<Posted>): Promise<Tried> {
  try {
    return { type: 'done', ...(await call()) };
  } catch (error) {
    const failure = webApiFailure(error);
    if (failure === undefined) throw error;
    if (failure.type === 'later') return failure;
    const { error: code } = failure;
    const about = refusalAbout(code);
    return about === 'passing'
      ? { type: 'later', error: code, retryAfterMs: undefined }
      : { type: 'refused', error: code, about };
  }
}

/** A response_url lives 30 minutes and takes five uses; one is left for the command's own answer. */
export const RESPONSE_URL_MS = 29 * 60 * 1000;
export const RESPONSE_URL_USES = 4;

/** Milliseconds for one answer. */
const RESPOND_WITHIN_MS = 5000;

/** What Slack sends of whoever pressed a button or chose a shortcut, as far as it says where. */
interface Acted {
  readonly response_url?: unknown;
  /** Of a button. */
  readonly container?: Readonly<Record<string, unknown>>;
  /** Of a shortcut. */
  readonly message?: Readonly<Record<string, unknown>>;
}

/**
 * Where whoever acted can be answered: the response_url, with the thread they acted in as its fragment, which no request
 * carries. Slack shows an answer that names no thread in the channel, wherever the button is: observed
 * (https://github.com/slackapi/node-slack-sdk/issues/674, https://github.com/slackapi/bolt-js/issues/2732). A secret, like
 * the response_url itself.
 */
export function answerAddress({ response_url: url, container, message }: Acted): string | undefined {
  const ts = container?.message_ts ?? message?.ts;
  const thread = container?.thread_ts ?? message?.thread_ts;
  // A message that has replies carries its own ts as its thread's.
  if (typeof url !== 'string') return undefined;
  return typeof thread !== 'string' || thread === ts ? url : `${url}#${thread}`;
}

/** Where response_urls lead: Slack's own hosts, and GovSlack's on slack-gov.com. "GovSlack", https://docs.slack.dev/govslack */
const SLACKS = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];

/**
 * Whether `address` is at Slack, or at the host of SLACK_API_URL (`apiUrl`) where one is set. An address that isn't would
 * take what is for one person, a customer's name among it, to somebody else.
 */
export function isAtSlack(address: string, apiUrl: string | undefined): boolean {
  const origin = URL.parse(address)?.origin;
  return origin !== undefined && [...SLACKS, URL.parse(apiUrl ?? '')?.origin].includes(origin);
}

/**
 * Answers where somebody acted: that person alone, where `address` says; or everybody in the channel (`inChannel`), in this
 * thread of it or, where there is none, in the channel itself. Never follows a redirect, never logs the address. False: it
 * didn't get there (used up, expired, Slack is away, no address of Slack's), and the caller takes another way.
 */
export async function respond(
  {
    config,
    log,
  }: { readonly config: { readonly slack: Pick<Config['slack'], 'apiUrl'> }; readonly log: Logger },
  address: string,
  message: Message,
  inChannel?: { readonly threadTs: string | undefined },
): Promise<boolean> {
  const led = (error: 'another_host' | 'redirected'): false => {
    log.warn({ error }, 'an address to answer at leads away from Slack; it was not followed');
    return false;
  };
  if (!isAtSlack(address, config.slack.apiUrl)) return led('another_host');
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        response_type: inChannel === undefined ? 'ephemeral' : 'in_channel',
        // With a thread, Slack overwrites the message pressed in unless it is told not to: observed (https://github.com/slack-go/slack/pull/1309).
        replace_original: false,
        thread_ts: inChannel === undefined ? address.split('#')[1] : inChannel.threadTs,
        ...fitting(message),
      }),
      redirect: 'manual',
      signal: AbortSignal.timeout(RESPOND_WITHIN_MS),
    });
    const said = await answer.text();
    if (answer.status >= 300 && answer.status < 400) return led('redirected');
    return answer.ok && !isRefusal(said);
  } catch {
    return false;
  }
}

/** Slack answers `ok`, or JSON that says why not, with a status of 200 too: observed (https://github.com/getsentry/sentry/issues/7955). */
function isRefusal(said: string): boolean {
  try {
    const body: unknown = JSON.parse(said);
    return typeof body === 'object' && body !== null && 'ok' in body && body.ok === false;
  } catch {
    return false;
  }
}
