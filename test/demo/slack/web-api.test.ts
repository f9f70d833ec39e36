import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { at, button, type ScriptedApp, scriptedApp, section } from './scripted-app.ts';

const { ana, ben, gus, sam } = demoPeople;
const { deals, general, board } = demoChannels;
const refused = (error: string) => expect.objectContaining({ ok: false, error });

const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text } });
/** Sections with `length` characters together, of which the last ones are `end`. */
const sections = (length: number, end = '') =>
  [3000, 3000, 3000, length - 9000].map((size, index) =>
    section(index === 3 ? 'x'.repeat(size - end.length) + end : 'x'.repeat(size)),
  );

let app: ScriptedApp;
beforeEach(async () => {
  app = await scriptedApp();
});
afterEach(() => app.close());

describe('Tokens and scopes', () => {
  test('a wrong, missing or other kind of token is refused by its name', async () => {
    expect(await app.call('auth.test', {}, 'xoxb-wrong')).toEqual(refused('invalid_auth'));
    expect(await app.call('auth.test', {}, app.slack.appToken)).toEqual(refused('not_allowed_token_type'));
    expect(await app.call('apps.connections.open')).toEqual(refused('not_allowed_token_type'));
    const response = await app.post('auth.test', '', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(await response.json()).toEqual(refused('not_authed'));
  });

  test('auth.test says who the bot is, and which scopes it has in a header', async () => {
    const response = await app.post('auth.test', '{}', {
      'content-type': 'application/json; charset=utf-8',
      authorization: `Bearer ${app.slack.botToken}`,
    });
    expect(response.headers.get('x-oauth-scopes')).toContain('chat:write');
    expect(await response.json()).toMatchObject({
      ok: true,
      user_id: app.slack.botUserId,
      team_id: app.slack.team.id,
    });
  });

  test('a method whose scope was not granted says which one it needs', async () => {
    const poor = await scriptedApp({ scopes: ['commands', 'chat:write'] });
    expect(await poor.call('users.info', { user: ana })).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'commands,chat:write',
    });
    expect(await poor.call('chat.postMessage', { channel: deals, text: 'Hi' })).toMatchObject({ ok: true });
    await poor.close();
  });

  test('a method nobody knows is an unknown_method', async () => {
    expect(await app.call('chat.shout')).toEqual(refused('unknown_method'));
  });

  test('JSON bodies work as form-encoded ones do, and broken ones are refused', async () => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${app.slack.botToken}`,
    };
    const sent = await app.post(
      'chat.postMessage',
      JSON.stringify({ channel: deals, text: 'Hi', blocks: [section('Hello')] }),
      headers,
    );
    expect(await sent.json()).toMatchObject({ ok: true, channel: deals });
    const broken = await app.post('chat.postMessage', '{"channel":', headers);
    expect(await broken.json()).toEqual(refused('invalid_json'));
  });
});

describe('Posting', () => {
  test.each([
    ['a public channel the bot is not in', general, 'not_in_channel'],
    ['a private channel the bot is not in', board, 'channel_not_found'],
    ['a channel that does not exist', 'C07NOWHERE0', 'channel_not_found'],
  ])('%s', async (_where, channel, error) => {
    expect(await app.call('chat.postMessage', { channel, text: 'Hi' })).toEqual(refused(error));
    expect(app.slack.messages(channel)).toEqual([]);
  });

  test('an archived channel and one where only admins may post', async () => {
    app.slack.archive(deals);
    expect(await app.call('chat.postMessage', { channel: deals, text: 'Hi' })).toEqual(
      refused('is_archived'),
    );
    app.slack.addChannel({
      id: 'C07ADMINS00',
      name: 'announcements',
      kind: 'public',
      members: [app.slack.botUserId],
      restricted: true,
    });
    expect(await app.call('chat.postMessage', { channel: 'C07ADMINS00', text: 'Hi' })).toEqual(
      refused('restricted_action'),
    );
  });

  test('once the bot is invited it can post', async () => {
    app.slack.join(board, app.slack.botUserId);
    expect(await app.call('chat.postMessage', { channel: board, text: 'Hi' })).toMatchObject({ ok: true });
    app.slack.leave(board, app.slack.botUserId);
    expect(await app.call('chat.postMessage', { channel: board, text: 'Hi' })).toEqual(
      refused('channel_not_found'),
    );
  });

  test("a person's ID stands for the DM with them; a DM between others doesn't exist for the bot", async () => {
    const posted = await app.call('chat.postMessage', { channel: ana, text: 'Hi' });
    expect(posted).toMatchObject({ ok: true, channel: app.slack.directMessage(ana).id });
    app.slack.addChannel({ id: 'D07OTHERS00', name: 'directmessage', kind: 'im', members: [ana, ben] });
    expect(await app.call('chat.postMessage', { channel: 'D07OTHERS00', text: 'Hi' })).toEqual(
      refused('channel_not_found'),
    );
  });

  test('a reply goes into the thread, and every message has a later ts', async () => {
    const parent = await app.call('chat.postMessage', { channel: deals, text: 'Parent' });
    const reply = await app.call('chat.postMessage', { channel: deals, text: 'Reply', thread_ts: parent.ts });
    expect(at(reply, 'message', 'thread_ts')).toBe(parent.ts);
    expect(Number(reply.ts)).toBeGreaterThan(Number(parent.ts));
  });

  test('a reply whose parent is gone is posted at the top, and only the missing thread_ts says so', async () => {
    const parent = await app.call('chat.postMessage', { channel: deals, text: 'Parent' });
    app.slack.deleteMessage(deals, String(parent.ts));
    for (const thread_ts of [parent.ts, '1700000000.000100']) {
      const reply = await app.call('chat.postMessage', { channel: deals, text: 'Reply', thread_ts });
      expect(reply).toMatchObject({ ok: true, message: { text: 'Reply' } });
      expect(reply.message).not.toHaveProperty('thread_ts');
      expect(app.slack.messages(deals).at(-1)).toMatchObject({ ts: reply.ts, threadTs: undefined });
    }
  });

  test.each([
    ['as much as was ever taken', [header('Deal'), ...sections(11_236)], true],
    ['as much as was refused', sections(11_341), false],
    ['a header, which counts about 100 more than it says', [header('Deal'), ...sections(11_237)], false],
    ['three signs that count as what Slack makes of them', sections(11_331, '&<>'), false],
    ['one markdown block takes more', [{ type: 'markdown', text: 'x'.repeat(12_000) }], true],
    ['one markdown block full of signs', [{ type: 'markdown', text: '&'.repeat(2660) }], false],
  ])('the text of all blocks together: %s', async (_what, blocks, ok) => {
    const posted = await app.call('chat.postMessage', { channel: deals, text: 'Deal', blocks });
    expect(posted).toMatchObject(ok ? { ok } : { ok, error: 'msg_blocks_too_long' });
  });

  test('nothing to say is no_text; blocks without a text are posted, and recorded', async () => {
    expect(await app.call('chat.postMessage', { channel: deals })).toEqual(refused('no_text'));
    await app.call('chat.postMessage', { channel: deals, blocks: [section('Hello')] });
    await app.call('chat.postMessage', { channel: deals, text: 'Hello', blocks: [section('Hello')] });
    expect(app.slack.calls('chat.postMessage').map((call) => call.warnings)).toEqual([
      [],
      ['missing_text'],
      [],
    ]);
  });

  test('an ephemeral message reaches only its person, who must be in the channel', async () => {
    app.slack.leave(deals, ben);
    const args = { channel: deals, text: 'Psst' };
    expect(await app.call('chat.postEphemeral', { ...args, user: ben })).toEqual(
      refused('user_not_in_channel'),
    );
    await app.call('chat.postEphemeral', { ...args, user: ana });
    expect(app.slack.messages(deals, ana)).toHaveLength(1);
    expect(app.slack.messages(deals, gus)).toHaveLength(0);
  });
});

describe('Changing messages', () => {
  test('a text without blocks takes the blocks away', async () => {
    const { ts } = await app.call('chat.postMessage', {
      channel: deals,
      text: 'One',
      blocks: [section('One')],
    });
    expect(await app.call('chat.update', { channel: deals, ts, text: 'Two' })).toMatchObject({
      ok: true,
      ts,
    });
    expect(app.slack.messages(deals)[0]).toMatchObject({ text: 'Two', blocks: [], edited: true });
  });

  test('only the app’s own, lasting messages can be changed', async () => {
    const said = await app.slack.say({ user: ana, channel: deals, text: 'Mine' });
    expect(await app.call('chat.update', { channel: deals, ts: said.ts, text: 'Ours' })).toEqual(
      refused('cant_update_message'),
    );
    expect(await app.call('chat.delete', { channel: deals, ts: said.ts })).toEqual(
      refused('cant_delete_message'),
    );
    const { message_ts: ts } = await app.call('chat.postEphemeral', {
      channel: deals,
      user: ana,
      text: 'Psst',
    });
    expect(await app.call('chat.update', { channel: deals, ts, text: 'Louder' })).toEqual(
      refused('message_not_found'),
    );
  });

  test('a deleted message is gone, and so is one in an archived channel', async () => {
    const { ts } = await app.call('chat.postMessage', { channel: deals, text: 'One' });
    const link = await app.call('chat.getPermalink', { channel: deals, message_ts: ts });
    expect(link.permalink).toBe(
      `https://harbour-cloud.slack.com/archives/${deals}/p${String(ts).replace('.', '')}`,
    );
    app.slack.archive(deals);
    expect(await app.call('chat.update', { channel: deals, ts, text: 'Two' })).toEqual(
      refused('is_inactive'),
    );
    app.slack.deleteMessage(deals, String(ts));
    expect(app.slack.messages(deals, ana)).toEqual([]);
    expect(await app.call('chat.getPermalink', { channel: deals, message_ts: ts })).toEqual(
      refused('message_not_found'),
    );
  });

  test('a text over 4000 bytes can be posted, not put into an update, with blocks or without', async () => {
    const text = 'é'.repeat(2001);
    const { ok, ts } = await app.call('chat.postMessage', { channel: deals, text });
    expect(ok).toBe(true);
    const update = { channel: deals, ts, text };
    expect(await app.call('chat.update', update)).toEqual(refused('msg_too_long'));
    expect(await app.call('chat.update', { ...update, blocks: [section('Hi')] })).toEqual(
      refused('msg_too_long'),
    );
    expect(await app.call('chat.update', { ...update, text: 'é'.repeat(2000) })).toMatchObject({ ok: true });
  });
});

describe('People and places', () => {
  test('users.info tells members, guests and strangers apart', async () => {
    expect(at(await app.call('users.info', { user: ana }), 'user', 'is_restricted')).toBe(false);
    expect(at(await app.call('users.info', { user: gus }), 'user', 'is_restricted')).toBe(true);
    const stranger = async () => at(await app.call('users.info', { user: sam }), 'user');
    expect(await stranger()).toMatchObject({ team_id: 'T07ELSEWHER' });
    // Slack says it only of whom the app shares no channel with.
    expect(await stranger()).not.toHaveProperty('is_stranger');
    app.slack.leave(deals, sam);
    expect(await stranger()).toMatchObject({ team_id: 'T07ELSEWHER', is_stranger: true });
    expect(await app.call('users.info', { user: 'U07NOBODY00' })).toEqual(refused('user_not_found'));
  });

  test('members are paged', async () => {
    const first = await app.call('conversations.members', { channel: deals, limit: 3 });
    const cursor = at(first, 'response_metadata', 'next_cursor');
    const second = await app.call('conversations.members', { channel: deals, limit: 3, cursor });
    expect([first.members, second.members].flat()).toEqual([ana, ben, gus, sam, app.slack.botUserId]);
    expect(at(second, 'response_metadata', 'next_cursor')).toBe('');
  });

  test('conversations.info knows what the bot may know', async () => {
    expect(at(await app.call('conversations.info', { channel: general }), 'channel')).toMatchObject({
      name: 'general',
      is_member: false,
    });
    expect(await app.call('conversations.info', { channel: board })).toEqual(refused('channel_not_found'));
  });

  test('channels, people and user groups are listed as the bot may see them', async () => {
    const types = 'public_channel,private_channel';
    const first = await app.call('conversations.list', { types, limit: 1 });
    const cursor = at(first, 'response_metadata', 'next_cursor');
    const second = await app.call('conversations.list', { types, cursor });
    expect([first.channels, second.channels].flat()).toMatchObject([{ name: 'deals' }, { name: 'general' }]);
    expect(await app.call('users.list')).toMatchObject({
      members: expect.arrayContaining([expect.objectContaining({ id: gus, is_restricted: true })]),
    });
    app.slack.addUserGroup({ id: 'S07SELLERS0', handle: 'sellers', users: [ana, ben] });
    expect(await app.call('usergroups.list', { include_count: true })).toMatchObject({
      usergroups: [{ id: 'S07SELLERS0', handle: 'sellers', user_count: 2 }],
    });
  });

  test('a DM is opened once, and not with somebody who left', async () => {
    const opened = await app.call('conversations.open', { users: ana });
    expect(at(opened, 'channel', 'id')).toBe(app.slack.directMessage(ana).id);
    app.slack.addUser({ id: 'U07GONE0000', name: 'gone', realName: 'Long Gone', kind: 'deactivated' });
    expect(await app.call('conversations.open', { users: 'U07GONE0000' })).toEqual(refused('user_disabled'));
  });

  test('a user group lists its people', async () => {
    app.slack.addUserGroup({ id: 'S07SELLERS0', handle: 'sellers', users: [ana, ben] });
    expect(await app.call('usergroups.users.list', { usergroup: 'S07SELLERS0' })).toMatchObject({
      users: [ana, ben],
    });
    expect(await app.call('usergroups.users.list', { usergroup: 'S0' })).toEqual(refused('no_such_subteam'));
  });

  test('every call is recorded with what was sent, without the token', async () => {
    await app.call('chat.postMessage', {
      channel: general,
      text: 'Hi',
      blocks: [{ type: 'actions', elements: [button('go')] }],
    });
    expect(app.slack.calls('chat.postMessage')).toMatchObject([
      { ok: false, error: 'not_in_channel', arguments: { channel: general, text: 'Hi' } },
    ]);
    expect(JSON.stringify(app.slack.calls())).not.toContain(app.slack.botToken);
  });
});
