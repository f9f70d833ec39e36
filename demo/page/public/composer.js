import { h } from './dom.js';
import { complaint } from './ui.js';

/**
 * @import { App } from './ui.js'
 * @import { PageChannel } from '../state.ts'
 * @import { Child } from './dom.js'
 */

export const command = '/submit-opportunity';
const composerId = 'composer';

/** Gives the command for an opportunity, in the channel in front; where that has no composer, in the bot's own. @param {App} app @param {string} id */
export async function tryOut(app, id) {
  const { ui } = app;
  // Pressed twice, as people do.
  if (ui.trying) return;
  ui.pane = 'slack';
  ui.sidebarOpen = false;
  ui.hasTried = true;
  if (inFront(app)?.kind === 'im') ui.channel = '';
  app.redraw();
  const channel = inFront(app);
  if (channel === undefined) return;
  ui.trying = true;
  await give(app, channel, `${command} ${id}`);
  ui.trying = false;
}

/** @param {App} app */
const inFront = (app) => app.state()?.channels.find(({ id }) => id === app.ui.channel);

/** Puts the command into the composer and the cursor behind it. @param {App} app */
function complete(app) {
  app.ui.composer = `${command} `;
  app.ui.notice = undefined;
  app.redraw();
  const input = document.querySelector(`#${composerId}`);
  if (input instanceof HTMLInputElement) input.focus();
}

/** @param {App} app @param {PageChannel} channel @returns {Child} */
export function renderComposer(app, channel) {
  const { ui } = app;
  const suggesting =
    ui.composer.startsWith('/') && !ui.composer.includes(' ') && command.startsWith(ui.composer);
  return h(
    'form',
    {
      key: 'composer',
      class: 'composer',
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        void run(app, channel);
      },
    },
    ui.notice === undefined ? null : h('p', { key: 'notice', class: 'notice', role: 'alert' }, ui.notice),
    suggesting
      ? h(
          'button',
          {
            key: 'suggestion',
            type: 'button',
            class: 'suggestion',
            onclick: () => complete(app),
          },
          h('strong', null, command),
          h('span', null, ' O1234567 or help'),
          h('kbd', null, 'Tab'),
        )
      : null,
    h(
      'div',
      { key: 'row', class: 'composer-row' },
      h('input', {
        id: composerId,
        'aria-label': `Slash command or message in ${channel.name}`,
        placeholder: `${command} O…`,
        autocomplete: 'off',
        spellcheck: 'false',
        value: ui.composer,
        oninput: (/** @type {Event} */ { currentTarget }) => {
          if (!(currentTarget instanceof HTMLInputElement)) return;
          ui.composer = currentTarget.value;
          ui.notice = undefined;
          app.redraw();
        },
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== 'Tab' || event.shiftKey || !suggesting) return;
          event.preventDefault();
          complete(app);
        },
      }),
      h('button', { type: 'submit', class: 'button primary' }, 'Send'),
    ),
  );
}

/** @param {App} app @param {PageChannel} channel */
async function run(app, channel) {
  const { ui } = app;
  const typed = ui.composer.trim();
  if (typed === '') return;
  if (!typed.startsWith('/')) return say(app, channel, typed);
  ui.composer = '';
  await give(app, channel, typed);
}

/** @param {App} app @param {PageChannel} channel @param {string} typed */
async function give(app, channel, typed) {
  const { ui } = app;
  const [name = '', ...rest] = typed.split(' ');
  if (name !== command) {
    ui.composer = typed;
    ui.notice = `${name} is not a valid command. The demo knows ${command}`;
    return app.redraw();
  }
  ui.notice = undefined;
  toEnd(channel);
  app.redraw();
  const result = await app.act({
    type: 'slashCommand',
    user: ui.viewer,
    channel: channel.id,
    command: name,
    text: rest.join(' ').trim(),
  });
  const error = complaint(result);
  if (error !== undefined) {
    ui.notice = `${name} failed with the error “${error}”`;
    if (ui.composer === '') ui.composer = typed;
  }
  app.redraw();
}

/** Whoever sends something sees what comes of it. @param {PageChannel} channel */
function toEnd(channel) {
  const list = document.querySelector(`[data-scroll="${channel.id}"]`);
  if (list !== null) list.scrollTop = list.scrollHeight;
}

/** Posts what was typed; a mention of the bot reaches it. @param {App} app @param {PageChannel} channel @param {string} typed */
async function say(app, channel, typed) {
  const { ui } = app;
  if (channel.kind === 'im') {
    // As the app's manifest has it.
    ui.notice = `Sending messages to this app has been turned off. Try ${command} help`;
    return app.redraw();
  }
  const bot = app.state()?.botUserId ?? '';
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const text = escaped.replaceAll(/@opportunity[- ]bot\b/gi, `<@${bot}>`);
  ui.notice = undefined;
  ui.composer = '';
  toEnd(channel);
  app.redraw();
  const error = complaint(await app.act({ type: 'say', user: ui.viewer, channel: channel.id, text }));
  if (error !== undefined) ui.notice = `The message wasn’t sent: ${error}`;
  app.redraw();
}
