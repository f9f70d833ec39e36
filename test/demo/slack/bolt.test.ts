import type { App } from '@slack/bolt';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { type Mode, type RunningApp, runApp } from './bolt-app.ts';

const { ana } = demoPeople;
const { deals } = demoChannels;

function form(title: string) {
  return {
    type: 'modal' as const,
    callback_id: 'submit',
    title: { type: 'plain_text' as const, text: title },
    submit: { type: 'plain_text' as const, text: 'Submit' },
    blocks: [
      {
        type: 'input' as const,
        block_id: 'reason',
        label: { type: 'plain_text' as const, text: 'Reason' },
        element: { type: 'plain_text_input' as const, action_id: 'text' },
      },
    ],
  };
}

function register(app: App): void {
  app.command('/submit-opportunity', async ({ ack, body, client }) => {
    await ack();
    const opened = await client.views.open({
      trigger_id: body.trigger_id,
      view: { type: 'modal', title: { type: 'plain_text', text: 'Loading' }, blocks: [] },
    });
    await client.views.update({
      view_id: opened.view?.id ?? '',
      hash: opened.view?.hash ?? '',
      view: { ...form('Submit'), private_metadata: body.channel_id },
    });
  });
  app.view('submit', async ({ ack, view, client, body }) => {
    const reason = view.state.values.reason?.text?.value ?? '';
    if (reason === 'wrong') {
      await ack({ response_action: 'errors', errors: { reason: 'Not that one' } });
      return;
    }
    await ack({
      response_action: 'update',
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Recorded' },
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'On its way' } }],
      },
    });
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: `<@${body.user.id}>: ${reason}`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: reason } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'details', text: { type: 'plain_text', text: 'Details' } }],
        },
      ],
    });
  });
  app.action('details', async ({ ack, respond, body, client }) => {
    await ack();
    await respond({ text: 'Only for you', response_type: 'ephemeral' });
    if (body.type === 'block_actions' && body.message !== undefined)
      await client.chat.update({
        channel: body.channel?.id ?? '',
        ts: body.message.ts,
        text: 'Looked at',
      });
  });
}

const modes: readonly Mode[] = ['Socket Mode', 'signed HTTP'];

describe.each(modes)('A Bolt app over %s', (mode) => {
  let running: RunningApp | undefined;
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  test('opens a modal for a command, fills it in, and posts what was submitted', async () => {
    running = await runApp(mode, register);
    const { slack } = running;
    const acknowledged = await slack.slashCommand({ user: ana, channel: deals, text: 'O123' });
    expect(acknowledged).toMatchObject({ acknowledged: true });
    await slack.waitForView(ana, ({ view }) => view.type === 'modal' && view.title.text === 'Submit');
    await slack.fillIn(ana, { reason: 'wrong' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors).toEqual({ reason: 'Not that one' });
    await slack.fillIn(ana, { reason: 'A good one' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.view).toMatchObject({ title: { text: 'Recorded' } });
    const posted = await slack.waitForMessage(deals, (message) => message.text.includes('A good one'));
    expect(posted).toMatchObject({ user: slack.botUserId, via: 'api' });

    await slack.clickButton({ user: ana, channel: deals, ts: posted.ts, actionId: 'details' });
    await slack.waitForMessage(deals, (message) => message.ephemeralTo === ana);
    const edited = await slack.waitForMessage(deals, (message) => message.edited);
    expect(edited).toMatchObject({ ts: posted.ts, text: 'Looked at', blocks: [] });
  });

  test('hears of the home tab, shortcuts, mentions and searches', async () => {
    running = await runApp(mode, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'divider' }] },
        });
      });
      app.event('app_mention', async ({ event, client }) => {
        await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'Yes?' });
      });
      app.shortcut('submit_opportunity', async ({ ack, shortcut, client }) => {
        await ack();
        const search = {
          type: 'input' as const,
          block_id: 'opportunity',
          label: { type: 'plain_text' as const, text: 'Opportunity' },
          element: { type: 'external_select' as const, action_id: 'search', min_query_length: 1 },
        };
        const view = { ...form('Pick'), blocks: [search] };
        await client.views.open({ trigger_id: shortcut.trigger_id, view });
      });
      app.options('search', async ({ ack, payload }) => {
        await ack({
          options: [{ text: { type: 'plain_text', text: `Found ${payload.value}` }, value: payload.value }],
        });
      });
    });
    const { slack } = running;
    if (mode === 'signed HTTP') expect(await slack.verifyUrl()).toBe(true);
    await slack.openHome(ana);
    const asked = await slack.say({ user: ana, channel: deals, text: `<@${slack.botUserId}> O123` });
    await slack.waitForMessage(deals, (message) => message.threadTs === asked.ts);
    await slack.messageShortcut({
      user: ana,
      channel: deals,
      ts: asked.ts,
      callbackId: 'submit_opportunity',
    });
    await slack.waitForView(ana, ({ view }) => view.type === 'modal');
    expect(await slack.optionsFor(ana, 'opportunity', 'O123')).toMatchObject([{ value: 'O123' }]);
    await slack.fillIn(ana, { opportunity: 'O123' });
    expect(slack.home(ana)?.view.blocks).toHaveLength(1);
  });

  test('gets Slack’s errors as its own classes', async () => {
    running = await runApp(mode, () => undefined, { scopes: ['chat:write'] });
    const { slack, app } = running;
    const post = () => app.client.chat.postMessage({ channel: deals, text: 'Hi' });
    slack.injectFault({
      method: 'chat.postMessage',
      times: 1,
      kind: { type: 'error', error: 'internal_error' },
    });
    await expect(post()).rejects.toBeInstanceOf(WebAPIPlatformError);
    slack.injectFault({ method: 'chat.postMessage', times: 1, kind: { type: 'http-500' } });
    await expect(post()).rejects.toBeInstanceOf(WebAPIHTTPError);
    slack.injectFault({
      method: 'chat.postMessage',
      times: 1,
      kind: { type: 'reset', execute: true },
    });
    await expect(post()).rejects.toBeInstanceOf(WebAPIRequestError);
    expect(slack.messages(deals)).toHaveLength(1);
    const sent = await post();
    expect(sent.response_metadata).toMatchObject({ scopes: ['chat:write'] });
    await expect(app.client.users.info({ user: ana })).rejects.toThrow('missing_scope');
  });
});
