import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Clock, sleep } from '../../src/clock.ts';
import { fromJson, isObject, type JsonObject, stringOf } from '../json.ts';
import type { Faults } from './faults.ts';
import { contentWarnings } from './message-content.ts';
import type { RateLimit } from './rate-limits.ts';
import { respond } from './respond.ts';
import { neededScope } from './scopes.ts';
import type { RecordedCall, SlackFault } from './stand-in.ts';
import type { SlackState } from './state.ts';
import { answerCall, tokenOf } from './web-api/methods.ts';

type CallLog = ReturnType<typeof createCallLog>;

/** Every call the app made, oldest first. */
export function createCallLog(clock: Clock) {
  const all: RecordedCall[] = [];
  return {
    record: (call: Omit<RecordedCall, 'ok' | 'at'>): void => {
      all.push({ ...call, ok: call.error === undefined, at: clock.now().getTime() });
    },
    calls: (method?: string): readonly RecordedCall[] =>
      all.filter((call) => method === undefined || call.method === method),
  };
}

/** What goes over the wire: for the Web API and for response_urls alike. */
interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Slack's error name, for the record. */
  readonly error: string | undefined;
}

export interface AppRequests {
  readonly state: SlackState;
  readonly faults: Faults;
  /** Undefined: no limits are held. */
  readonly rateLimit: RateLimit | undefined;
  readonly log: CallLog;
  newAddress(): string;
}

function json(body: JsonObject, error?: string, status = 200): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    error,
  };
}

function rateLimited(seconds: number): HttpAnswer {
  const answer = json({ ok: false, error: 'ratelimited' }, 'ratelimited', 429);
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

/** A body's arguments; undefined where Slack would call it malformed. */
function decode(contentType: string, body: string): JsonObject | undefined {
  if (contentType.startsWith('application/json')) {
    const value = fromJson(body === '' ? '{}' : body);
    return isObject(value) ? value : undefined;
  }
  return Object.fromEntries(new URLSearchParams(body));
}

/** What the app's arguments look like in the record: JSON strings opened, the token left out. */
function forTheRecord(args: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(args)
      .filter(([name]) => name !== 'token')
      .map(([name, value]) => [name, name === 'view' || name === 'blocks' ? fromJson(value) : value]),
  );
}

function faultAnswer(kind: SlackFault['kind']): HttpAnswer | undefined {
  switch (kind.type) {
    case 'error': {
      const messages = kind.messages ?? [];
      return json(
        {
          ok: false,
          error: kind.error,
          ...(messages.length > 0 ? { response_metadata: { messages } } : {}),
        },
        kind.error,
      );
    }
    case 'rate-limit':
      return rateLimited(kind.retryAfterSeconds);
    case 'http-500':
      return { status: 500, headers: {}, body: 'Internal Server Error', error: 'http_500' };
    case 'latency':
    case 'reset':
      return undefined;
  }
}

/** Answers the app's requests: `/api/<method>` and response_urls, with faults and limits on the way. */
export function createAppRequestHandler(app: AppRequests) {
  const { state } = app;

  const callMethod = (method: string, args: JsonObject, authorization: string | undefined): HttpAnswer => {
    const token = tokenOf(authorization, args);
    const answer = answerCall({ method, arguments: args, token }, state, app.newAddress);
    const sent = json(answer, answer.ok ? undefined : answer.error);
    const scopes = token === state.installation.appToken ? 'connections:write' : [...state.scopes].join(',');
    const needed = neededScope(method, args, state);
    return {
      ...sent,
      headers: {
        ...sent.headers,
        'x-oauth-scopes': scopes,
        ...(needed === undefined ? {} : { 'x-accepted-oauth-scopes': needed }),
      },
    };
  };

  const useResponseUrl = (path: string, args: JsonObject): HttpAnswer => {
    const use = state.responseUrls.use(path);
    if (!use.ok) return json({ ok: false, error: use.error }, use.error, 404);
    const responded = respond(args, use.target, state);
    return responded.ok
      ? { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok', error: undefined }
      : json({ ok: false, error: responded.error }, responded.error, responded.status);
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = await text(request);
    const isResponseUrl = path.startsWith('/actions/');
    if (!isResponseUrl && !path.startsWith('/api/')) {
      response.writeHead(404).end();
      return;
    }
    const method = isResponseUrl ? 'response_url' : path.slice('/api/'.length);
    const args = decode(request.headers['content-type'] ?? '', body);
    const given = args ?? {};
    const channel = isResponseUrl ? state.responseUrls.target(path)?.channel : stringOf(given.channel);

    const execute = (): HttpAnswer => {
      if (args === undefined) return json({ ok: false, error: 'invalid_json' }, 'invalid_json');
      const wait = app.rateLimit?.(method, channel);
      if (wait !== undefined) return rateLimited(wait);
      return isResponseUrl
        ? useResponseUrl(path, given)
        : callMethod(method, given, request.headers.authorization);
    };
    const record = (error: string | undefined): void =>
      app.log.record({
        method,
        arguments: forTheRecord(given),
        error,
        warnings: contentWarnings(given),
      });

    const fault = app.faults.take(method, channel, given);
    if (fault?.type === 'reset') {
      record(fault.execute ? execute().error : 'reset');
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.type === 'latency') await sleep(state.clock, fault.ms);
    const answer = (fault === undefined ? undefined : faultAnswer(fault)) ?? execute();
    record(answer.error);
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  };
}
