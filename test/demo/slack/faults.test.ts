import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { type ScriptedApp, scriptedApp } from './scripted-app.ts';

const { ana } = demoPeople;
const { deals, board } = demoChannels;

describe('A fault', () => {
  let app: ScriptedApp;
  beforeEach(async () => {
    app = await scriptedApp();
  });
  afterEach(() => app.close());
  const post = (channel: string = deals) => app.call('chat.postMessage', { channel, text: 'Hi' });

  test('happens as often as it was asked for', async () => {
    app.slack.injectFault({
      method: 'chat.postMessage',
      times: 2,
      kind: { type: 'error', error: 'internal_error' },
    });
    expect(await post()).toEqual({ ok: false, error: 'internal_error' });
    expect(await post()).toMatchObject({ ok: false });
    expect(await post()).toMatchObject({ ok: true });
  });

  test('happens until it is removed, in its channel only', async () => {
    app.slack.join(board, app.slack.botUserId);
    const remove = app.slack.injectFault({ channel: deals, kind: { type: 'error', error: 'fatal_error' } });
    expect(await post()).toMatchObject({ error: 'fatal_error' });
    expect(await post(board)).toMatchObject({ ok: true });
    remove();
    expect(await post()).toMatchObject({ ok: true });
  });

  test('happens only to calls that carry what it is about', async () => {
    const parent = await post();
    app.slack.injectFault({
      method: 'chat.postMessage',
      carrying: 'thread_ts',
      kind: { type: 'error', error: 'cannot_reply_to_message' },
    });
    expect(await post()).toMatchObject({ ok: true });
    const reply = { channel: deals, text: 'Hi', thread_ts: parent.ts };
    expect(await app.call('chat.postMessage', reply)).toMatchObject({ error: 'cannot_reply_to_message' });
  });

  test('can carry Slack’s explanations', async () => {
    app.slack.injectFault({
      kind: { type: 'error', error: 'invalid_arguments', messages: ['`trigger_id` expired'] },
    });
    expect(await app.call('views.open', {})).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['`trigger_id` expired'] },
    });
    app.slack.clearFaults();
    expect(await post()).toMatchObject({ ok: true });
  });

  test('429 and 500 come as such', async () => {
    const headers = { authorization: `Bearer ${app.slack.botToken}` };
    app.slack.injectFault({ times: 1, kind: { type: 'rate-limit', retryAfterSeconds: 7 } });
    const limited = await app.post('auth.test', '', headers);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    app.slack.injectFault({ times: 1, kind: { type: 'http-500' } });
    expect((await app.post('auth.test', '', headers)).status).toBe(500);
  });

  test('a reset loses the answer, with or without its effect', async () => {
    const reset = (execute: boolean) =>
      app.slack.injectFault({ method: 'chat.postMessage', times: 1, kind: { type: 'reset', execute } });
    reset(false);
    await expect(post()).rejects.toThrow();
    expect(app.slack.messages(deals)).toHaveLength(0);
    reset(true);
    await expect(post()).rejects.toThrow();
    expect(app.slack.messages(deals)).toHaveLength(1);
  });

  test('latency passes on the clock', async () => {
    app.slack.injectFault({ method: 'chat.postMessage', kind: { type: 'latency', ms: 5000 } });
    const pending = post();
    const order: string[] = [];
    pending.then(() => order.push('posted'));
    while (!app.clock.due().includes(5000)) await new Promise((resolve) => setImmediate(resolve));
    order.push('waited');
    app.clock.advance(5000);
    await pending;
    expect(order).toEqual(['waited', 'posted']);
  });

  test('hits a response_url by its name and channel', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    app.slack.injectFault({ method: 'response_url', channel: deals, kind: { type: 'http-500' } });
    const url = String(app.envelopes[0]?.payload.response_url);
    const answer = await app.post(url, '{"text":"Hi"}', { 'content-type': 'application/json' });
    expect(answer.status).toBe(500);
    expect(app.slack.messages(deals)).toEqual([]);
  });
});

test('with rate limits on, a channel takes about one message a second, and each channel has its own', async () => {
  const app = await scriptedApp({ rateLimits: true });
  app.slack.join(board, app.slack.botUserId);
  const post = (channel: string) => app.call('chat.postMessage', { channel, text: 'Hi' });
  const burst = [];
  for (const _ of [1, 2, 3, 4]) burst.push((await post(deals)).error);
  expect(burst).toEqual([undefined, undefined, undefined, 'ratelimited']);
  expect(await post(board)).toMatchObject({ ok: true });
  app.clock.advance(1000);
  expect(await post(deals)).toMatchObject({ ok: true });
  expect(await post(deals)).toMatchObject({ error: 'ratelimited' });
  await app.close();
});
