import { renderBlocks } from './blocks.js';
import { messageTime } from './dates.js';
import { h } from './dom.js';
import { renderMessageMenu } from './message-menu.js';
import { renderMrkdwn } from './mrkdwn.js';
import { namesIn, renderAvatar } from './people.js';
import { actionIdOf, press, sendable, surfaceOf } from './surface.js';

/**
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { StandInMessage } from '../../slack/stand-in.ts'
 * @import { Child } from './dom.js'
 * @import { Surface } from './surface.js'
 */

/**
 * @param {App} app
 * @param {PageState} state
 * @param {StandInMessage} message
 * @param {{ place: 'channel' | 'thread', replies: readonly StandInMessage[] }} shown
 * @returns {Child}
 */
export function renderMessage(app, state, message, { place, replies }) {
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
    renderMessageMenu(app, message, place),
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
  const { channel, ts } = message;
  const id = `message-${channel}-${ts}`;
  return surfaceOf(app, state, {
    id,
    disabled: app.ui.pressed.has(id),
    press: (blockId, element, value) =>
      void press(app, id, {
        type: 'clickButton',
        user: app.ui.viewer,
        channel,
        ts,
        actionId: actionIdOf(element),
        blockId,
        ...sendable(value),
      }),
  });
}
