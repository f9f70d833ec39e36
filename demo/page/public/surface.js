import { confirmed } from './confirm.js';
import { listIn } from './option-list.js';
import { namesIn } from './people.js';
import { complaint } from './ui.js';
import { initialValue, valueInState } from './values.js';

/**
 * A message, a modal or the home tab, as its blocks see it.
 *
 * @import { App } from './ui.js'
 * @import { OpenList } from './option-list.js'
 * @import { PageChannel, PageState, PageUser } from '../state.ts'
 * @import { PageAction } from '../actions.ts'
 * @import { OpenView } from '../../slack/stand-in.ts'
 * @import { Names } from './mrkdwn.js'
 * @import { ActionsBlock, InputBlock, SectionBlock } from '@slack/types'
 *
 * @typedef {string | readonly string[] | null} InputValue
 * @typedef {InputBlock['element'] | NonNullable<SectionBlock['accessory']> | ActionsBlock['elements'][number]} Element
 *
 * @typedef {{
 *   readonly id: string,
 *   readonly app: App,
 *   readonly names: Names,
 *   readonly disabled: boolean,
 *   readonly errors: Readonly<Record<string, string>>,
 *   readonly channels: readonly PageChannel[],
 *   readonly users: readonly PageUser[],
 *   valueOf(blockId: string, element: Element): InputValue,
 *   onInput(blockId: string, element: Element, value: InputValue): void,
 *   onCommit(blockId: string, element: Element): void,
 *   onPress(blockId: string, element: Element, value?: string): void,
 *   list(blockId: string, element: Element): OpenList,
 * }} Surface
 */

/**
 * What all surfaces have in common.
 *
 * @param {App} app
 * @param {PageState} state
 * @param {{
 *   id: string,
 *   disabled: boolean,
 *   values?: OpenView['values'],
 *   errors?: Readonly<Record<string, string>>,
 *   press(blockId: string, element: Element, value: InputValue | undefined): void,
 *   commit?(blockId: string, element: Element): void,
 *   isHome?: boolean,
 * }} own `commit`: what to do with a value that stands; the app hears of it at once where none is given
 * @returns {Surface}
 */
export function surfaceOf(
  app,
  state,
  { id, disabled, values = {}, errors = {}, press, commit, isHome = false },
) {
  const { ui } = app;
  /** @type {Surface['valueOf']} */
  const currentValue = (blockId, element) => {
    const draft = ui.drafts.get(draftKey(id, blockId, element));
    if (draft !== undefined) return draft;
    const entry = values[blockId]?.[actionIdOf(element)];
    return entry === undefined ? initialValue(element) : valueInState(entry);
  };
  return {
    id,
    app,
    names: namesIn(state),
    disabled,
    errors,
    channels: state.channels,
    users: state.users,
    valueOf: currentValue,
    onInput: (blockId, element, value) => {
      ui.drafts.set(draftKey(id, blockId, element), value);
      ui.fieldErrors.delete(`${id}/${blockId}`);
      app.redraw();
    },
    onCommit: (blockId, element) =>
      commit
        ? commit(blockId, element)
        : confirmed(app, element, () => press(blockId, element, currentValue(blockId, element))),
    onPress: (blockId, element, value) => confirmed(app, element, () => press(blockId, element, value)),
    list: (blockId, element) => listIn(app, { id, values, isHome }, blockId, element),
  };
}

/** @param {string} surfaceId @param {string} blockId @param {Element} element */
export const draftKey = (surfaceId, blockId, element) => `${surfaceId}/${blockId}/${actionIdOf(element)}`;

/** @param {Element} element @returns {string} */
export const actionIdOf = (element) => ('action_id' in element ? (element.action_id ?? '') : '');

/**
 * Tells the app of a press; what is pressed rests until the app has answered.
 *
 * @param {App} app
 * @param {string} surfaceId
 * @param {PageAction} action
 */
export async function press(app, surfaceId, action) {
  const { ui } = app;
  if (ui.pressed.has(surfaceId)) return;
  ui.pressed.add(surfaceId);
  ui.notice = undefined;
  app.redraw();
  const error = complaint(await app.act(action));
  ui.pressed.delete(surfaceId);
  if (error !== undefined) ui.notice = `The app didn’t answer (${error}).`;
  app.redraw();
}

/** A value as it is sent. @param {InputValue | undefined} value @returns {{ value?: string | string[] | null }} */
export function sendable(value) {
  if (value === undefined) return {};
  return { value: typeof value === 'string' || value === null ? value : [...value] };
}
