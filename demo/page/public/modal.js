import { renderBlocks } from './blocks.js';
import { listIn } from './combobox.js';
import { h } from './dom.js';
import { initialValue, valueInState } from './elements.js';
import { takeFocus, trapFocus } from './focus.js';
import { namesIn } from './people.js';
import { complaint } from './ui.js';

/**
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { OpenView } from '../../slack/stand-in.ts'
 * @import { Button, InputBlock } from '@slack/types'
 * @import { Child } from './dom.js'
 * @import { Element, InputValue, Surface } from './elements.js'
 */

const required = 'Please complete this required field.';

/** The topmost of the person's open views, or null. @param {App} app @param {PageState} state @returns {Child} */
export function renderModal(app, state) {
  const open = state.views.at(-1);
  if (open === undefined) return null;
  const { ui } = app;
  const { view } = open;
  const title = 'title' in view && view.title ? view.title.text : '';
  const submit = 'submit' in view ? view.submit?.text : undefined;
  const close = 'close' in view ? view.close?.text : undefined;
  const stacked = state.views.length > 1;
  return h(
    'div',
    { key: 'modal', class: 'backdrop', inert: ui.confirm !== undefined },
    h(
      'form',
      {
        key: open.id,
        class: stacked ? 'dialog modal stacked' : 'dialog modal',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-labelledby': 'modal-title',
        'aria-busy': ui.modalBusy ? 'true' : undefined,
        tabindex: '-1',
        novalidate: true,
        'data-view-id': open.id,
        onMount: takeFocus,
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Escape') void closeView(app);
          else trapFocus(event);
        },
        onsubmit: (/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          if (submit !== undefined) void submitView(app, open);
        },
      },
      h(
        'header',
        { key: 'header', class: 'dialog-header' },
        stacked ? h('span', { class: 'stack', 'aria-hidden': 'true' }, `${state.views.length} open`) : null,
        h('h2', { id: 'modal-title' }, title),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: () => void closeView(app) },
          '✕',
        ),
      ),
      h(
        'div',
        // Another form in its place begins at its top; the same one, brought up to date, stays where it was scrolled to.
        { key: `body ${view.callback_id ?? ''}`, class: 'dialog-body' },
        renderBlocks(view.blocks, modalSurface(app, state, open)),
      ),
      h(
        'footer',
        { key: 'footer', class: 'dialog-footer' },
        ui.modalNotice === undefined
          ? null
          : h('p', { class: 'dialog-notice', role: 'alert' }, ui.modalNotice),
        h(
          'button',
          { key: 'close', type: 'button', class: 'button default', onclick: () => void closeView(app) },
          close ?? (submit === undefined ? 'Close' : 'Cancel'),
        ),
        submit === undefined
          ? null
          : h(
              'button',
              { key: 'submit', type: 'submit', class: 'button primary', disabled: ui.modalBusy },
              ui.modalBusy ? h('span', { class: 'spinner', 'aria-hidden': 'true' }) : null,
              submit,
            ),
      ),
    ),
  );
}

/** @param {App} app @param {PageState} state @param {OpenView} open @returns {Surface} */
function modalSurface(app, state, open) {
  const { ui } = app;
  const missing = Object.fromEntries(
    [...ui.fieldErrors]
      .filter(([key]) => key.startsWith(`${open.id}/`))
      .map(([key, error]) => [key.slice(open.id.length + 1), error]),
  );
  return {
    id: open.id,
    names: namesIn(state),
    disabled: ui.modalBusy,
    errors: { ...open.errors, ...missing },
    valueOf: (blockId, element) => currentValue(app, open, blockId, element),
    onInput: (blockId, value) => {
      ui.drafts.set(`${open.id}/${blockId}`, value);
      ui.fieldErrors.delete(`${open.id}/${blockId}`);
      app.redraw();
    },
    onCommit: (blockId) => void sendDrafts(app, open, [blockId]),
    list: (blockId) => listIn(app, open, blockId),
    conversations: state.channels,
    onButton: (blockId, element) => {
      const proceed = () => void pressInView(app, open, blockId, element);
      if (element.confirm === undefined) return proceed();
      ui.confirm = { dialog: element.confirm, proceed };
      app.redraw();
    },
  };
}

/** @param {App} app @param {OpenView} open @param {string} blockId @param {Element} element @returns {InputValue} */
function currentValue({ ui }, open, blockId, element) {
  const draft = ui.drafts.get(`${open.id}/${blockId}`);
  if (draft !== undefined) return draft;
  const entry = 'action_id' in element ? open.values[blockId]?.[element.action_id ?? ''] : undefined;
  return entry === undefined ? initialValue(element) : valueInState(entry);
}

/** Tells the workspace what was typed. @param {App} app @param {OpenView} open @param {readonly string[]} blockIds */
async function sendDrafts(app, open, blockIds) {
  const { ui } = app;
  const values = Object.fromEntries(
    blockIds.flatMap((blockId) => {
      const draft = ui.drafts.get(`${open.id}/${blockId}`);
      return draft === undefined
        ? []
        : [[blockId, typeof draft === 'string' || draft === null ? draft : [...draft]]];
    }),
  );
  if (Object.keys(values).length === 0) return;
  const result = await app.act({ type: 'fillIn', user: ui.viewer, values });
  for (const [blockId, value] of Object.entries(values)) {
    const key = `${open.id}/${blockId}`;
    if (JSON.stringify(ui.drafts.get(key)) === JSON.stringify(value)) ui.drafts.delete(key);
  }
  ui.modalNotice = complaint(result);
  app.redraw();
}

/** @param {Ui} ui @param {OpenView} open @typedef {import('./ui.js').Ui} Ui */
function draftsOf(ui, open) {
  return [...ui.drafts.keys()]
    .filter((key) => key.startsWith(`${open.id}/`))
    .map((key) => key.slice(open.id.length + 1));
}

/** @param {App} app @param {OpenView} open */
async function submitView(app, open) {
  const { ui } = app;
  if (ui.modalBusy) return;
  const empty = emptyRequired(app, open);
  ui.fieldErrors.clear();
  for (const blockId of empty) ui.fieldErrors.set(`${open.id}/${blockId}`, required);
  ui.modalNotice = undefined;
  if (empty.length > 0) {
    app.redraw();
    return focusFirstError();
  }
  ui.modalBusy = true;
  app.redraw();
  await sendDrafts(app, open, draftsOf(ui, open));
  const result = await app.act({ type: 'submitView', user: ui.viewer });
  ui.modalBusy = false;
  const error = complaint(result);
  if (error !== undefined) ui.modalNotice = `We had some trouble connecting. Try again? (${error})`;
  app.redraw();
  focusFirstError();
}

/** @param {App} app @param {OpenView} open */
function emptyRequired(app, open) {
  return open.view.blocks
    .filter((block) => isInput(block) && block.optional !== true)
    .filter(
      (block) => isInput(block) && isEmpty(currentValue(app, open, block.block_id ?? '', block.element)),
    )
    .map((block) => block.block_id ?? '');
}

/** @param {{ type: string }} block @returns {block is InputBlock} */
function isInput(block) {
  return block.type === 'input';
}

/** @param {InputValue} value */
function isEmpty(value) {
  return value === null || value.length === 0;
}

function focusFirstError() {
  const field = document.querySelector('.field.invalid :is(input, textarea, select)');
  if (field instanceof HTMLElement) field.focus();
}

/** @param {App} app @param {OpenView} open @param {string} blockId @param {Button} element */
async function pressInView(app, open, blockId, element) {
  const { ui } = app;
  if (element.action_id === undefined || ui.modalBusy) return;
  ui.modalBusy = true;
  app.redraw();
  await sendDrafts(app, open, draftsOf(ui, open));
  const result = await app.act({
    type: 'clickViewButton',
    user: ui.viewer,
    actionId: element.action_id,
    blockId,
  });
  ui.modalBusy = false;
  ui.modalNotice = complaint(result);
  app.redraw();
}

/** @param {App} app */
async function closeView(app) {
  app.ui.modalNotice = undefined;
  await app.act({ type: 'closeView', user: app.ui.viewer });
}
