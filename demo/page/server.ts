import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { fromJson } from '../json.ts';
import { type JumpClock, jumpClock } from '../jump-clock.ts';
import { listenOnLoopback } from '../loopback.ts';
import type { PartnerCentralStandIn } from '../partner-central/stand-in.ts';
import type { SlackStandIn } from '../slack/stand-in.ts';
import { pageAction, perform } from './actions.ts';
import { faultSwitches } from './faults.ts';
import { switchableReviewer } from './reviewer.ts';
import { type PageSources, type Purposes, pageState, reviewStatuses, viewers } from './state.ts';

export interface PageOptions {
  readonly slack: SlackStandIn;
  readonly partnerCentral: PartnerCentralStandIn;
  /** The clock of everything behind the page, which the page puts forward. */
  readonly clock?: JumpClock;
  /** Any free port where it is taken or 0 (the default). */
  readonly port?: number;
  readonly purposes?: Purposes;
  /** Milliseconds that the automatic reviewer leaves an opportunity in each status. */
  readonly reviewPauseMs?: number;
}

export interface Page {
  /** e.g. `http://127.0.0.1:3030/`. */
  readonly url: string;
  close(): Promise<void>;
}

const publicFolder = new URL('./public/', import.meta.url);
const bodyLimit = 100_000;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/**
 * Serves the demo's page on loopback: its files, `GET /api/state?user=U…`, `POST /api/act` and, as
 * server-sent events, `GET /api/events`. It answers requests made to its own address only, so that another
 * site open in the same browser can neither read it nor press its buttons.
 */
export async function startPage(options: PageOptions): Promise<Page> {
  const { slack, partnerCentral, clock = jumpClock(), port = 0, reviewPauseMs = 6000 } = options;
  const stream = changeStream();
  const faults = faultSwitches(slack, partnerCentral);
  const reviewer = switchableReviewer(partnerCentral, clock, reviewPauseMs);
  const sources: PageSources = {
    slack,
    partnerCentral,
    faults,
    reviewer,
    clock,
    purposes: options.purposes ?? new Map(),
    statusesAtStart: reviewStatuses(partnerCentral),
    startedAt: clock.now().toISOString(),
  };
  const unsubscribe = [slack.onChange(stream.changed), partnerCentral.onChange(stream.changed)];

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: String(error) });
      else response.destroy();
    });
  });

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnAddress(request, listening.port))
      return sendJson(response, 403, { error: 'wrong host or origin' });
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'POST' && pathname === '/api/act') return await act(request, response);
    if (request.method !== 'GET') return sendJson(response, 405, { error: 'method not allowed' });
    if (pathname === '/api/events') return stream.open(response, securityHeaders);
    if (pathname === '/api/state') {
      const people = viewers(slack);
      const viewer = people.find((id) => id === searchParams.get('user')) ?? people[0];
      return viewer === undefined
        ? sendJson(response, 500, { error: 'the workspace is empty' })
        : sendJson(response, 200, pageState(sources, viewer));
    }
    await sendFile(response, pathname);
  };

  const act = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers['content-type'] !== 'application/json') {
      return sendJson(response, 415, { error: 'application/json only' });
    }
    const body = await readBody(request);
    if (body === undefined) return sendJson(response, 413, { error: 'too large' });
    const action = pageAction.safeParse(fromJson(body));
    if (!action.success) return sendJson(response, 400, { error: action.error.message });
    const result = await perform(sources, action.data);
    stream.changed();
    sendJson(response, 200, result);
  };

  const listening = await listenOnLoopback(server, port).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return listenOnLoopback(server, 0);
  });

  return {
    url: `http://127.0.0.1:${listening.port}/`,
    close: async () => {
      for (const stop of unsubscribe) stop();
      reviewer.setAutomatic(false);
      stream.close();
      await listening.close();
    },
  };
}

/** A page of another site can send requests here, also under a name of its own that resolves to 127.0.0.1. */
function isOwnAddress({ headers }: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = headers;
  return host !== undefined && hosts.includes(host) && (origin === undefined || origin === `http://${host}`);
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function sendFile(response: ServerResponse, pathname: string): Promise<void> {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const contentType = contentTypes[extname(name)];
  const content =
    contentType !== undefined && /^[a-z-]+\.[a-z]+$/.test(name)
      ? await readFile(new URL(name, publicFolder)).catch(() => undefined)
      : undefined;
  if (content === undefined) return sendJson(response, 404, { error: 'not found' });
  response.writeHead(200, { ...securityHeaders, 'content-type': contentType });
  response.end(content);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/**
 * Tells every open page that something changed; each then asks for the state itself. Server-sent events
 * (`text/event-stream`), one kind only: `changed`.
 */
function changeStream() {
  const listeners = new Set<ServerResponse>();
  let telling = false;
  return {
    open: (response: ServerResponse, headers: Readonly<Record<string, string>>): void => {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      response.write('retry: 1000\nevent: changed\ndata: {}\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    /** Several changes within one turn of the event loop are told once. */
    changed: (): void => {
      if (telling) return;
      telling = true;
      setImmediate(() => {
        telling = false;
        for (const response of listeners) response.write('event: changed\ndata: {}\n\n');
      });
    },
    close: (): void => {
      for (const response of listeners) response.end();
      listeners.clear();
    },
  };
}
