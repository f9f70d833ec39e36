import { isHome, openTab } from './app-home.js';
import { renderAwsPanel } from './aws-panel.js';
import { renderConfirm } from './confirm.js';
import { connect } from './connection.js';
import { keepAtEnd, renderConversation } from './conversation.js';
import { today } from './dates.js';
import { h, render } from './dom.js';
import { refocusDialog } from './focus.js';
import { renderModal } from './modal.js';
import { renderSidebar } from './sidebar.js';
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
  render(root, [
    h(
      'header',
      { key: 'top', class: 'top' },
      h('strong', null, 'submit-opportunity-bot'),
      h('span', { class: 'badge' }, 'demo'),
      h(
        'p',
        null,
        h('b', null, 'Press Try'),
        ' beside an opportunity, then Enter; submit, and decide as AWS’s reviewer.',
      ),
      h(
        'p',
        { class: 'calendar', role: 'group', 'aria-label': 'The day' },
        h('time', { datetime: state.now }, today(new Date(state.now))),
        h(
          'button',
          {
            type: 'button',
            class: 'button default small',
            title: 'AWS takes days. Reminders and the weekly digest come with them.',
            onclick: () => void app.act({ type: 'skipDay' }),
          },
          'A day later',
        ),
      ),
      h('span', { class: 'top-note' }, 'Nothing leaves this computer.'),
      connection.lost()
        ? h('span', { class: 'lost', role: 'alert' }, 'The demo has stopped. Start it again: npm run demo')
        : null,
    ),
    h(
      'div',
      { key: 'slack', class: 'slack', role: 'region', 'aria-label': 'Stand-in Slack' },
      h(
        'div',
        { key: 'window', class: 'slack-window', inert: covered },
        renderSidebar(app, state),
        renderConversation(app, state),
      ),
      modal,
      renderConfirm(app, state),
    ),
    renderAwsPanel(app, state),
  ]);
  atEnd();
  refocusDialog(root);
}

/** @param {PageState} state */
function hashOf(state) {
  const isAppHome = state.channels.some(({ id, kind }) => id === ui.channel && kind === 'im');
  return `#${ui.viewer}/${ui.channel}${isAppHome && ui.tab === 'messages' ? '/messages' : ''}`;
}

await connection.refresh();
// Where the bot's home tab is in front, the person has opened it.
const inFront = connection.state()?.channels.find(({ id }) => id === ui.channel);
if (isHome(app, inFront)) await openTab(app, 'home');
