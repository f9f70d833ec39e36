import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import {
  at,
  button,
  type Json,
  modal,
  plain,
  type ScriptedApp,
  scriptedApp,
  section,
  silence,
  textInput,
} from './scripted-app.ts';

const { ana, ben, sam } = demoPeople;
const { deals } = demoChannels;
const refused = (error: string) => expect.objectContaining({ ok: false, error });

let app: ScriptedApp;
beforeEach(async () => {
  app = await scriptedApp();
});
afterEach(() => app.close());

async function trigger(user: string = ana): Promise<string> {
  await app.slack.slashCommand({ user, channel: deals, text: 'O123' });
  return app.lastTrigger();
}

async function open(view: Json, user: string = ana): Promise<Json> {
  return app.call('views.open', { trigger_id: await trigger(user), view });
}

const idOf = (answer: Json) => at(answer, 'view', 'id');
const hashOf = (answer: Json) => at(answer, 'view', 'hash');
const pushButton = { type: 'actions', block_id: 'more', elements: [button('push')] };

describe('A trigger_id', () => {
  test('opens one view, once', async () => {
    const triggerId = await trigger();
    const view = modal([]);
    expect(await app.call('views.open', { trigger_id: triggerId, view })).toMatchObject({ ok: true });
    expect(await app.call('views.open', { trigger_id: triggerId, view })).toEqual(
      refused('exchanged_trigger_id'),
    );
  });

  test('lives 3 seconds', async () => {
    const triggerId = await trigger();
    app.clock.advance(3001);
    expect(await app.call('views.open', { trigger_id: triggerId, view: modal([]) })).toEqual(
      refused('expired_trigger_id'),
    );
  });

  test('is not used up by a view that was refused', async () => {
    const triggerId = await trigger();
    await app.call('views.open', { trigger_id: triggerId, view: modal([{ type: 'sektion' }]) });
    expect(await app.call('views.open', { trigger_id: triggerId, view: modal([]) })).toMatchObject({
      ok: true,
    });
  });

  test('cannot be made up', async () => {
    expect(await app.call('views.open', { trigger_id: '1.2.abc', view: modal([]) })).toEqual(
      refused('invalid_trigger_id'),
    );
  });
});

describe('Updating', () => {
  test('needs the current hash, where one is given', async () => {
    const opened = await open(modal([]));
    const args = { view_id: idOf(opened), view: modal([section('Loaded')]) };
    const updated = await app.call('views.update', { ...args, hash: hashOf(opened) });
    expect(updated).toMatchObject({ ok: true });
    expect(await app.call('views.update', { ...args, hash: hashOf(opened) })).toEqual(
      refused('hash_conflict'),
    );
  });

  test('an empty hash is no view’s', async () => {
    const opened = await open(modal([]));
    expect(await app.call('views.update', { view_id: idOf(opened), view: modal([]), hash: '' })).toEqual(
      refused('hash_conflict'),
    );
  });

  test('behind an answer that is taken late, is overtaken by it; the answer’s external_id is found only then', async () => {
    const opened = await open(modal([textInput('reason', { optional: true })]));
    app.answer(() => ({
      response_action: 'update',
      view: modal([section('Loading')], { external_id: 'x' }),
    }));
    app.slack.takeAnswersAfter(100);
    const submitted = app.slack.submitView(ana);
    while (!app.clock.due().includes(100)) await new Promise((resolve) => setImmediate(resolve));
    const loaded = { view: modal([section('Loaded')]) };
    expect(await app.call('views.update', { ...loaded, view_id: idOf(opened) })).toMatchObject({ ok: true });
    expect(await app.call('views.update', { ...loaded, external_id: 'x' })).toEqual(refused('not_found'));
    app.clock.advance(100);
    expect(await submitted).toMatchObject({ acknowledged: true });
    expect(at(app.slack.view(ana)?.view, 'blocks', 0, 'text', 'text')).toBe('Loading');
    expect(await app.call('views.update', { ...loaded, external_id: 'x' })).toMatchObject({ ok: true });
  });

  test('a closed view is not_found, by view_id and by external_id', async () => {
    const opened = await open(modal([], { external_id: 'draft-1' }));
    expect(await app.call('views.update', { external_id: 'draft-1', view: modal([]) })).toMatchObject({
      ok: true,
    });
    await app.slack.closeView(ana);
    expect(await app.call('views.update', { view_id: idOf(opened), view: modal([]) })).toEqual(
      refused('not_found'),
    );
    expect(await app.call('views.update', { external_id: 'draft-1', view: modal([]) })).toEqual(
      refused('not_found'),
    );
  });

  test('an external_id belongs to one view', async () => {
    await open(modal([], { external_id: 'draft-1' }));
    expect(await open(modal([], { external_id: 'draft-1' }), ben)).toEqual(refused('duplicate_external_id'));
  });

  test('keeps what was typed under the same block_id and action_id, and starts afresh elsewhere', async () => {
    const opened = await open(modal([textInput('kept'), textInput('renamed')]));
    await app.slack.fillIn(ana, { kept: 'typed', renamed: 'typed' });
    await app.call('views.update', {
      view_id: idOf(opened),
      view: modal([
        textInput('kept', {}, { initial_value: 'initial' }),
        textInput('new', {}, { initial_value: 'initial' }),
      ]),
    });
    expect(app.slack.view(ana)?.values).toEqual({
      kept: { text: { type: 'plain_text_input', value: 'typed' } },
      new: { text: { type: 'plain_text_input', value: 'initial' } },
    });
  });

  test('drops a choice that is no longer offered', async () => {
    const radio = (...values: readonly string[]) => ({
      type: 'input',
      block_id: 'involvement',
      label: plain('Involvement'),
      element: {
        type: 'radio_buttons',
        action_id: 'choice',
        options: values.map((value) => ({ text: plain(value), value })),
      },
    });
    const opened = await open(modal([radio('a', 'b')]));
    await app.slack.fillIn(ana, { involvement: 'b' });
    await app.call('views.update', { view_id: idOf(opened), view: modal([radio('a', 'c')]) });
    expect(at(app.slack.view(ana)?.values, 'involvement', 'choice', 'selected_option')).toBeNull();
    await expect(app.slack.fillIn(ana, { involvement: 'b' })).rejects.toThrow('"b" isn\'t offered: a, c');
  });
});

describe('Stacking', () => {
  test('at most three views, each pushed by an interaction in the stack', async () => {
    await open(modal([pushButton]));
    const push = async (): Promise<Json> => {
      await app.slack.clickViewButton({ user: ana, actionId: 'push' });
      return app.call('views.push', { trigger_id: app.lastTrigger(), view: modal([pushButton]) });
    };
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toEqual(refused('push_limit_reached'));
    const stack = app.slack.views(ana);
    expect(stack).toHaveLength(3);
    expect(new Set(stack.map((view) => view.rootViewId)).size).toBe(1);
    await app.slack.closeView(ana);
    expect(app.slack.views(ana)).toHaveLength(2);
  });

  test('a trigger from outside a modal pushes nothing', async () => {
    expect(await app.call('views.push', { trigger_id: await trigger(), view: modal([]) })).toEqual(
      refused('not_found'),
    );
  });
});

describe('Submitting', () => {
  test('Slack itself refuses an empty required input: the app hears nothing', async () => {
    await open(modal([textInput('needed'), textInput('optional', { optional: true })]));
    const before = app.envelopes.length;
    await expect(app.slack.submitView(ana)).rejects.toThrow('required');
    expect(app.slack.view(ana)?.errors).toEqual({ needed: expect.stringContaining('required') });
    expect(app.envelopes).toHaveLength(before);
    await app.slack.fillIn(ana, { needed: 'there' });
    await app.slack.submitView(ana);
    expect(at(app.envelopes.at(-1)?.payload, 'view', 'state', 'values')).toEqual({
      needed: { text: { type: 'plain_text_input', value: 'there' } },
      optional: { text: { type: 'plain_text_input', value: null } },
    });
  });

  test('a text that is too short, and an address that is none, are refused too', async () => {
    await open(
      modal([
        textInput('short', {}, { min_length: 20 }),
        textInput('site', {}, { type: 'url_text_input' }),
        textInput('amount', {}, { type: 'number_input', is_decimal_allowed: false, min_value: '1' }),
      ]),
    );
    await app.slack.fillIn(ana, { short: 'x', site: 'nowhere', amount: '0' });
    await expect(app.slack.submitView(ana)).rejects.toThrow();
    expect(Object.keys(app.slack.view(ana)?.errors ?? {})).toEqual(['short', 'site', 'amount']);
  });

  test('an empty acknowledgement closes the view', async () => {
    await open(modal([]));
    await app.slack.submitView(ana);
    expect(app.slack.view(ana)).toBeUndefined();
  });

  test('errors stay until the field is changed, and may name input blocks only', async () => {
    await open(modal([textInput('reason'), section('Hi', { block_id: 'words' })]));
    await app.slack.fillIn(ana, { reason: 'no' });
    app.answer(() => ({ response_action: 'errors', errors: { reason: 'Not that one' } }));
    await app.slack.submitView(ana);
    expect(app.slack.view(ana)?.errors).toEqual({ reason: 'Not that one' });
    await app.slack.fillIn(ana, { reason: 'yes' });
    expect(app.slack.view(ana)?.errors).toEqual({});
    app.answer(() => ({ response_action: 'errors', errors: { words: 'Not an input' } }));
    expect(await app.slack.submitView(ana)).toMatchObject({
      acknowledged: false,
      error: 'dispatch_failed',
      reason: expect.stringContaining('words'),
    });
  });

  test('update changes the view in place, push adds one, clear closes all', async () => {
    const opened = await open(modal([]));
    app.answer(() => ({ response_action: 'update', view: modal([section('Recorded')]) }));
    await app.slack.submitView(ana);
    expect(app.slack.view(ana)).toMatchObject({ id: idOf(opened), view: { blocks: [{ type: 'section' }] } });
    app.answer(() => ({ response_action: 'push', view: modal([]) }));
    await app.slack.submitView(ana);
    expect(app.slack.views(ana)).toHaveLength(2);
    app.answer(() => ({ response_action: 'clear' }));
    await app.slack.submitView(ana);
    expect(app.slack.views(ana)).toEqual([]);
  });

  test('an answer Slack would not take leaves the view as it was', async () => {
    await open(modal([section('Before')]));
    for (const payload of [
      { response_action: 'update', view: modal([{ type: 'sektion' }]) },
      { response_action: 'shout' },
      'ok',
    ]) {
      app.answer(() => payload);
      expect(await app.slack.submitView(ana)).toMatchObject({ acknowledged: false });
    }
    expect(app.slack.view(ana)?.view.blocks).toMatchObject([{ text: { text: 'Before' } }]);
  });

  test('a second press while the first is on its way reaches the app too', async () => {
    await open(modal([]));
    app.answer(() => silence);
    const presses = [app.slack.submitView(ana), app.slack.submitView(ana)];
    while (app.envelopes.length < 3) await new Promise((resolve) => setImmediate(resolve));
    app.clock.advance(3000);
    expect(await Promise.all(presses)).toEqual([
      { acknowledged: false, error: 'operation_timeout' },
      { acknowledged: false, error: 'operation_timeout' },
    ]);
    expect(app.slack.view(ana)).toBeDefined();
  });
});

describe('Closing', () => {
  test('is told only where the view asked for it', async () => {
    await open(modal([]));
    const before = app.envelopes.length;
    await app.slack.closeView(ana);
    expect(app.envelopes).toHaveLength(before);
    await open(modal([], { notify_on_close: true, callback_id: 'form' }));
    await app.slack.closeView(ana);
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { callback_id: 'form' },
    });
  });

  test('clear_on_close closes the whole stack', async () => {
    await open(modal([pushButton], { notify_on_close: true }));
    await app.slack.clickViewButton({ user: ana, actionId: 'push' });
    await app.call('views.push', {
      trigger_id: app.lastTrigger(),
      view: modal([], { clear_on_close: true }),
    });
    await app.slack.closeView(ana);
    expect(app.slack.views(ana)).toEqual([]);
    expect(app.envelopes.at(-1)?.payload).toMatchObject({ type: 'view_closed', is_cleared: true });
  });
});

describe('Inputs', () => {
  test('an input that dispatches tells the app what was chosen', async () => {
    await open(modal([textInput('search', { dispatch_action: true }), textInput('quiet')]));
    const before = app.envelopes.length;
    await app.slack.fillIn(ana, { quiet: 'x', search: 'O123' });
    expect(app.envelopes).toHaveLength(before + 1);
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      actions: [{ type: 'plain_text_input', block_id: 'search', value: 'O123' }],
    });
  });

  test('an external select offers what the app suggests, and takes only that', async () => {
    await open(
      modal([
        {
          type: 'input',
          block_id: 'opportunity',
          label: plain('Opportunity'),
          element: { type: 'external_select', action_id: 'search', min_query_length: 2 },
        },
      ]),
    );
    app.answer(() => ({ options: [{ text: plain('Acme: O123'), value: 'O123' }] }));
    expect(await app.slack.optionsFor(ana, 'opportunity', 'A')).toEqual([]);
    expect(await app.slack.optionsFor(ana, 'opportunity', 'Ac')).toMatchObject([{ value: 'O123' }]);
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      type: 'block_suggestion',
      block_id: 'opportunity',
      action_id: 'search',
      value: 'Ac',
    });
    await expect(app.slack.fillIn(ana, { opportunity: 'O999' })).rejects.toThrow("isn't offered");
    await app.slack.fillIn(ana, { opportunity: 'O123' });
    app.answer(() => ({ options: [{ text: plain('x'.repeat(76)), value: 'O123' }] }));
    await expect(app.slack.optionsFor(ana, 'opportunity', 'Acme')).rejects.toThrow('must be less than 76');
  });

  test('a date is a date, a person somebody who is there', async () => {
    const input = (blockId: string, type: string) => ({
      type: 'input',
      block_id: blockId,
      label: plain(blockId),
      element: { type, action_id: 'value' },
    });
    await open(modal([input('close', 'datepicker'), input('owner', 'users_select')]));
    await expect(app.slack.fillIn(ana, { close: 'soon' })).rejects.toThrow("isn't a date");
    await expect(app.slack.fillIn(ana, { owner: 'U0' })).rejects.toThrow('there is no U0');
    await app.slack.fillIn(ana, { close: '2026-12-24', owner: ben });
    expect(app.slack.view(ana)?.values).toMatchObject({
      close: { value: { selected_date: '2026-12-24' } },
      owner: { value: { selected_user: ben } },
    });
  });
});

describe('The home tab', () => {
  test('is published for each person, with buttons of its own', async () => {
    await app.slack.openHome(ana);
    expect(app.envelopes.at(-1)).toMatchObject({
      type: 'events_api',
      payload: { type: 'event_callback', event: { type: 'app_home_opened', user: ana, tab: 'home' } },
    });
    const view = { type: 'home', blocks: [{ type: 'actions', elements: [button('refresh')] }] };
    const published = await app.call('views.publish', { user_id: ana, view });
    expect(app.slack.home(ana)?.view.type).toBe('home');
    expect(app.slack.home(ben)).toBeUndefined();
    await app.slack.clickViewButton({ user: ana, actionId: 'refresh', home: true });
    expect(app.envelopes.at(-1)?.payload).toMatchObject({
      view: { type: 'home' },
      container: { type: 'view' },
    });
    await app.call('views.publish', { user_id: ana, view, hash: hashOf(published) });
    expect(await app.call('views.publish', { user_id: ana, view, hash: hashOf(published) })).toEqual(
      refused('hash_conflict'),
    );
  });

  test('comes with the event once it has been published, and not with the messages beside it', async () => {
    await app.slack.openHome(ana);
    expect(app.envelopes.at(-1)?.payload).not.toHaveProperty('event.view');
    await app.call('views.publish', { user_id: ana, view: { type: 'home', blocks: [{ type: 'divider' }] } });
    await app.slack.openHome(ana);
    expect(app.envelopes.at(-1)?.payload).toMatchObject({ event: { tab: 'home', view: { type: 'home' } } });
    await app.slack.openHome(ana, 'messages');
    expect(app.envelopes.at(-1)?.payload).toMatchObject({ event: { tab: 'messages' } });
    expect(app.envelopes.at(-1)?.payload).not.toHaveProperty('event.view');
  });

  const empty = { type: 'home', blocks: [] };

  test.each([
    ['nobody', 'U0'],
    ['the bot itself', 'U07OPPTYBOT'],
  ])('is not for %s', async (_, user) => {
    expect(await app.call('views.publish', { user_id: user, view: empty })).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('user_id')] },
    });
    expect(app.slack.home(user)).toBeUndefined();
  });

  test('for somebody of another workspace is taken, and shown to nobody', async () => {
    expect(await app.call('views.publish', { user_id: sam, view: empty })).toMatchObject({
      ok: true,
      view: { type: 'home' },
    });
    expect(app.slack.home(sam)).toBeUndefined();
  });
});
