import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createPartnerCentral, type PartnerCentral } from '../../src/aws/operations.ts';

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Counts connections from 1: equal numbers came over the same one. */
  readonly connection: number;
}

/** Plays AWS for one request. */
export type Play = (response: http.ServerResponse) => void;

export interface ScriptedServer {
  readonly endpoint: URL;
  readonly received: readonly ReceivedRequest[];
}

/** Plays one part for each request, in order; the last one again for every request after it. */
export async function scriptedServer(
  plays: readonly Play[],
  tls?: { readonly key: string; readonly cert: string },
): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = [];
  const connections = new Map<Socket, number>();
  const listener: http.RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    received.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: Object.fromEntries(headers),
      body,
      connection: connections.get(request.socket) ?? 0,
    });
    plays[Math.min(received.length, plays.length) - 1]?.(response);
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    connections.set(socket, connections.size + 1);
  });
  const { port } = await listening(server);
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return {
    endpoint: new URL(`${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`),
    received,
  };
}

/** Any free port of loopback. */
export function listening(server: {
  listen(port: number, host: string, ready: () => void): unknown;
  address(): AddressInfo | string | null;
}): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('No port.'));
      else resolve(address);
    });
  });
}

/** AWS's answer with this status, body and headers; with a request ID unless told otherwise. */
export function answer(
  status: number,
  body: string | object,
  headers: Readonly<Record<string, string>> = { 'x-amzn-requestid': 'req-1' },
): Play {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Says what the body's length would be and ends after less. */
export function cutOff(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Play {
  return (response) => {
    response.writeHead(status, {
      'content-length': body.length + 100,
      'x-amzn-requestid': 'req-1',
      ...headers,
    });
    response.write(body, () => response.socket?.end());
  };
}

export const hang: Play = () => {};
export const reset: Play = (response) => response.socket?.resetAndDestroy();

export const testCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret-example',
  sessionToken: 'session-token-example',
} as const;

export const testInstant = new Date('2026-11-21T10:11:12.345Z');

/** A client of `endpoint` whose clock stands still; closed when the test is over. */
export function clientOf(
  endpoint: URL,
  options: Partial<Parameters<typeof createPartnerCentral>[0]> = {},
): PartnerCentral {
  const partnerCentral = createPartnerCentral({
    endpoint,
    region: 'us-east-1',
    credentials: async () => testCredentials,
    clock: { now: () => testInstant, monotonic: () => 0, after: () => () => {} },
    userAgent: 'submit-opportunity-bot|submit-opportunity-bot/0.0.0',
    ...options,
  });
  onTestFinished(() => partnerCentral.close());
  return partnerCentral;
}

/** For a write whose time isn't what is tested. */
export const AT_ANY_TIME = { maySend: () => true } as const;

export const submission = {
  Catalog: 'Sandbox',
  Identifier: 'O123',
  InvolvementType: 'Co-Sell',
  Visibility: 'Full',
} as const;
