import { openTab } from './app-home.js';
import { h } from './dom.js';
import { renderAvatar } from './people.js';
import { unread } from './ui.js';

/**
 * @import { App } from './ui.js'
 * @import { PageState, PageChannel } from '../state.ts'
 * @import { Child } from './dom.js'
 */

/** Where there is no room for it, it is put over the conversation. @param {App} app */
function closeSidebar(app) {
  app.ui.sidebarOpen = false;
  app.redraw();
  const opener = document.querySelector('.open-sidebar');
  if (opener instanceof HTMLElement) opener.focus();
}

/** Opens the sidebar where it isn't always there. @param {App} app @param {PageState} state @returns {Child} */
export function renderSidebarButton(app, state) {
  const { ui } = app;
  const count = state.channels
    .filter(({ id }) => id !== ui.channel)
    .reduce((sum, { id }) => sum + unread(ui, state, id), 0);
  return h(
    'button',
    {
      key: 'sidebar',
      type: 'button',
      class: 'icon-button open-sidebar',
      'aria-label': count > 0 ? `People and channels, ${count} unread` : 'People and channels',
      'aria-expanded': ui.sidebarOpen ? 'true' : 'false',
      onclick: () => {
        ui.sidebarOpen = true;
        app.redraw();
        const current = document.querySelector('.sidebar [aria-current]');
        if (current instanceof HTMLElement) current.focus();
      },
    },
    h('span', { 'aria-hidden': 'true' }, '☰'),
    count > 0 ? h('span', { class: 'count', 'aria-hidden': 'true' }, count) : null,
  );
}

/** Whose eyes, and which channel. @param {App} app @param {PageState} state @returns {Child} */
export function renderSidebar(app, state) {
  const people = state.users.filter(({ kind }) => kind !== 'bot' && kind !== 'deactivated');
  const direct = state.channels.filter(({ kind }) => kind === 'im');
  return [
    h('div', {
      key: 'leave-sidebar',
      class: app.ui.sidebarOpen ? 'leave-sidebar open' : 'leave-sidebar',
      onclick: () => closeSidebar(app),
    }),
    h(
      'nav',
      {
        key: 'sidebar',
        class: app.ui.sidebarOpen ? 'sidebar open' : 'sidebar',
        'aria-label': 'Channels',
        onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && closeSidebar(app),
      },
      h('p', { class: 'team' }, state.team),
      h(
        'fieldset',
        { class: 'viewers' },
        h('legend', null, 'You are'),
        people.map((person) =>
          h(
            'label',
            { key: person.id, class: person.id === app.ui.viewer ? 'viewer current' : 'viewer' },
            h('input', {
              type: 'radio',
              name: 'viewer',
              value: person.id,
              checked: person.id === app.ui.viewer,
              onchange: () => {
                app.ui.sidebarOpen = false;
                void app.viewAs(person.id);
              },
            }),
            renderAvatar(person),
            h('span', { class: 'viewer-name' }, person.name),
            h('span', { class: 'viewer-kind' }, kinds[person.kind]),
          ),
        ),
      ),
      renderChannels(
        app,
        state,
        'Channels',
        state.channels.filter(({ kind }) => kind !== 'im'),
      ),
      direct.length > 0 ? renderChannels(app, state, 'Apps', direct) : null,
    ),
  ];
}

const kinds = {
  member: '',
  guest: 'guest',
  'single-channel-guest': 'guest',
  stranger: 'external',
  bot: 'app',
  deactivated: 'deactivated',
};

/** @param {App} app @param {PageState} state @param {string} title @param {readonly PageChannel[]} channels @returns {Child} */
function renderChannels(app, state, title, channels) {
  return [
    h('h2', { key: title }, title),
    h(
      'ul',
      { key: `${title}-list` },
      channels.map((channel) => {
        const count = channel.id === app.ui.channel ? 0 : unread(app.ui, state, channel.id);
        return h(
          'li',
          { key: channel.id },
          h(
            'button',
            {
              type: 'button',
              class: count > 0 ? 'channel unread' : 'channel',
              'aria-current': channel.id === app.ui.channel ? 'page' : undefined,
              onclick: () => {
                app.ui.channel = channel.id;
                app.ui.sidebarOpen = false;
                app.ui.thread = undefined;
                app.ui.notice = undefined;
                if (channel.kind === 'im') void openTab(app, count > 0 ? 'messages' : 'home');
                else app.redraw();
              },
            },
            h('span', { class: 'channel-mark', 'aria-hidden': 'true' }, channelMarks[channel.kind]),
            h('span', { class: 'channel-name' }, channel.name),
            count > 0
              ? h('span', { class: 'count', 'aria-label': `${count} unread` }, count)
              : channel.hasBot
                ? null
                : h('span', { class: 'without-bot' }, 'no bot'),
          ),
        );
      }),
    ),
  ];
}

export const channelMarks = { public: '#', private: '◆', im: '●' };
