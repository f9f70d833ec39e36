import { createServer, type IncomingMessage } from 'node:http';
import { request } from 'undici';
import { listening } from '../aws/scripted-server.ts';
import type { Workspace } from '../e2e/workspace.ts';

type Kind = Parameters<Workspace['slack']['deliver']>[0];

/** What Slack sent to the bot, as it can be delivered once more, changed or not. */
export interface Captured {
  readonly kind: Kind;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Stands between Slack and the bot from now on, and keeps what goes through. */
export async function captureDeliveries({ slack, port }: Workspace): Promise<{
  readonly captured: readonly Captured[];
  /** The same as it went over the wire. */
  readonly raw: readonly { readonly headers: Record<string, string>; readonly body: string }[];
  close(): Promise<void>;
}> {
  const captured: Captured[] = [];
  const raw: { readonly headers: Record<string, string>; readonly body: string }[] = [];
  const server = createServer(async (incoming, response) => {
    const body = await textOf(incoming);
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = incoming.headers;
    captured.push(read(headers['content-type'] ?? '', body));
    const names = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    raw.push({ headers: Object.fromEntries(names), body });
    const answer = await request(`http://127.0.0.1:${port()}/slack/events`, {
      method: 'POST',
      headers,
      body,
    });
    response.writeHead(answer.statusCode, {
      'content-type': String(answer.headers['content-type'] ?? 'text/plain'),
    });
    response.end(await answer.body.text());
  });
  const { port: own } = await listening(server);
  slack.deliverTo(`http://127.0.0.1:${own}`);
  return {
    captured,
    raw,
    close: async () => {
      slack.deliverTo(`http://127.0.0.1:${port()}/slack/events`);
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  return body;
}

function read(type: string, body: string): Captured {
  if (type.startsWith('application/json')) return { kind: 'events_api', payload: JSON.parse(body) };
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload === undefined
    ? { kind: 'slash_commands', payload: form }
    : { kind: 'interactive', payload: JSON.parse(form.payload) };
}
