import { isHome, openTab } from './app-home.js';
import { renderAwsPanel } from './aws-panel.js';
import { renderConfirm } from './confirm.js';
import { connect } from './connection.js';
import { keepAtEnd, renderConversation } from './conversation.js';
import { h, render } from './dom.js';
import { refocusDialog } from './focus.js';
import { renderModal } from './modal.js';
import { renderSidebar } from './sidebar.js';
import { applyTheme } from './theme.js';
import { renderPanes, renderTop } from './top.js';
import { newUi, settle } from './ui.js';

/**
 * Puts the page together: the state that the server sends, what only this page knows (`ui`), and one
 * render for every change of either.
 *
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 */

const root = document.querySelector('#page');
if (root === null) throw new Error('index.html has no #page');

const ui = newUi(location.hash);
const connection = connect(
  () => ui.viewer,
  // Only a new state may say so: one drawn again while the next is on its way still has the last person's eyes.
  (viewer) => {
    ui.viewer = viewer;
  },
  redraw,
);

/** @type {App} */
const app = {
  ui,
  state: () => connection.state(),
  act: connection.act,
  redraw,
  /** @param {string} viewer */
  viewAs: async (viewer) => {
    ui.viewer = viewer;
    ui.thread = undefined;
    ui.confirm = undefined;
    ui.menu = undefined;
    await connection.refresh();
    const inFront = connection.state()?.channels.find(({ id }) => id === ui.channel);
    if (inFront?.kind === 'im') await openTab(app, ui.tab);
  },
};

function redraw() {
  const state = connection.state();
  if (root === null || state === undefined) return;
  settle(ui, state);
  history.replaceState(null, '', hashOf(state));
  const atEnd = keepAtEnd(root);
  const modal = renderModal(app, state);
  const covered = modal !== null || ui.confirm !== undefined;
  const inFront = covered ? 'slack' : ui.pane;
  render(root, [
    renderTop(app, state, connection.lost()),
    renderPanes(app, state),
    h(
      'main',
      { key: 'windows', class: 'windows' },
      h(
        'div',
        {
          key: 'slack',
          class: inFront === 'slack' ? 'slack' : 'slack behind',
          role: 'region',
          'aria-label': 'Stand-in Slack',
        },
        h(
          'div',
          { key: 'window', class: 'slack-window', inert: covered },
          renderSidebar(app, state),
          renderConversation(app, state),
        ),
        modal,
        renderConfirm(app, state),
      ),
      renderAwsPanel(app, state, inFront === 'aws'),
    ),
  ]);
  atEnd();
  refocusDialog(root);
}

/** @param {PageState} state */
function hashOf(state) {
  const isAppHome = state.channels.some(({ id, kind }) => id === ui.channel && kind === 'im');
  return `#${ui.viewer}/${ui.channel}${isAppHome && ui.tab === 'messages' ? '/messages' : ''}`;
}

applyTheme();
await connection.refresh();
// Where the bot's home tab is in front, the person has opened it.
const inFront = connection.state()?.channels.find(({ id }) => id === ui.channel);
if (isHome(app, inFront)) await openTab(app, 'home');
