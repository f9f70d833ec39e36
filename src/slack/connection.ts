import { createServer, type Server } from 'node:http';
import { App, HTTPReceiver, type Receiver } from '@slack/bolt';
import { type AuthTestResponse, WebClient } from '@slack/web-api';
import { inWords } from '../aws/errors.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { type Health, listen, portOf } from '../observability/health.ts';
import type { Logger } from '../observability/log.ts';
import { saying } from './blocks/elements.ts';
import {
  appTokenTrouble,
  botTokenTrouble,
  type Installation,
  isForOthers,
  readInstallation,
} from './installation.ts';
import { answerAddress, respond } from './posting.ts';
import { answerHttp, boltLogger, createSocket, EVENTS_PATH } from './receivers.ts';
import { somethingWrong } from './text.ts';

/** Who the bot is, once Slack has accepted its token. */
export interface Identity extends Installation {
  /** The bot's own name, for `/invite`. */
  readonly botName: string;
}

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

  // Such a request comes where the bot's token is of one app, and the app token or the signing secret of another. People of
  // other workspaces, in shared channels, do get to the listeners, and are told that they may not.
  app.use(async ({ body, next }) => {
    if (known !== undefined && isForOthers(body, known)) {
      log.error(
        'a request for another Slack app or workspace was refused: SLACK_BOT_TOKEN has to be of the same app as SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      );
      return;
    }
    await next();
  });

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

/** Something that came from Slack, and how it went. */
export interface Interaction {
  /** Slack's own word: `command`, `view_submission`, `block_actions`, `block_suggestion`, … */
  readonly kind: string;
  /** The command, or the callback_id or action_id: one of ours. */
  readonly name: string | undefined;
  readonly teamId: string | undefined;
  readonly outcome: 'ok' | 'failed' | 'unacknowledged';
  /** From its arrival, its signature checked, until the acknowledgement. */
  readonly acknowledgedMs: number | undefined;
}

/** Slack's kinds; one that isn't among them counts as `other`. */
const KINDS = [
  'event_callback',
  'block_actions',
  'block_suggestion',
  'message_action',
  'shortcut',
  'view_submission',
  'view_closed',
] as const;

/**
 * Reports everything that comes from Slack, once it is done with. It wraps `processEvent`, where Bolt is handed the
 * acknowledgement: a middleware can't pass on another one.
 *
 * @returns `inHand`: what isn't done with; `failed`: to be told of a body whose listener failed
 */
function watchInteractions(
  app: App,
  { clock, onSeen }: { readonly clock: Clock; readonly onSeen: (seen: Interaction) => void },
): { readonly inHand: ReadonlySet<Promise<void>>; failed(body: object): void } {
  const inHand = new Set<Promise<void>>();
  const failed = new WeakSet<object>();
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const arrivedAt = clock.monotonic();
    let acknowledgedMs: number | undefined;
    const ack: typeof event.ack = async (response) => {
      await event.ack(response);
      acknowledgedMs ??= clock.monotonic() - arrivedAt;
    };
    const work = processEvent({ ...event, ack });
    inHand.add(work);
    try {
      await work;
    } catch (error) {
      failed.add(event.body);
      throw error;
    } finally {
      inHand.delete(work);
      const outcome = failed.has(event.body)
        ? 'failed'
        : acknowledgedMs === undefined
          ? 'unacknowledged'
          : 'ok';
      onSeen({ ...describe(event.body), outcome, acknowledgedMs });
    }
  };
  return { inHand, failed: (body) => failed.add(body) };
}

function describe(body: Readonly<Record<string, unknown>>): Pick<Interaction, 'kind' | 'name' | 'teamId'> {
  const type = KINDS.find((kind) => kind === body.type);
  return {
    kind: type ?? (typeof body.command === 'string' ? 'command' : 'other'),
    name: nameOf(body),
    teamId: text(body.team_id) ?? text(field(body.team, 'id')),
  };
}

function nameOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const [action] = Array.isArray(body.actions) ? body.actions : [];
  return (
    text(body.command) ??
    text(field(action, 'action_id')) ??
    text(body.action_id) ??
    text(body.callback_id) ??
    text(field(body.view, 'callback_id')) ??
    text(field(body.event, 'type'))
  );
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
