import { h } from './dom.js';
import { complaint } from './ui.js';

/**
 * A message's menu, with the app's message shortcut in it; a menu button:
 * https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 *
 * @import { App } from './ui.js'
 * @import { StandInMessage } from '../../slack/stand-in.ts'
 * @import { Child } from './dom.js'
 */

/** As in manifest.yml. */
const shortcut = { callbackId: 'submit_opportunity_from_message', name: 'Submit opportunity…' };

/** @param {App} app @param {StandInMessage} message @returns {Child} null: Slack offers none for ephemeral messages */
export function renderMessageMenu(app, message) {
  if (message.ephemeralTo !== undefined) return null;
  const { ui } = app;
  const isOpen = ui.menu === message.ts;
  const id = `menu-${message.ts}`;
  const close = () => {
    ui.menu = undefined;
    app.redraw();
  };
  return h(
    'div',
    {
      key: 'menu',
      class: isOpen ? 'message-menu open' : 'message-menu',
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (!isOpen || event.key !== 'Escape') return;
        event.stopPropagation();
        close();
        focusOn(`[aria-controls="${id}"]`);
      },
    },
    h(
      'button',
      {
        key: 'button',
        type: 'button',
        class: 'icon-button',
        'aria-label': 'More actions',
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen ? 'true' : 'false',
        'aria-controls': id,
        // The item keeps the focus, and with it the menu, until the click closes it.
        onmousedown: (/** @type {MouseEvent} */ event) => isOpen && event.preventDefault(),
        onclick: () => (isOpen ? close() : open(app, message.ts, id)),
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          open(app, message.ts, id);
        },
      },
      '⋮',
    ),
    h(
      'div',
      { key: 'items', id, class: 'menu', role: 'menu', 'aria-label': 'More actions', hidden: !isOpen },
      h(
        'button',
        {
          type: 'button',
          class: 'menu-item',
          role: 'menuitem',
          tabindex: '-1',
          onblur: () => queueMicrotask(() => ui.menu === message.ts && close()),
          onclick: () => {
            close();
            void run(app, message);
          },
        },
        h('span', null, shortcut.name),
        h('span', { class: 'menu-app' }, 'Opportunity Bot'),
      ),
    ),
  );
}

/** @param {App} app @param {string} ts @param {string} id */
function open(app, ts, id) {
  app.ui.menu = ts;
  app.redraw();
  focusOn(`[id="${id}"] [role="menuitem"]`);
}

/** @param {string} selector */
function focusOn(selector) {
  const element = document.querySelector(selector);
  if (element instanceof HTMLElement) element.focus();
}

/** @param {App} app @param {StandInMessage} message */
async function run(app, message) {
  const { ui } = app;
  ui.notice = undefined;
  const result = await app.act({
    type: 'messageShortcut',
    user: ui.viewer,
    channel: message.channel,
    ts: message.ts,
    callbackId: shortcut.callbackId,
  });
  const error = complaint(result);
  if (error !== undefined) ui.notice = `${shortcut.name} failed: ${error}`;
  app.redraw();
}
