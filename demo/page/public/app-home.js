import { renderBlocks } from './blocks.js';
import { h } from './dom.js';
import { actionIdOf, draftKey, press, sendable, surfaceOf } from './surface.js';

/**
 * The bot's App Home: a Home tab that the bot publishes for each person, beside their messages with it.
 * https://docs.slack.dev/surfaces/app-home
 *
 * @import { App } from './ui.js'
 * @import { PageChannel, PageState } from '../state.ts'
 * @import { OpenView } from '../../slack/stand-in.ts'
 * @import { Child } from './dom.js'
 * @import { Surface } from './surface.js'
 */

/** Whether the bot's Home tab is in front. @param {App} app @param {PageChannel | undefined} channel */
export function isHome({ ui }, channel) {
  return channel?.kind === 'im' && ui.tab === 'home';
}

/** Brings a tab of the App Home to the front; the bot hears of it. @param {App} app @param {'home' | 'messages'} tab */
export async function openTab(app, tab) {
  app.ui.tab = tab;
  app.ui.notice = undefined;
  app.redraw();
  await app.act({ type: 'openHome', user: app.ui.viewer, tab });
}

/** The two tabs. @param {App} app @returns {Child} */
export function renderTabs(app) {
  const tabs = /** @type {const} */ ([
    ['home', 'Home'],
    ['messages', 'Messages'],
  ]);
  return h(
    'nav',
    { key: 'tabs', class: 'tabs', 'aria-label': 'App Home' },
    tabs.map(([tab, name]) =>
      h(
        'button',
        {
          key: tab,
          type: 'button',
          class: 'tab',
          'aria-current': app.ui.tab === tab ? 'page' : undefined,
          onclick: () => void openTab(app, tab),
        },
        name,
      ),
    ),
  );
}

/** What the bot has published for the viewer. @param {App} app @param {PageState} state @returns {Child} */
export function renderHome(app, state) {
  const { home } = state;
  return h(
    'div',
    {
      key: 'home',
      class: 'home-tab',
      role: 'region',
      'aria-label': 'Home',
      tabindex: '0',
    },
    app.ui.notice === undefined
      ? null
      : h('p', { key: 'notice', class: 'notice', role: 'alert' }, app.ui.notice),
    home === undefined
      ? h('p', { key: 'empty', class: 'empty' }, 'The bot hasn’t published anything here yet.')
      : renderBlocks(home.view.blocks, homeSurface(app, state, home)),
  );
}

/** @param {App} app @param {PageState} state @param {OpenView} home @returns {Surface} */
function homeSurface(app, state, home) {
  return surfaceOf(app, state, {
    id: home.id,
    disabled: app.ui.pressed.has(home.id),
    values: home.values,
    isHome: true,
    press: async (blockId, element, value) => {
      await press(app, home.id, {
        type: 'clickViewButton',
        user: app.ui.viewer,
        actionId: actionIdOf(element),
        blockId,
        home: true,
        ...sendable(value),
      });
      app.ui.drafts.delete(draftKey(home.id, blockId, element));
    },
  });
}
