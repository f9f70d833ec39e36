import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../src/clock.ts';
import { fromJson, isObject, type JsonObject } from '../json.ts';
import type { Kind, Retry } from './http-delivery.ts';
import { newSecret } from './ids.ts';
import type { Acknowledgement, DisconnectReason } from './stand-in.ts';

/** Slack's own rhythm is slower; the client gives up after 30 s without a ping. */
const PING_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 3000;
/** Of one app. https://docs.slack.dev/apis/events-api/using-socket-mode/#connections */
const MOST_SOCKETS = 10;

/** Observed: false for a global shortcut and for events (slackapi/bolt-python#772, bolt-js#2487); of the others nothing. */
const acceptsAnswer = (kind: Kind, payload: JsonObject): boolean =>
  kind !== 'events_api' && payload.type !== 'shortcut';

export type SocketMode = ReturnType<typeof createSocketMode>;

interface Waiting {
  readonly socket: WebSocket;
  readonly settle: (outcome: Acknowledgement) => void;
  readonly sentAt: number;
}

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode/ */
export function createSocketMode(clock: Clock, appId: string, changed: () => void) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const sockets = new Set<WebSocket>();
  /** Those that were cut: still registered, they get what nobody reads. */
  const ghosts = new Set<WebSocket>();
  const waiting = new Map<string, Waiting>();
  let turn = 0;

  const receive = (text: string): void => {
    const answer = fromJson(text);
    if (!isObject(answer) || typeof answer.envelope_id !== 'string') return;
    const entry = waiting.get(answer.envelope_id);
    entry?.settle({
      acknowledged: true,
      afterMs: clock.monotonic() - entry.sentAt,
      payload: answer.payload,
    });
  };

  const drop = (socket: WebSocket): void => {
    sockets.delete(socket);
    for (const entry of [...waiting.values()])
      if (entry.socket === socket)
        entry.settle({ acknowledged: false, error: 'dispatch_failed', reason: 'the socket closed' });
    changed();
  };

  const ask = (socket: WebSocket, reason: DisconnectReason): void =>
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));

  const welcome = (socket: WebSocket): void => {
    socket.on('error', () => socket.terminate());
    if (sockets.size >= MOST_SOCKETS) {
      ask(socket, 'too_many_websockets');
      return;
    }
    sockets.add(socket);
    socket.on('message', (data) => receive(data.toString()));
    socket.on('close', () => {
      if (!ghosts.has(socket)) drop(socket);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.size,
        connection_info: { app_id: appId },
        debug_info: { host: 'applink-stand-in', approximate_connection_time: 18060 },
      }),
    );
    changed();
  };

  const pings = setInterval(() => {
    for (const socket of sockets) socket.ping(`Ping from ${appId}`);
  }, PING_EVERY_MS);
  pings.unref();

  const deliver = (kind: Kind, payload: JsonObject, retry?: Retry): Promise<Acknowledgement> => {
    // A socket that is closing takes nothing any more. Slack doesn't know that one was cut.
    const open = [...sockets].filter((socket) => ghosts.has(socket) || socket.readyState === WebSocket.OPEN);
    const socket = open[turn % Math.max(open.length, 1)];
    turn += 1;
    if (socket === undefined)
      return Promise.resolve({
        acknowledged: false,
        error: 'dispatch_failed',
        reason: 'no Socket Mode client is connected',
      });
    const envelopeId = randomUUID();
    return new Promise((resolve) => {
      const settle = (outcome: Acknowledgement): void => {
        stopTimer();
        waiting.delete(envelopeId);
        resolve(outcome);
      };
      const stopTimer = clock.after(ANSWER_WITHIN_MS, () =>
        settle({ acknowledged: false, error: 'operation_timeout' }),
      );
      waiting.set(envelopeId, { socket, settle, sentAt: clock.monotonic() });
      socket.send(
        JSON.stringify({
          envelope_id: envelopeId,
          type: kind,
          payload,
          accepts_response_payload: acceptsAnswer(kind, payload),
          ...(kind === 'events_api'
            ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
            : {}),
        }),
      );
    });
  };

  return {
    /** An address for one connection, for `apps.connections.open`. */
    newAddress: (host: string): string => {
      const ticket = newSecret(32);
      tickets.add(ticket);
      return `ws://${host}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    /** Takes a connection over; refuses one whose address wasn't given out or was used. */
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    isConnected: (): boolean => sockets.size > ghosts.size,
    disconnect: (reason: DisconnectReason | undefined): void => {
      for (const socket of [...sockets]) {
        if (reason === undefined) {
          // Gone from here on: what is delivered next must not go into a socket that is closing.
          drop(socket);
          socket.terminate();
        } else ask(socket, reason);
      }
    },
    /** Ends the connections without unregistering them. */
    cut: (): void => {
      for (const socket of sockets) {
        ghosts.add(socket);
        socket.terminate();
      }
      changed();
    },
    deliver,
    close: (): void => {
      clearInterval(pings);
      for (const socket of [...sockets]) drop(socket);
      // Those that were refused are among them.
      for (const client of server.clients) {
        client.close(1001);
        client.terminate();
      }
      server.close();
    },
  };
}
