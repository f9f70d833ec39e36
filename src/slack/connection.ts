import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  App,
  type BufferedIncomingMessage,
  HTTPModuleFunctions,
  HTTPReceiver,
  type Receiver,
} from '@slack/bolt';
import { type AuthTestResponse, WebClient } from '@slack/web-api';
import { inWords } from '../aws/errors.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { answerAlive, answerJson, type Health, listen, portOf } from '../observability/health.ts';
import type { Logger } from '../observability/log.ts';
import { saying } from './blocks/elements.ts';
import { type Interaction, ownAppOnly, watchInteractions } from './interactions.ts';
import { answerAddress, respond } from './posting.ts';
import { boltLogger, createSocket } from './socket.ts';
import { somethingWrong } from './text.ts';
import { appTokenTrouble, botTokenTrouble, type Installation, readInstallation } from './workspace.ts';

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

/** Who the bot is, once Slack has accepted its token. */
export interface Identity extends Installation {
  /** The bot's own name, for `/invite`. */
  readonly botName: string;
}

const EVENTS_PATH = '/slack/events';
/** Slack's own tolerance for timestamps, in seconds. "Verifying requests from Slack", https://docs.slack.dev */
const TIMESTAMP_TOLERANCE_S = 300;
/** Bytes. */
const BODY_LIMIT = 2 ** 20;

/**
 * Bolt over Socket Mode or HTTP, and its Web API clients. One HTTP server of ours serves in both modes, so that both can
 * be watched and stopped alike.
 */
export function createConnection(options: {
  readonly slack: Config['slack'];
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly stuck: Health['stuck'];
  /** How many sockets of the app are no reason to warn; one, where there can be no other replica. */
  readonly mostCounted: number;
  /** Called before anything of Slack's is let in: it may throw, in words for the operator. */
  readonly onIdentified: (identity: Identity) => Promise<void>;
  readonly onSeen: (seen: Interaction) => void;
}) {
  const { slack, clock, log, stuck, mostCounted, onIdentified, onSeen } = options;
  const logger = boltLogger(log);
  const api = slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl };
  const once = { ...api, logger, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };

  const posting = new WebClient(slack.botToken, { ...once, timeout: 10_000 });

  const http =
    slack.transport.type === 'http'
      ? new HTTPReceiver({ signingSecret: slack.transport.signingSecret, logger, endpoints: EVENTS_PATH })
      : undefined;
  const socket =
    slack.transport.type === 'socket'
      ? createSocket({
          appToken: slack.transport.appToken,
          apiUrl: slack.apiUrl,
          clock,
          log,
          logger,
          mostCounted,
        })
      : undefined;

  const receiver: Receiver | undefined = http ?? socket?.receiver;
  const app = new App({
    ...(receiver === undefined ? {} : { receiver }),
    token: slack.botToken,
    clientOptions: { ...once, timeout: 2500 },
    logger,
    // A failing auth.test in the constructor would be an unhandled rejection.
    deferInitialization: true,
    extendedErrorHandler: true,
  });
  let known: Identity | undefined;
  const interactions = watchInteractions(app, { clock, onSeen });
  app.error(async ({ error, body }: { error: Error; body: object }) => {
    log.error({ error }, 'a listener failed');
    interactions.failed(body);
    const address = answerAddress(body);
    if (address !== undefined) {
      await respond({ config: { slack }, log }, address, saying(somethingWrong));
    }
  });

  app.use(ownAppOnly(() => known, log));

  const onRequest = answerHttp(http, { clock, stuck });
  const server: Server = createServer(
    // Slack itself waits for three seconds. Node looks every 30 s by itself.
    { requestTimeout: 5000, headersTimeout: 3000, connectionsCheckingInterval: 1000 },
    (request, response) => void onRequest(request, response),
  );

  return {
    app,
    /** For calls bound by Slack's 3 s: 2.5 s, no second try. */
    fast: new WebClient(slack.botToken, { ...once, timeout: 2500 }),
    /** For posting: no second try of its own, because a retried post can appear twice. */
    posting,
    /** @throws Error before `start` has checked the token. */
    identity(): Identity {
      if (known === undefined) throw new Error('The bot has not asked Slack who it is yet.');
      return known;
    },

    /** @throws Error in words for the operator: which token is wrong, and where to get it. */
    async start(): Promise<void> {
      let answer: AuthTestResponse;
      try {
        await app.init();
        answer = await posting.auth.test();
      } catch (error) {
        throw new Error(inWords(botTokenTrouble(error)), { cause: error });
      }
      const installation = readInstallation(answer, slack.workspaces);
      if (!installation.ok) throw new Error(inWords(installation.trouble));
      const { user: botName = '', bot_id: bot } = answer;
      const appId = bot === undefined ? undefined : await appOf(posting, bot, installation.value);
      const identity = { ...installation.value, botName, appId };
      await onIdentified(identity);
      known = identity;
      await listen(server, { host: options.host, port: options.port, setting: 'PORT' });
      if (socket === undefined) return;
      try {
        await socket.open();
      } catch (error) {
        server.close();
        throw new Error(inWords(appTokenTrouble(error)), { cause: error });
      }
    },

    /**
     * Takes no new connections; what still arrives over those that stand is finished too. Resolves when the work in
     * hand has ended, or after `deadlineMs`.
     */
    async stop(deadlineMs: number): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(deadlineMs, late.resolve);
      let over = false;
      void late.promise.then(() => {
        over = true;
      });
      // What arrives meanwhile is finished too: its answer goes over this very socket.
      while (interactions.inHand.size > 0 && !over) {
        await Promise.race([Promise.allSettled(interactions.inHand), late.promise]);
      }
      cancel();
      if (socket !== undefined) await socket.close();
      server.closeAllConnections();
      await closed;
    },

    /** The port that answers `/healthz`, and in HTTP mode Slack. */
    port: (): number => portOf(server) ?? options.port,
    /** Whether the socket stands; undefined where Slack calls by HTTP. */
    socketConnected: (): boolean | undefined => socket?.stands(),
    /** How many sockets Slack counts for the app; undefined: none, or it hasn't said. */
    socketsCounted: (): number | undefined => socket?.counted(),
  };
}

/** Answers `/healthz`, and hands Bolt what Slack sends where Slack calls by HTTP. */
const answerHttp =
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

/** The app that a bot belongs to; undefined where Slack doesn't say, as without the scope for it. */
const appOf = async (
  client: WebClient,
  bot: string,
  { isOrgWide, workspaces: [team_id = ''] }: Omit<Installation, 'appId'>,
): Promise<string | undefined> => {
  try {
    return (await client.bots.info({ bot, ...(isOrgWide ? { team_id } : {}) })).bot?.app_id;
  } catch {
    return undefined;
  }
};
