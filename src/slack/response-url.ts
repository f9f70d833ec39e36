import type { Logger } from '../observability/log.ts';
import type { Message } from './blocks/elements.ts';
import { fitting } from './posting.ts';

/** A response_url lives 30 minutes and takes five uses; one is left for the command's own answer. */
export const RESPONSE_URL_MS = 29 * 60 * 1000;
export const RESPONSE_URL_USES = 4;

/** Milliseconds for one answer. */
const TIMEOUT_MS = 5000;

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

export type Responses = ReturnType<typeof createResponses>;

/** Answers where somebody acted, by their response_url. Never throws, never follows a redirect; never logs the address. */
export function createResponses({
  apiUrl,
  log,
}: {
  /** SLACK_API_URL. */
  readonly apiUrl: string | undefined;
  readonly log: Logger;
}) {
  /** It can't be answered there: the caller takes another way. */
  const led = (error: 'another_host' | 'redirected'): false => {
    log.warn({ error }, 'an address to answer at leads away from Slack; it was not followed');
    return false;
  };

  const respond = async (
    address: string,
    type: 'ephemeral' | 'in_channel',
    threadTs: string | undefined,
    message: Message,
  ): Promise<boolean> => {
    if (!isAtSlack(address, apiUrl)) return led('another_host');
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({
          response_type: type,
          // With a thread, Slack overwrites the message pressed in unless it is told not to: observed (https://github.com/slack-go/slack/pull/1309).
          replace_original: false,
          thread_ts: threadTs,
          ...fitting(message),
        }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const said = await answer.text();
      if (answer.status >= 300 && answer.status < 400) return led('redirected');
      return answer.ok && !isRefusal(said);
    } catch {
      return false;
    }
  };

  return {
    /** Answers one person. False: it didn't get there (used up, expired, Slack is away, no address of Slack's). */
    toOne(address: string, message: Message): Promise<boolean> {
      const [, threadTs] = address.split('#');
      return respond(address, 'ephemeral', threadTs, message);
    },

    /** Answers everybody in the channel, in this thread of it; undefined: in the channel itself. */
    toAll: (address: string, message: Message, threadTs: string | undefined): Promise<boolean> =>
      respond(address, 'in_channel', threadTs, message),
  };
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
