import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type BufferedIncomingMessage,
  HTTPModuleFunctions,
  type HTTPReceiver,
  SocketModeReceiver,
} from '@slack/bolt';
import { LogLevel, type Logger as SlackLogger } from '@slack/logger';
import { z } from 'zod';
import { type Clock, LONGEST_HINT_MS, sleep } from '../clock.ts';
import { answerAlive, answerJson, type Health } from '../observability/health.ts';
import type { Logger } from '../observability/log.ts';
import { webApiFailure } from './refusals.ts';

/**
 * Milliseconds before another try: twice as long after each that failed, up to the longest. Together with a try that takes as
 * long as it may that is 28 s.
 */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
/** Milliseconds until the address of a socket is there, and from then until Slack's `hello`. */
const ADDRESS_MS = 5000;
const HELLO_MS = 8000;

/** How many sockets of one app are no reason to warn: nobody says how many replicas there are, and Slack takes ten. */
export const MOST_SOCKETS = 7;

/**
 * The socket to Slack, opened again by ourselves within 30 s of Slack being well: `@slack/socket-mode` would wait 5 s longer
 * after each failure, without a limit, longer still where Slack can't be reached, and for ever for a socket on which no
 * `hello` comes.
 */
export function createSocket(options: {
  readonly appToken: string;
  /** SLACK_API_URL. */
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of Slack's libraries. */
  readonly logger: ReturnType<typeof boltLogger>;
  /** How many sockets of the app are no reason to warn. */
  readonly mostCounted: number;
}) {
  const { appToken, apiUrl, clock, log, logger, mostCounted } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    // Options of its own: it writes its retry policy (100 tries) into what it is given.
    installerOptions: {
      clientOptions: {
        ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: ADDRESS_MS,
      },
    },
  });
  const { client } = receiver;
  let closing = false;
  let stands = false;
  let stoodSince = 0;
  let failures = 0;
  let counted: number | undefined;

  const pause = (ms: number) => sleep(clock, ms);
  const waitMs = () => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);

  const untilOpen = async (givesUp: (error: unknown) => boolean): Promise<void> => {
    while (!closing) {
      try {
        await client.start();
        return;
      } catch (error) {
        if (closing) return;
        if (givesUp(error)) throw error;
        const failure = webApiFailure(error);
        log.warn(
          { error: failure?.error ?? 'no_socket' },
          'the socket to Slack could not be opened; it is tried again within half a minute',
        );
        const asked = failure?.type === 'later' ? (failure.retryAfterMs ?? 0) : 0;
        await pause(Math.max(waitMs(), Math.min(asked, LONGEST_HINT_MS)));
        failures += 1;
      }
    }
  };

  // The library hands on nothing of Slack's `hello`.
  client.on('ws_message', (text: unknown) => {
    const said = countedIn(text);
    if (said === undefined) return;
    counted = said;
    if (said > mostCounted) {
      log.warn(
        { sockets: said },
        'Slack counts more sockets for this app than there should be: what people do may go to one that nobody reads',
      );
    }
  });
  const end = async (): Promise<void> => {
    // The first call asks the other side to close, the second doesn't wait for that.
    await Promise.all([client.disconnect(), client.disconnect()]);
  };
  let stopWaiting = () => {};
  client.on('connecting', () => {
    stopWaiting = clock.after(HELLO_MS, () => void end());
  });
  client.on('connected', () => {
    stopWaiting();
    if (closing) {
      // Its address came when the bot was being stopped.
      void end();
      return;
    }
    stands = true;
    stoodSince = clock.monotonic();
  });
  client.on('disconnected', () => {
    stopWaiting();
    // An attempt that failed says so itself.
    if (!stands) return;
    stands = false;
    // One that is closed as soon as it stands is a failure too.
    failures = clock.monotonic() - stoodSince < LONGEST_WAIT_MS ? failures + 1 : 0;
    if (!closing) void pause(waitMs()).then(() => untilOpen(() => false));
  });

  return {
    receiver,
    /** Resolves when the socket stands, however long Slack is away. @throws what Slack refuses the app token with. */
    open: (): Promise<void> => untilOpen((error) => webApiFailure(error)?.type === 'platform'),
    async close(): Promise<void> {
      closing = true;
      await client.disconnect();
    },
    stands: (): boolean => stands,
    /** How many sockets Slack counted for the app when this one was opened, itself among them; undefined: it didn't say. */
    counted: (): number | undefined => counted,
  };
}

const hello = z.object({ type: z.literal('hello'), num_connections: z.number().int().optional() });

/**
 * Slack's count in its `hello`: sockets that a network cut stay in it for a while, and get their share of what people do
 * (observed: slackapi/bolt-js#2225, python-slack-sdk#1940). Undefined: it is another message.
 */
function countedIn(text: unknown): number | undefined {
  if (typeof text !== 'string' || !text.includes('"hello"')) return undefined;
  try {
    return hello.safeParse(JSON.parse(text)).data?.num_connections;
  } catch {
    return undefined;
  }
}

/**
 * Slack's libraries into our log. Their debug output is raw envelopes, with tokens, response_urls and what people
 * typed: it isn't passed on, whatever the level.
 */
export function boltLogger(log: Logger): SlackLogger {
  const line = (message: readonly unknown[]) =>
    message
      .map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : ''))
      .join(' ');
  return {
    debug: () => {},
    info: (...message) => log.debug(line(message)),
    warn: (...message) => log.warn(line(message)),
    error: (...message) => log.error(line(message)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

/** Where Slack calls by HTTP. */
export const EVENTS_PATH = '/slack/events';
/** Slack's own tolerance for timestamps, in seconds. "Verifying requests from Slack", https://docs.slack.dev */
const TIMESTAMP_TOLERANCE_S = 300;
/** Bytes. */
const BODY_LIMIT = 2 ** 20;

/** Answers `/healthz`, and hands Bolt what Slack sends where Slack calls by HTTP. */
export const answerHttp =
  (http: HTTPReceiver | undefined, { clock, stuck }: { readonly clock: Clock } & Pick<Health, 'stuck'>) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (answerAlive(request, response, { stuck })) return;
    const path = request.url?.split('?')[0];
    if (http === undefined || path !== EVENTS_PATH || request.method !== 'POST') {
      answerJson(response, 404, { status: 'not found' });
      return;
    }
    const timestamp = Number(request.headers['x-slack-request-timestamp']);
    // Bolt refuses old timestamps only; one from the future would let a captured request be replayed later.
    if (!(Math.abs(timestamp - clock.now().getTime() / 1000) <= TIMESTAMP_TOLERANCE_S)) {
      answerJson(response, 401, { status: 'refused' });
      return;
    }
    const body = await readBody(request, BODY_LIMIT);
    if (body === 'lost') return;
    if (body === 'too-large') {
      response.setHeader('connection', 'close');
      answerJson(response, 413, { status: 'too large' });
      return;
    }
    // Where Bolt looks for a body that has been read already.
    const buffered = Object.assign(request, { rawBody: body });
    if (!holdsObject(buffered)) {
      answerJson(response, 400, { status: 'malformed' });
      return;
    }
    http.requestListener(buffered, response);
  };

/** At most `limit` bytes of a request; what comes after them is left where it is. `lost`: the connection was. */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'lost'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Left early it isn't destroyed: it can still be answered.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > limit) return 'too-large';
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return 'lost';
  }
}

/**
 * Whether the body holds an object, as everything does that Slack sends, read as Bolt reads it. On anything else Bolt throws
 * once it has checked the signature, where nothing catches it: the process would end.
 */
function holdsObject(request: BufferedIncomingMessage): boolean {
  try {
    const read: unknown = HTTPModuleFunctions.parseHTTPRequestBody(request);
    return typeof read === 'object' && read !== null;
  } catch {
    return false;
  }
}
