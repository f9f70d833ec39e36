import { renderBlocks } from './blocks.js';
import { messageTime } from './dates.js';
import { h } from './dom.js';
import { renderMessageMenu } from './message-menu.js';
import { renderMrkdwn } from './mrkdwn.js';
import { namesIn, renderAvatar } from './people.js';
import { complaint } from './ui.js';

/**
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { StandInMessage } from '../../slack/stand-in.ts'
 * @import { Button } from '@slack/types'
 * @import { Child } from './dom.js'
 * @import { Surface } from './elements.js'
 */

/**
 * @param {App} app
 * @param {PageState} state
 * @param {StandInMessage} message
 * @param {{ replies: readonly StandInMessage[] }} thread
 * @returns {Child}
 */
export function renderMessage(app, state, message, { replies }) {
  const author = state.users.find(({ id }) => id === message.user) ?? {
    id: message.user,
    name: message.user,
    kind: 'member',
  };
  const onlyYou = message.ephemeralTo !== undefined;
  return h(
    'article',
    { key: message.ts, class: onlyYou ? 'message ephemeral' : 'message', 'data-ts': message.ts },
    renderAvatar(author),
    renderMessageMenu(app, message),
    h(
      'div',
      { class: 'message-body' },
      onlyYou ? h('p', { class: 'only-you' }, 'Only visible to you') : null,
      h(
        'p',
        { class: 'message-head' },
        h('strong', null, author.name),
        author.kind === 'bot' ? h('span', { class: 'app-badge' }, 'APP') : null,
        h('time', null, messageTime(message.ts)),
        message.edited ? h('span', { class: 'edited' }, '(edited)') : null,
      ),
      message.blocks.length > 0
        ? renderBlocks(message.blocks, messageSurface(app, state, message))
        : h('p', { class: 'block' }, renderMrkdwn(message.text, namesIn(state))),
      replies.length > 0
        ? h(
            'button',
            {
              type: 'button',
              class: 'replies',
              onclick: () => {
                app.ui.thread = message.ts;
                app.redraw();
              },
            },
            replies.length === 1 ? '1 reply' : `${replies.length} replies`,
          )
        : null,
    ),
  );
}

/** @param {App} app @param {PageState} state @param {StandInMessage} message @returns {Surface} */
function messageSurface(app, state, message) {
  const { ui } = app;
  return {
    id: `message-${message.channel}-${message.ts}`,
    names: namesIn(state),
    disabled: ui.pressed.has(message.ts),
    errors: {},
    valueOf: () => null,
    onInput: () => {},
    onCommit: () => {},
    list: () => undefined,
    conversations: [],
    onButton: (blockId, element) => {
      const proceed = () => void press(app, message, blockId, element);
      if (element.confirm === undefined) return proceed();
      ui.confirm = { dialog: element.confirm, proceed };
      app.redraw();
    },
  };
}

/** @param {App} app @param {StandInMessage} message @param {string} blockId @param {Button} element */
async function press(app, message, blockId, element) {
  const { ui } = app;
  if (element.action_id === undefined || ui.pressed.has(message.ts)) return;
  ui.pressed.add(message.ts);
  ui.notice = undefined;
  app.redraw();
  const result = await app.act({
    type: 'clickButton',
    user: ui.viewer,
    channel: message.channel,
    ts: message.ts,
    actionId: element.action_id,
    blockId,
  });
  ui.pressed.delete(message.ts);
  const error = complaint(result);
  if (error !== undefined) ui.notice = `The app didn’t answer (${error}).`;
  app.redraw();
}
