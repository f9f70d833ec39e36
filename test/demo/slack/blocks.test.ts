import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import {
  button,
  type Json,
  modal,
  plain,
  type ScriptedApp,
  scriptedApp,
  section,
  textInput,
} from './scripted-app.ts';

const { ana } = demoPeople;
const { deals } = demoChannels;
const long = (length: number) => 'x'.repeat(length);
const actions = (...elements: readonly Json[]) => ({ type: 'actions', elements });
const option = (value: string, text = value) => ({ text: plain(text), value });
const select = (more: Json) => ({
  type: 'static_select',
  action_id: 'pick',
  placeholder: plain('Pick'),
  ...more,
});

let app: ScriptedApp;
beforeEach(async () => {
  app = await scriptedApp();
});
afterEach(() => app.close());

const post = (blocks: readonly Json[]) =>
  app.call('chat.postMessage', { channel: deals, text: 'Text', blocks });

describe('A message is refused for', () => {
  const cases: readonly (readonly [string, readonly Json[], string])[] = [
    ['a type nobody knows', [{ type: 'sektion' }], 'unsupported type'],
    ['an alert, which belongs in modals', [{ type: 'alert', text: plain('!') }], 'unsupported type: alert'],
    ['a property nobody knows', [section('Hi', { colour: 'red' })], 'invalid additional property: colour'],
    ['a section without text', [{ type: 'section' }], 'missing required field: text or fields'],
    ['a section text over 3000', [section(long(3001))], 'must be less than 3001 characters'],
    ['an empty text', [section('')], 'must be more than 0 characters'],
    ['more than 50 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'no more than 50'],
    ['a header over 150', [{ type: 'header', text: plain(long(151)) }], 'must be less than 151'],
    ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'Hi' } }], '/blocks/0/text'],
    [
      '11 fields',
      [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('x')) }],
      'no more than 10',
    ],
    [
      '11 context elements',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) }],
      'no more than 10',
    ],
    [
      '26 buttons',
      [actions(...Array.from({ length: 26 }, (_, index) => button(`b${index}`)))],
      'no more than 25',
    ],
    ['a button text over 75', [actions(button('b', { text: plain(long(76)) }))], 'must be less than 76'],
    ['a button value over 2000', [actions(button('b', { value: long(2001) }))], 'must be less than 2001'],
    [
      'a button url over 3000',
      [actions(button('b', { url: `https://${long(3000)}` }))],
      'must be less than 3001',
    ],
    ['a button style nobody knows', [actions(button('b', { style: 'green' }))], '/blocks/0/elements/0/style'],
    [
      'a confirm title over 100',
      [actions(button('b', { confirm: { title: plain(long(101)), text: plain('?') } }))],
      'must be less than 101',
    ],
    ['an action_id over 255', [actions(button(long(256)))], 'must be less than 256'],
    ['a block_id over 255', [section('Hi', { block_id: long(256) })], 'must be less than 256'],
    [
      'a block_id used twice',
      [section('Hi', { block_id: 'a' }), section('Ho', { block_id: 'a' })],
      'already exists',
    ],
    ['an action_id used twice in a block', [actions(button('b'), button('b'))], 'already exists'],
    ['a select without options', [actions(select({}))], 'must provide either options or option_groups'],
    [
      '101 options',
      [actions(select({ options: Array.from({ length: 101 }, (_, index) => option(`${index}`)) }))],
      'no more than 100',
    ],
    [
      'an option text over 75',
      [actions(select({ options: [option('a', long(76))] }))],
      'must be less than 76',
    ],
    [
      'an option value over 150',
      [actions(select({ options: [option(long(151), 'a')] }))],
      'must be less than 151',
    ],
    [
      'an initial option that is not offered',
      [actions(select({ options: [option('a')], initial_option: option('b') }))],
      'initial option',
    ],
    [
      'initial options out of two groups',
      [
        actions(
          select({
            type: 'multi_static_select',
            option_groups: [
              { label: plain('A'), options: [option('a')] },
              { label: plain('B'), options: [option('b')] },
            ],
            initial_options: [option('a'), option('b')],
          }),
        ),
      ],
      'of one of the option_groups',
    ],
    [
      'a placeholder over 150',
      [actions(select({ options: [option('a')], placeholder: plain(long(151)) }))],
      'must be less than 151',
    ],
    [
      '11 radio buttons',
      [
        actions({
          type: 'radio_buttons',
          action_id: 'r',
          options: Array.from({ length: 11 }, (_, index) => option(`${index}`)),
        }),
      ],
      'no more than 10',
    ],
    [
      'a text input outside an input block',
      [actions({ type: 'plain_text_input', action_id: 't' })],
      'unsupported type',
    ],
    [
      'an email input, which belongs in modals',
      [textInput('a', {}, { type: 'email_text_input' })],
      'unsupported type: email_text_input',
    ],
  ];
  test.each(cases)('%s', async (_what, blocks, message) => {
    const answer = await post(blocks);
    expect(answer).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: expect.arrayContaining([expect.stringContaining(message)]) },
    });
  });

  test('more than about 12,000 characters in all its blocks', async () => {
    const answer = await post(Array.from({ length: 5 }, () => section(long(2900))));
    expect(answer).toEqual({ ok: false, error: 'msg_blocks_too_long' });
  });

  test('blocks that are no list', async () => {
    expect(await app.call('chat.postMessage', { channel: deals, blocks: '{' })).toMatchObject({
      error: 'invalid_blocks_format',
    });
  });
});

test('everything at its limit is taken, and missing IDs are made up', async () => {
  const answer = await post([
    { type: 'header', text: plain(long(150)) },
    section(long(3000), { accessory: button('b', { value: long(2000), text: plain(long(75)) }) }),
    actions({ type: 'button', text: plain('No action_id') }),
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'Hi' }] }],
    },
    { type: 'markdown', text: '**Hi**' },
  ]);
  expect(answer).toMatchObject({ ok: true });
  expect(app.slack.messages(deals)[0]?.blocks.every((block) => Boolean(block.block_id))).toBe(true);
});

describe('A modal is refused for', () => {
  const cases: readonly (readonly [string, Json, string])[] = [
    ['a title over 24', modal([], { title: plain(long(25)) }), 'must be less than 25'],
    ['a submit over 24', modal([], { submit: plain(long(25)) }), 'must be less than 25'],
    [
      'inputs without a submit',
      modal([textInput('a')], { submit: undefined }),
      'missing required field: submit',
    ],
    ['private_metadata over 3000', modal([], { private_metadata: long(3001) }), 'must be less than 3001'],
    ['callback_id over 255', modal([], { callback_id: long(256) }), 'must be less than 256'],
    ['101 blocks', modal(Array.from({ length: 101 }, () => ({ type: 'divider' }))), 'no more than 100'],
    [
      'a markdown block, which belongs in messages',
      modal([{ type: 'markdown', text: 'Hi' }]),
      'unsupported type: markdown',
    ],
    [
      'two focused inputs',
      modal([textInput('a', {}, { focus_on_load: true }), textInput('b', {}, { focus_on_load: true })]),
      'focus_on_load',
    ],
    ['a label over 2000', modal([textInput('a', { label: plain(long(2001)) })]), 'must be less than 2001'],
  ];
  test.each(cases)('%s', async (_what, view, message) => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    const answer = await app.call('views.open', { trigger_id: app.lastTrigger(), view });
    expect(answer).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: expect.arrayContaining([expect.stringContaining(message)]) },
    });
    expect(app.slack.view(ana)).toBeUndefined();
  });

  test('more than 250 KB', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    const view = modal(Array.from({ length: 90 }, () => section(long(3000))));
    expect(await app.call('views.open', { trigger_id: app.lastTrigger(), view })).toMatchObject({
      error: 'view_too_large',
    });
  });

  test('and an alert is welcome there', async () => {
    await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
    const view = modal([{ type: 'alert', level: 'warning', text: plain('Careful') }]);
    expect(await app.call('views.open', { trigger_id: app.lastTrigger(), view })).toMatchObject({ ok: true });
  });
});
