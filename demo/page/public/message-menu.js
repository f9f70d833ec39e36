import { renderMenu } from './menu.js';
import { complaint } from './ui.js';

/**
 * A message's menu, with the app's message shortcut in it.
 *
 * @import { App } from './ui.js'
 * @import { StandInMessage } from '../../slack/stand-in.ts'
 * @import { Child } from './dom.js'
 */

/** As in manifest.yml. */
const shortcut = { callbackId: 'submit_opportunity_from_message', name: 'Submit opportunity…' };

/** @param {App} app @param {StandInMessage} message @param {string} place the channel or the thread it is shown in @returns {Child} null: Slack offers none for ephemeral messages */
export function renderMessageMenu(app, message, place) {
  if (message.ephemeralTo !== undefined) return null;
  return renderMenu(app, {
    key: 'menu',
    id: `${place}-menu-${message.ts}`,
    label: 'More actions',
    glyph: '⋮',
    class: 'message-menu',
    items: [{ name: shortcut.name, note: 'Opportunity Bot', run: () => void run(app, message) }],
  });
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
