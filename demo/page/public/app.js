import { renderAwsPanel } from './aws-panel.js';
import { renderConfirm } from './confirm.js';
import { connect } from './connection.js';
import { keepAtEnd, renderConversation } from './conversation.js';
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
 */

const root = document.querySelector('#page');
if (root === null) throw new Error('index.html has no #page');

const ui = newUi(location.hash);
const connection = connect(() => ui.viewer, redraw);

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
    await connection.refresh();
  },
};

function redraw() {
  const state = connection.state();
  if (root === null || state === undefined) return;
  settle(ui, state);
  history.replaceState(null, '', `#${ui.viewer}/${ui.channel}`);
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
        ' beside an opportunity, then Enter. Submit the bot’s form, then decide as AWS’s reviewer.',
      ),
      h('span', { class: 'top-note' }, 'All stand-ins: nothing leaves this computer.'),
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
      renderConfirm(app),
    ),
    renderAwsPanel(app, state),
  ]);
  atEnd();
  refocusDialog(root);
}

await connection.refresh();
