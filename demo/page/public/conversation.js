import { isHome, renderHome, renderTabs } from './app-home.js';
import { command, renderComposer } from './composer.js';
import { messageDay } from './dates.js';
import { h } from './dom.js';
import { renderMessage } from './message.js';
import { channelMarks, renderSidebarButton } from './sidebar.js';

/**
 * @import { App } from './ui.js'
 * @import { PageChannel, PageState } from '../state.ts'
 * @import { StandInMessage } from '../../slack/stand-in.ts'
 * @import { Child } from './dom.js'
 */

/** The channel in front: its messages, a thread where one is open, and the composer. @param {App} app @param {PageState} state @returns {Child} */
export function renderConversation(app, state) {
  const channel = state.channels.find(({ id }) => id === app.ui.channel);
  if (channel === undefined) return h('div', { key: 'conversation', class: 'conversation' });
  const messages = state.messages[channel.id] ?? [];
  const parent = messages.find(({ ts }) => ts === app.ui.thread);
  return h(
    'div',
    { key: 'conversation', class: 'conversation' },
    h(
      'div',
      { key: 'panes', class: 'conversation-panes' },
      h(
        'div',
        { key: `channel ${channel.id}`, class: 'channel-pane' },
        h(
          'header',
          { key: 'header', class: 'channel-header' },
          renderSidebarButton(app, state),
          h('h2', null, h('span', { 'aria-hidden': 'true' }, channelMarks[channel.kind]), ` ${channel.name}`),
        ),
        channel.kind === 'im' ? renderTabs(app) : null,
        isHome(app, channel) ? renderHome(app, state) : renderMessages(app, state, channel),
      ),
      parent === undefined
        ? null
        : h(
            'aside',
            { key: `thread ${parent.ts}`, class: 'thread', 'aria-label': 'Thread' },
            h(
              'header',
              { class: 'channel-header' },
              h('h2', null, 'Thread'),
              h(
                'button',
                {
                  type: 'button',
                  class: 'icon-button',
                  'aria-label': 'Close the thread',
                  onclick: () => {
                    app.ui.thread = undefined;
                    app.redraw();
                  },
                },
                '✕',
              ),
            ),
            h(
              'div',
              {
                class: 'messages',
                tabindex: '0',
                role: 'log',
                'aria-label': 'Replies',
                'data-scroll': `thread ${parent.ts}`,
              },
              byDay(
                state,
                messages.filter(({ ts, threadTs }) => ts === parent.ts || threadTs === parent.ts),
                (message) => renderMessage(app, state, message, { place: 'thread', replies: [] }),
              ),
            ),
          ),
    ),
  );
}

/** A channel's messages and the composer below them. @param {App} app @param {PageState} state @param {PageChannel} channel @returns {Child} */
function renderMessages(app, state, channel) {
  const messages = state.messages[channel.id] ?? [];
  const shown = messages.filter(({ ts, threadTs }) => threadTs === undefined || threadTs === ts);
  return [
    h(
      'div',
      {
        key: 'messages',
        class: 'messages',
        role: 'log',
        'aria-label': 'Messages',
        tabindex: '0',
        'data-scroll': channel.id,
      },
      shown.length === 0
        ? h(
            'div',
            { class: 'empty' },
            h('strong', null, 'Nothing here yet'),
            h('p', null, 'Press Try beside an opportunity, or type ', h('code', null, `${command} help`)),
          )
        : null,
      byDay(state, shown, (message) =>
        renderMessage(app, state, message, {
          place: 'channel',
          replies: messages.filter(({ threadTs, ts }) => threadTs === message.ts && ts !== message.ts),
        }),
      ),
    ),
    channel.hasBot || channel.kind === 'im'
      ? null
      : h(
          'p',
          { key: 'without-bot', class: 'banner' },
          h('span', null, 'The bot isn’t in this channel. The command works here all the same.'),
          h(
            'button',
            {
              type: 'button',
              class: 'button default small',
              onclick: () => void app.act({ type: 'addBot', channel: channel.id }),
            },
            'Add the bot',
          ),
        ),
    renderComposer(app, channel),
  ];
}

/**
 * Messages, with their day before the first of each.
 *
 * @param {PageState} state
 * @param {readonly StandInMessage[]} messages
 * @param {(message: StandInMessage) => Child} renderOne
 * @returns {Child}
 */
function byDay(state, messages, renderOne) {
  const now = new Date(state.now);
  let day = '';
  return messages.map((message) => {
    const before = day;
    day = messageDay(message.ts, now);
    return [
      day === before ? null : h('p', { key: `day ${message.ts}`, class: 'day' }, h('span', null, day)),
      renderOne(message),
    ];
  });
}

/**
 * Remembers which lists were scrolled to their end; the answer, called after the render, scrolls those there again, new
 * ones, and those in which somebody was answered for their eyes only: they have just asked for it.
 *
 * @param {Element} root
 */
export function keepAtEnd(root) {
  const before = new Map(
    [...root.querySelectorAll('[data-scroll]')].map((list) => [
      list.getAttribute('data-scroll'),
      {
        atEnd: list.scrollHeight - list.scrollTop - list.clientHeight < 40,
        newest: newestOf(list),
      },
    ]),
  );
  return () => {
    for (const list of root.querySelectorAll('[data-scroll]')) {
      const { atEnd, newest } = before.get(list.getAttribute('data-scroll')) ?? { atEnd: true };
      const isAnswered = newestOf(list) !== newest && list.lastElementChild?.matches('.ephemeral');
      if (atEnd || isAnswered) list.scrollTop = list.scrollHeight;
    }
  };
}

/** @param {Element} list */
const newestOf = (list) => list.lastElementChild?.getAttribute('data-ts');
