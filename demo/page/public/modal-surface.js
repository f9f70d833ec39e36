import { actionIdOf, draftKey, sendable, surfaceOf } from './surface.js';
import { complaint } from './ui.js';

/**
 * What is filled in, pressed and submitted in a modal.
 *
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { OpenView } from '../../slack/stand-in.ts'
 * @import { AnyBlock, InputBlock } from '@slack/types'
 * @import { Element, InputValue, Surface } from './surface.js'
 */

const required = 'Please complete this required field.';

/** @param {App} app @param {PageState} state @param {OpenView} open @returns {Surface} */
export function modalSurface(app, state, open) {
  const { ui } = app;
  const missing = Object.fromEntries(
    [...ui.fieldErrors]
      .filter(([key]) => key.startsWith(`${open.id}/`))
      .map(([key, error]) => [key.slice(open.id.length + 1), error]),
  );
  const inputs = new Set(inputsOf(open).map(({ block_id }) => block_id));
  return surfaceOf(app, state, {
    id: open.id,
    disabled: ui.modalBusy,
    values: open.values,
    errors: { ...open.errors, ...missing },
    press: (blockId, element, value) => void pressInView(app, open, blockId, element, value),
    commit: (blockId, element) =>
      void (inputs.has(blockId) ? sendDrafts(app, open, blockId) : choose(app, open, blockId, element)),
  });
}

/** @param {OpenView} open */
const inputsOf = (open) => open.view.blocks.filter(isInput);

/** @param {AnyBlock} block @returns {block is InputBlock} */
const isInput = (block) => block.type === 'input';

/** Tells the workspace what was typed. @param {App} app @param {OpenView} open @param {string} [only] in this block */
async function sendDrafts(app, open, only) {
  const { ui } = app;
  const typed = inputsOf(open).flatMap(({ block_id: blockId = '', element }) => {
    const key = draftKey(open.id, blockId, element);
    const draft = ui.drafts.get(key);
    return draft === undefined || (only !== undefined && only !== blockId) ? [] : [{ key, blockId, draft }];
  });
  if (typed.length === 0) return;
  const values = Object.fromEntries(
    typed.map(({ blockId, draft }) => [blockId, sendable(draft).value ?? null]),
  );
  const result = await app.act({ type: 'fillIn', user: ui.viewer, values });
  // What was typed meanwhile is newer.
  for (const { key, draft } of typed) if (ui.drafts.get(key) === draft) ui.drafts.delete(key);
  ui.modalNotice = complaint(result);
  app.redraw();
}

/** Tells the app what was chosen outside an input block. @param {App} app @param {OpenView} open @param {string} blockId @param {Element} element */
async function choose(app, open, blockId, element) {
  const { ui } = app;
  const key = draftKey(open.id, blockId, element);
  const draft = ui.drafts.get(key);
  const result = await app.act({
    type: 'clickViewButton',
    user: ui.viewer,
    actionId: actionIdOf(element),
    blockId,
    ...sendable(draft),
  });
  if (ui.drafts.get(key) === draft) ui.drafts.delete(key);
  ui.modalNotice = complaint(result);
  app.redraw();
}

/** @param {App} app @param {PageState} state @param {OpenView} open */
export async function submitView(app, state, open) {
  const { ui } = app;
  if (ui.modalBusy) return;
  const surface = modalSurface(app, state, open);
  ui.fieldErrors.clear();
  ui.modalNotice = undefined;
  for (const { block_id: blockId = '', element, optional } of inputsOf(open)) {
    if (optional || surface.valueOf(blockId, element)?.length) continue;
    ui.fieldErrors.set(`${open.id}/${blockId}`, required);
  }
  if (ui.fieldErrors.size > 0) {
    app.redraw();
    return showFirstError();
  }
  ui.modalBusy = true;
  app.redraw();
  await sendDrafts(app, open);
  const result = await app.act({ type: 'submitView', user: ui.viewer });
  ui.modalBusy = false;
  const error = complaint(result);
  const isBesideField = Object.keys(app.state()?.views.at(-1)?.errors ?? {}).length > 0;
  if (error !== undefined && !isBesideField)
    ui.modalNotice = `We had some trouble connecting. Try again? (${error})`;
  app.redraw();
  showFirstError();
}

/** Where an error is, the person looks. */
function showFirstError() {
  const field = document.querySelector('.dialog .field.invalid');
  const input = field?.querySelector('input, textarea, select');
  if (!(input instanceof HTMLElement)) return;
  input.focus({ preventScroll: true });
  field?.scrollIntoView({ block: 'nearest' });
}

/** @param {App} app @param {OpenView} open @param {string} blockId @param {Element} element @param {InputValue | undefined} value */
async function pressInView(app, open, blockId, element, value) {
  const { ui } = app;
  if (ui.modalBusy) return;
  ui.modalBusy = true;
  app.redraw();
  await sendDrafts(app, open);
  const result = await app.act({
    type: 'clickViewButton',
    user: ui.viewer,
    actionId: actionIdOf(element),
    blockId,
    ...sendable(value),
  });
  ui.modalBusy = false;
  ui.modalNotice = complaint(result);
  app.redraw();
}

/** @param {App} app */
export async function closeView(app) {
  app.ui.modalNotice = undefined;
  await app.act({ type: 'closeView', user: app.ui.viewer });
}
