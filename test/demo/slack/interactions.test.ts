import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { at, button, type Json, plain, type ScriptedApp, scriptedApp, section } from './scripted-app.ts';

const { ana, ben, gus, sam } = demoPeople;
const { deals, general, board } = demoChannels;

let app: ScriptedApp;
beforeEach(async () => {
  app = await scriptedApp();
});
afterEach(() => app.close());

async function respond(body: Json): Promise<{ readonly status: number; readonly body: string }> {
  const url = String(
    app.envelopes.findLast(({ payload }) => 'response_url' in payload)?.payload.response_url,
  );
  const response = await app.post(url, JSON.stringify(body), { 'content-type': 'application/json' });
  return { status: response.status, body: await response.text() };
}

async function postWithButton(threadTs?: string): Promise<string> {
  const posted = await app.call('chat.postMessage', {
    channel: deals,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    text: 'Approval pending',
    blocks: [
      section('Approval pending'),
      {
        type: 'actions',
        block_id: 'buttons',
        elements: [
          button('check', { value: 'S1' }),
          button('open', { url: 'https://example.com/' }),
          {
            type: 'overflow',
            action_id: 'more',
            options: [{ text: plain('Details'), value: 'details' }],
          },
        ],
      },
    ],
  });
  return String(posted.ts);
}

describe('A slash command', () => {
  test('arrives in Slack’s shape', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: ' O123 ' });
    expect(app.envelopes.at(-1)).toMatchObject({
      type: 'slash_commands',
      payload: {
        command: '/submit-opportunity',
        text: 'O123',
        user_id: ana,
        user_name: 'ana',
        channel_id: deals,
        channel_name: 'deals',
        team_id: app.slack.team.id,
        api_app_id: app.slack.appId,
        is_enterprise_install: 'false',
        trigger_id: expect.stringMatching(/^\d+\.\d+\.\w+$/),
        response_url: expect.stringContaining('http://127.0.0.1:'),
      },
    });
  });

  test('a private channel and a DM don’t give their names away', async () => {
    await app.slack.slashCommand({ user: ana, channel: board, text: '' });
    expect(app.envelopes.at(-1)?.payload.channel_name).toBe('privategroup');
    await app.slack.slashCommand({ user: ana, channel: app.slack.directMessage(ana).id, text: '' });
    expect(app.envelopes.at(-1)?.payload.channel_name).toBe('directmessage');
  });

  test('can’t be used in a thread, nor where the person isn’t', async () => {
    await expect(
      app.slack.slashCommand({ user: ana, channel: deals, text: '', threadTs: '1.2' }),
    ).rejects.toThrow('threads');
    await expect(app.slack.slashCommand({ user: gus, channel: board, text: '' })).rejects.toThrow(
      "isn't in #board",
    );
  });

  test('comes from a stranger with their own workspace’s ID', async () => {
    await app.slack.slashCommand({ user: sam, channel: deals, text: '' });
    expect(app.envelopes.at(-1)?.payload.team_id).toBe('T07ELSEWHER');
  });

  test('answered with a text, shows it to the person alone', async () => {
    app.answer(() => ({ text: 'Help', response_type: 'ephemeral' }));
    await app.slack.slashCommand({ user: ana, channel: deals, text: 'help' });
    expect(app.slack.messages(deals, ana)).toMatchObject([{ text: 'Help', ephemeralTo: ana }]);
    expect(app.slack.messages(deals, ben)).toEqual([]);
  });
});

describe('A button', () => {
  test('arrives with its message, channel and state', async () => {
    const ts = await postWithButton();
    await app.slack.clickButton({ user: ben, channel: deals, ts, actionId: 'check' });
    expect(app.envelopes.at(-1)).toMatchObject({
      type: 'interactive',
      payload: {
        type: 'block_actions',
        user: { id: ben, team_id: app.slack.team.id },
        container: { type: 'message', message_ts: ts, channel_id: deals, is_ephemeral: false },
        channel: { id: deals, name: 'deals' },
        message: { ts, text: 'Approval pending', bot_id: expect.any(String) },
        state: { values: {} },
        actions: [{ type: 'button', action_id: 'check', block_id: 'buttons', value: 'S1' }],
      },
    });
  });

  test('on a screen that is behind: the app gets what was pressed, with the message as it is now', async () => {
    const blocks = (value: string) => [{ type: 'actions', elements: [button('check', { value })] }];
    const posted = await app.call('chat.postMessage', { channel: deals, text: 'Old', blocks: blocks('S1') });
    const ts = String(posted.ts);
    const [seen] = app.slack.messages(deals);
    await app.call('chat.update', { channel: deals, ts, text: 'New', blocks: blocks('S2') });
    if (seen === undefined) throw new Error('There is no message.');
    await app.slack.clickButton({ user: ana, channel: deals, ts, actionId: 'check', seen });
    const [old, now] = [seen, app.slack.messages(deals)[0]].map((message) => message?.blocks[0]?.block_id);
    // The app set none: Slack makes new ones with each update.
    expect(now).not.toBe(old);
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      message: { ts, text: 'New' },
      actions: [{ action_id: 'check', block_id: old, value: 'S1' }],
    });
  });

  test('with an address tells the app too', async () => {
    const ts = await postWithButton();
    await app.slack.clickButton({ user: ana, channel: deals, ts, actionId: 'open' });
    expect(app.envelopes.at(-1)?.payload).toMatchObject({ actions: [{ url: 'https://example.com/' }] });
  });

  test('of an ephemeral message comes without the message', async () => {
    const blocks = [{ type: 'actions', elements: [button('check')] }];
    const { message_ts } = await app.call('chat.postEphemeral', {
      channel: deals,
      user: ana,
      text: 'Hi',
      blocks,
    });
    const ts = String(message_ts);
    await app.slack.clickButton({ user: ana, channel: deals, ts, actionId: 'check' });
    expect(app.envelopes.at(-1)?.payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(app.envelopes.at(-1)?.payload).not.toHaveProperty('message');
    await expect(app.slack.clickButton({ user: ben, channel: deals, ts, actionId: 'check' })).rejects.toThrow(
      'sees no message',
    );
  });

  test('that isn’t there can’t be pressed; a menu needs a choice', async () => {
    const ts = await postWithButton();
    const press = { user: ana, channel: deals, ts };
    await expect(app.slack.clickButton({ ...press, actionId: 'nothing' })).rejects.toThrow(
      'only: check, open, more',
    );
    await expect(app.slack.clickButton({ ...press, actionId: 'more' })).rejects.toThrow('say which value');
    await app.slack.clickButton({ ...press, actionId: 'more', value: 'details' });
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      actions: [{ type: 'overflow', selected_option: { value: 'details' } }],
    });
  });
});

describe('A response_url', () => {
  test('works five times, in a channel the bot isn’t in', async () => {
    await app.slack.slashCommand({ user: ana, channel: general, text: '' });
    for (const _ of [1, 2, 3, 4]) expect(await respond({ text: 'Hi' })).toEqual({ status: 200, body: 'ok' });
    expect(await respond({ text: 'All', response_type: 'in_channel' })).toMatchObject({ status: 200 });
    expect(await respond({ text: 'Hi' })).toEqual({
      status: 404,
      body: JSON.stringify({ ok: false, error: 'used_url' }),
    });
    expect(app.slack.messages(general, ben)).toMatchObject([{ text: 'All', via: 'response_url' }]);
    expect(app.slack.messages(general, ana)).toHaveLength(5);
    expect(app.slack.calls('response_url').map((call) => call.ok)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test('lives 30 minutes', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    app.clock.advance(30 * 60 * 1000 + 1);
    expect(await respond({ text: 'Hi' })).toMatchObject({
      status: 404,
      body: expect.stringContaining('expired_url'),
    });
  });

  test('replaces and deletes the message of the button', async () => {
    const ts = await postWithButton();
    await app.slack.clickButton({ user: ana, channel: deals, ts, actionId: 'check' });
    await respond({ replace_original: true, text: 'Approved' });
    expect(app.slack.messages(deals)).toMatchObject([{ ts, text: 'Approved', blocks: [], edited: true }]);
    await respond({ delete_original: true });
    expect(app.slack.messages(deals, ana)).toEqual([]);
    expect(await respond({ replace_original: true, text: 'Too late' })).toMatchObject({ status: 404 });
  });

  test('answers in the channel where it names no thread, though the button is in one', async () => {
    const parent = await app.slack.say({ user: ben, channel: deals, text: 'Look' });
    const ts = await postWithButton(parent.ts);
    await app.slack.clickButton({ user: ana, channel: deals, ts, actionId: 'check' });
    expect(app.envelopes.at(-1)?.payload).toMatchObject({ container: { thread_ts: parent.ts } });
    await respond({ text: 'Here' });
    await respond({ text: 'There', thread_ts: parent.ts, replace_original: false });
    const answers = app.slack.messages(deals, ana).filter(({ via }) => via === 'response_url');
    expect(answers.map(({ text, threadTs }) => [text, threadTs])).toEqual([
      ['Here', undefined],
      ['There', parent.ts],
    ]);
  });

  test('with a thread, overwrites the message of the button unless told not to', async () => {
    const parent = await app.slack.say({ user: ben, channel: deals, text: 'Look' });
    const ts = await postWithButton(parent.ts);
    await app.slack.clickButton({ user: ana, channel: deals, ts, actionId: 'check' });
    await respond({ text: 'There', thread_ts: parent.ts });
    expect(app.slack.messages(deals).at(-1)).toMatchObject({ ts, text: 'There', edited: true });
  });

  test('of a message that has replies: the payload carries its own ts as thread_ts', async () => {
    const ts = await postWithButton();
    await app.slack.say({ user: ben, channel: deals, text: 'Well?', threadTs: ts });
    await app.slack.clickButton({ user: ana, channel: deals, ts, actionId: 'check' });
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      container: { message_ts: ts, thread_ts: ts },
      message: { ts, thread_ts: ts },
    });
  });

  test('takes blocks that chat.postMessage refuses for their length', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    const blocks = Array.from({ length: 5 }, () => section('x'.repeat(3000)));
    expect(await app.call('chat.postMessage', { channel: deals, text: 'Long', blocks })).toMatchObject({
      error: 'msg_blocks_too_long',
    });
    expect(await respond({ text: 'Long', blocks })).toEqual({ status: 200, body: 'ok' });
  });

  test('refuses what a message can’t hold', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    expect(await respond({})).toMatchObject({ status: 400, body: expect.stringContaining('no_text') });
    expect(await respond({ blocks: [{ type: 'sektion' }] })).toMatchObject({
      status: 400,
      body: expect.stringContaining('invalid_blocks'),
    });
  });
});

describe('A message shortcut', () => {
  test('brings the message along, and its thread', async () => {
    const parent = await app.slack.say({ user: ben, channel: general, text: 'Look' });
    const { ts } = await app.slack.say({
      user: ben,
      channel: general,
      text: 'Is O123 ready?',
      threadTs: parent.ts,
    });
    await app.slack.messageShortcut({ user: ana, channel: general, ts, callbackId: 'submit_opportunity' });
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      type: 'message_action',
      callback_id: 'submit_opportunity',
      message_ts: ts,
      channel: { id: general },
      message: { text: 'Is O123 ready?', thread_ts: parent.ts, user: ben },
      trigger_id: expect.any(String),
      response_url: expect.any(String),
    });
  });
});

describe('A mention', () => {
  test('reaches the app where it is in the channel, and nowhere else', async () => {
    const text = `<@${app.slack.botUserId}> O123`;
    await app.slack.say({ user: ana, channel: general, text });
    expect(app.envelopes).toEqual([]);
    const said = await app.slack.say({ user: ana, channel: deals, text });
    expect(app.envelopes).toMatchObject([
      {
        type: 'events_api',
        payload: {
          type: 'event_callback',
          event: { type: 'app_mention', user: ana, ts: said.ts, channel: deals },
        },
      },
    ]);
  });

  test('that is edited comes again: another event_id, the same ts, and when it was', async () => {
    const edit = async (ts: string, text: string) => {
      app.clock.advance(5000);
      await app.slack.editMessage({ user: ana, channel: deals, ts, text });
      return app.envelopes.at(-1)?.payload;
    };
    const { ts } = await app.slack.say({ user: ana, channel: deals, text: 'O123' });
    const first = await edit(ts, `<@${app.slack.botUserId}> O123`);
    const second = await edit(ts, `<@${app.slack.botUserId}> O124`);
    expect(second).toMatchObject({
      event: { type: 'app_mention', ts, edited: { user: ana }, text: `<@${app.slack.botUserId}> O124` },
    });
    expect(second?.event_id).not.toBe(first?.event_id);
    expect(at(second, 'event', 'event_ts')).toBe(at(second, 'event', 'edited', 'ts'));
    expect(Number(at(second, 'event', 'event_ts'))).toBeGreaterThan(Number(ts));
    await edit(ts, 'never mind');
    expect(app.envelopes).toHaveLength(2);
    await expect(app.slack.editMessage({ user: ben, channel: deals, ts, text: 'mine now' })).rejects.toThrow(
      "didn't write",
    );
  });
});
