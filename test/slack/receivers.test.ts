import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { jumpClock } from '../../demo/jump-clock.ts';
import { portOf } from '../../src/observability/health.ts';
import { createLog } from '../../src/observability/log.ts';
import { boltLogger, createSocket } from '../../src/slack/receivers.ts';

const clean = new Set<() => void>();
afterEach(() => {
  for (const end of clean) end();
  clean.clear();
});

/** A Slack that gives out sockets, and what is made of each: `welcome` gets it with its number, from 1. */
async function slackThat(welcome: (socket: WebSocket, number: number) => void) {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${portOf(server)}/link` }));
  }).listen(0, '127.0.0.1');
  let count = 0;
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (opened) => {
      count += 1;
      welcome(opened, count);
    }),
  );
  await once(server, 'listening');
  clean.add(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
  });
  const clock = jumpClock();
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const socket: ReturnType<typeof createSocket> = createSocket({
    appToken: 'xapp-test',
    apiUrl: `http://127.0.0.1:${portOf(server)}/api/`,
    mostCounted: 1,
    clock,
    log,
    logger: boltLogger(log),
  });
  return { socket, clock, count: () => count, open: () => sockets.clients.size, log: () => lines.join('') };
}

const hello = (socket: WebSocket) => socket.send(JSON.stringify({ type: 'hello' }));

test('a socket on which no hello comes is given up for another one', async () => {
  const slack = await slackThat((socket, number) => {
    if (number > 1) hello(socket);
  });
  const opened = slack.socket.open();
  await expect.poll(slack.count).toBe(1);
  expect(slack.socket.stands()).toBe(false);
  slack.clock.jump(8000);
  await expect.poll(slack.log).toContain('could not be opened');
  slack.clock.jump(1000);
  await opened;
  expect(slack.socket.stands()).toBe(true);
  await expect.poll(slack.open).toBe(1);
  // Its time was not taken for that of the one that stands.
  slack.clock.jump(60_000);
  expect(slack.socket.stands()).toBe(true);
  await slack.socket.close();
});

test('one that is closed is not opened again', async () => {
  const slack = await slackThat(hello);
  await slack.socket.open();
  await slack.socket.close();
  expect(slack.socket.stands()).toBe(false);
  slack.clock.jump(60_000);
  await expect.poll(slack.open).toBe(0);
  expect(slack.count()).toBe(1);
});

test('closed while its address is on the way, it does not stay', async () => {
  const slack = await slackThat(hello);
  const opened = slack.socket.open();
  await slack.socket.close();
  await opened;
  await expect.poll(slack.open).toBe(0);
  slack.clock.jump(60_000);
  await expect.poll(slack.open).toBe(0);
  expect(slack.socket.stands()).toBe(false);
});
