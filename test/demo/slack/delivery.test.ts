import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { modal, type ScriptedApp, scriptedApp, silence } from './scripted-app.ts';

const { ana } = demoPeople;
const { deals } = demoChannels;

let app: ScriptedApp;
beforeEach(async () => {
  app = await scriptedApp();
});
afterEach(() => app.close());

async function arrived(count: number, items: readonly unknown[]): Promise<void> {
  while (items.length < count) await new Promise((resolve) => setImmediate(resolve));
}

async function timerDue(ms: number): Promise<void> {
  while (!app.clock.due().includes(ms)) await new Promise((resolve) => setImmediate(resolve));
}

describe('Over Socket Mode', () => {
  test('an app that doesn’t answer within 3 s has timed out, whatever it says later', async () => {
    app.answer(() => silence);
    const pending = app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    await arrived(1, app.envelopes);
    app.clock.advance(2999);
    app.clock.advance(1);
    expect(await pending).toEqual({ acknowledged: false, error: 'operation_timeout' });
  });

  test('how long the answer took is told', async () => {
    app.answer(() => {
      app.clock.advance(1200);
      return undefined;
    });
    expect(await app.slack.slashCommand({ user: ana, channel: deals, text: '' })).toEqual({
      acknowledged: true,
      afterMs: 1200,
      payload: undefined,
    });
  });

  test('an app that loses its socket gets nothing until it is back', async () => {
    app.answer(() => silence);
    const pending = app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    await arrived(1, app.envelopes);
    app.slack.disconnect();
    expect(await pending).toMatchObject({ acknowledged: false, error: 'dispatch_failed' });
    expect(await app.slack.slashCommand({ user: ana, channel: deals, text: '' })).toMatchObject({
      error: 'dispatch_failed',
    });
    app.answer(() => undefined);
    const back = app.slack.connected();
    await app.connect();
    await back;
    expect(await app.slack.slashCommand({ user: ana, channel: deals, text: '' })).toMatchObject({
      acknowledged: true,
    });
  });

  test.each(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'] as const)(
    'an end is announced: %s',
    async (reason) => {
      const socket = await app.connect();
      const message = once(socket, 'message');
      app.slack.disconnect(reason);
      expect(JSON.parse(String((await message)[0]))).toMatchObject({ type: 'disconnect', reason });
    },
  );

  /** What a new socket hears first. */
  const greeting = async () => {
    const { url } = await app.call('apps.connections.open', {}, app.slack.appToken);
    const socket = new WebSocket(String(url));
    const message = await once(socket, 'message');
    return { socket, heard: JSON.parse(String(message[0]?.data)) };
  };

  test('an app has ten sockets, and is asked to close the next one', async () => {
    for (let count = 2; count <= 10; count += 1) {
      expect((await greeting()).heard).toMatchObject({ type: 'hello', num_connections: count });
    }
    expect((await greeting()).heard).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
  });

  test('a socket that was cut still counts, and what is sent to it is lost', async () => {
    app.slack.cutSockets();
    const back = app.slack.connected();
    const { heard, socket } = await greeting();
    await back;
    expect(heard).toMatchObject({ type: 'hello', num_connections: 2 });
    socket.addEventListener('message', ({ data }) => {
      const { envelope_id } = JSON.parse(String(data));
      socket.send(JSON.stringify({ envelope_id }));
    });
    const presses = [1, 2].map(() => app.slack.slashCommand({ user: ana, channel: deals, text: '' }));
    await Promise.race(presses);
    app.clock.advance(3000);
    const outcomes = await Promise.all(presses);
    expect(outcomes.map(({ acknowledged }) => acknowledged).sort()).toEqual([false, true]);
    expect(app.envelopes).toEqual([]);
  });

  test('whether an answer is taken is said: not for an event, nor for a global shortcut', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    await app.slack.deliver('interactive', { type: 'shortcut', callback_id: 'any' });
    await app.slack.sendEvent({ type: 'app_home_opened', user: ana });
    expect(app.envelopes.map(({ acceptsAnswer }) => acceptsAnswer)).toEqual([true, false, false]);
  });

  test('an address for a socket works once', async () => {
    const opened = await app.call('apps.connections.open', {}, app.slack.appToken);
    const url = String(opened.url);
    const first = new WebSocket(url);
    await once(first, 'open');
    const second = new WebSocket(url);
    await once(second, 'error');
    first.close();
  });

  test('any payload can be delivered as it is', async () => {
    await app.slack.deliver('interactive', { type: 'block_actions', actions: [] });
    expect(app.envelopes).toMatchObject([{ type: 'interactive', payload: { actions: [] } }]);
  });
});

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('Over HTTP', () => {
  const received: Received[] = [];
  let answer: (body: string) => { readonly status: number; readonly body: string } | undefined;
  let closeServer: () => Promise<void>;

  beforeEach(async () => {
    received.length = 0;
    answer = () => ({ status: 200, body: '' });
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const body = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, body });
      const given = answer(body);
      if (given !== undefined) response.writeHead(given.status).end(given.body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    app.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    closeServer = () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
  });
  afterEach(() => closeServer());

  test('a command is form-encoded and signed', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: 'O123' });
    const { headers, body } = received[0] ?? { headers: {}, body: '' };
    const timestamp = String(headers['x-slack-request-timestamp']);
    const expected = createHmac('sha256', app.slack.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(Number(timestamp)).toBe(app.clock.now().getTime() / 1000);
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      text: 'O123',
      is_enterprise_install: 'false',
    });
  });

  test('an interaction comes as a payload, and the response’s body is its answer', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    const triggerId = new URLSearchParams(received[0]?.body).get('trigger_id');
    await app.call('views.open', { trigger_id: triggerId, view: modal([]) });
    answer = () => ({ status: 200, body: JSON.stringify({ response_action: 'clear' }) });
    await app.slack.submitView(ana);
    expect(app.slack.view(ana)).toBeUndefined();
    const payload = new URLSearchParams(received[1]?.body).get('payload');
    expect(JSON.parse(payload ?? '')).toMatchObject({ type: 'view_submission' });
  });

  test('another status than 200 is a dispatch_failed, no answer within 3 s an operation_timeout', async () => {
    answer = () => ({ status: 503, body: '' });
    expect(await app.slack.slashCommand({ user: ana, channel: deals, text: '' })).toEqual({
      acknowledged: false,
      error: 'dispatch_failed',
      status: 503,
    });
    answer = () => undefined;
    const pending = app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    await arrived(2, received);
    app.clock.advance(3000);
    expect(await pending).toEqual({ acknowledged: false, error: 'operation_timeout' });
  });

  test('a failed event comes again: at once, after 1 and after 5 minutes', async () => {
    answer = () => ({ status: 500, body: '' });
    await app.slack.sendEvent({ type: 'app_home_opened', user: ana });
    await arrived(2, received);
    await timerDue(60_000);
    app.clock.advance(60_000);
    await arrived(3, received);
    await timerDue(300_000);
    app.clock.advance(300_000);
    await arrived(4, received);
    expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(received[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  test('the address is verified by a challenge', async () => {
    answer = (body) => ({ status: 200, body: JSON.stringify({ challenge: JSON.parse(body).challenge }) });
    expect(await app.slack.verifyUrl()).toBe(true);
    answer = () => ({ status: 200, body: 'hello' });
    expect(await app.slack.verifyUrl()).toBe(false);
  });
});

test('closing ends sockets, whoever waits, and requests that hang', async () => {
  const closing = await scriptedApp();
  closing.answer(() => silence);
  closing.slack.injectFault({ method: 'auth.test', kind: { type: 'latency', ms: 1000 } });
  const waiting = expect(closing.slack.waitForMessage(deals, () => true)).rejects.toThrow('closed');
  const pending = closing.slack.slashCommand({ user: ana, channel: deals, text: '' });
  await arrived(1, closing.envelopes);
  const hanging = expect(closing.call('auth.test')).rejects.toThrow();
  await closing.close();
  expect(await pending).toMatchObject({ acknowledged: false, error: 'dispatch_failed' });
  await waiting;
  await hanging;
});
