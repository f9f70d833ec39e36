import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startSlack } from '../../../demo/slack/server.ts';
import type { SlackOptions, SlackStandIn } from '../../../demo/slack/stand-in.ts';
import type { WorkspaceContents } from '../../../demo/slack/workspace.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

export type Json = Readonly<Record<string, unknown>>;

/** An envelope that arrived, and what the test answers. */
export interface Envelope {
  readonly type: string;
  readonly payload: Json;
  readonly retryAttempt: unknown;
  readonly acceptsAnswer: unknown;
}

/** For an answer: none. */
export const silence = Symbol('silence');

/** An app by hand: it speaks Slack's protocol on the wire and does only what the test says. */
export interface ScriptedApp {
  readonly slack: SlackStandIn;
  readonly clock: ManualClock;
  /** Everything that arrived, oldest first. */
  readonly envelopes: readonly Envelope[];
  /** What is answered from now on; an empty acknowledgement at the start. */
  answer(with_: (envelope: Envelope) => unknown): void;
  /** A Web API call, form-encoded, with the bot token. */
  call(method: string, args?: Json, token?: string): Promise<Json>;
  post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response>;
  lastTrigger(): string;
  connect(): Promise<WebSocket>;
  close(): Promise<void>;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): Json {
  const value: unknown = JSON.parse(text);
  return isJson(value) ? value : {};
}

/** Follows a path of keys into JSON. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isJson(inner) ? inner[key] : undefined;
  }, value);
}

export async function scriptedApp(
  options: Partial<SlackOptions> = {},
  contents?: WorkspaceContents,
): Promise<ScriptedApp> {
  const clock = manualClock();
  const slack = await startSlack({ clock, ...options }, contents);
  const envelopes: Envelope[] = [];
  let respond: (envelope: Envelope) => unknown = () => undefined;

  const post: ScriptedApp['post'] = (path, body, headers) =>
    fetch(new URL(path, slack.apiUrl), { method: 'POST', body, headers });

  const call: ScriptedApp['call'] = async (method, args = {}, token = slack.botToken) => {
    const form = new URLSearchParams(
      Object.entries(args).map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
    const response = await post(method, form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Bearer ${token}`,
    });
    return parse(await response.text());
  };

  const connect: ScriptedApp['connect'] = async () => {
    const opened = await call('apps.connections.open', {}, slack.appToken);
    const socket = new WebSocket(String(opened.url));
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const message = parse(data.toString());
      if (typeof message.envelope_id !== 'string') return;
      const envelope = {
        type: String(message.type),
        payload: isJson(message.payload) ? message.payload : {},
        retryAttempt: message.retry_attempt,
        acceptsAnswer: message.accepts_response_payload,
      };
      envelopes.push(envelope);
      const payload = respond(envelope);
      if (payload !== silence) socket.send(JSON.stringify({ envelope_id: message.envelope_id, payload }));
    });
    await once(socket, 'message');
    return socket;
  };

  await connect();
  return {
    slack,
    clock,
    envelopes,
    answer: (with_) => {
      respond = with_;
    },
    call,
    post,
    lastTrigger: () => String(envelopes.at(-1)?.payload.trigger_id),
    connect,
    close: () => slack.close(),
  };
}

export const plain = (text: string) => ({ type: 'plain_text', text });
export const section = (text: string, more: Json = {}) => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...more,
});
export const button = (actionId: string, more: Json = {}) => ({
  type: 'button',
  action_id: actionId,
  text: plain('Press'),
  ...more,
});
export const modal = (blocks: readonly Json[], more: Json = {}) => ({
  type: 'modal',
  title: plain('Submit'),
  submit: plain('Submit'),
  blocks,
  ...more,
});
export const textInput = (blockId: string, more: Json = {}, element: Json = {}) => ({
  type: 'input',
  block_id: blockId,
  label: plain(blockId),
  element: { type: 'plain_text_input', action_id: 'text', ...element },
  ...more,
});
