import { h } from './dom.js';
import { renderText } from './mrkdwn.js';
import { enteredIn } from './text-input.js';

/**
 * Selects whose options are known: drawn by the browser.
 *
 * @import { Child, Props } from './dom.js'
 * @import { Surface } from './surface.js'
 * @import { ChannelsSelect, ConversationsSelect, Option, PlainTextOption, StaticSelect, UsersSelect } from '@slack/types'
 */

/**
 * @param {StaticSelect} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
export function renderSelect(
  { options = [], option_groups: groups = [], ...element },
  blockId,
  key,
  surface,
  field,
) {
  return renderNative(element, { options, groups }, blockId, key, surface, field);
}

/**
 * The channels the person sees; direct messages where the app doesn't leave them out.
 *
 * @param {ChannelsSelect | ConversationsSelect} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
export function renderChannelSelect(element, blockId, key, surface, field) {
  const { include = ['public', 'private', 'im'] } =
    element.type === 'conversations_select' ? (element.filter ?? {}) : { include: ['public'] };
  const options = surface.channels
    .filter(({ kind }) => include.includes(kind))
    .map(({ id, name, kind }) => optionOf(id, kind === 'public' ? `# ${name}` : name));
  return renderNative(element, { options, groups: [] }, blockId, key, surface, field);
}

/**
 * @param {UsersSelect} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
export function renderUserSelect(element, blockId, key, surface, field) {
  const options = surface.users
    .filter(({ kind }) => kind !== 'deactivated')
    .map(({ id, name }) => optionOf(id, name));
  return renderNative(element, { options, groups: [] }, blockId, key, surface, field);
}

/** @param {string} value @param {string} text @returns {PlainTextOption} */
const optionOf = (value, text) => ({ text: { type: 'plain_text', text }, value });

/**
 * @param {StaticSelect | ChannelsSelect | ConversationsSelect | UsersSelect} element
 * @param {{ options: readonly (PlainTextOption | Option)[], groups: NonNullable<StaticSelect['option_groups']> }} offered
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
function renderNative(element, { options, groups }, blockId, key, surface, field) {
  const chosen = surface.valueOf(blockId, element);
  /** @param {PlainTextOption | Option} option */
  const renderOption = (option) =>
    h('option', { key: option.value, value: option.value ?? '' }, renderText(option.text, surface.names));
  return h(
    'select',
    {
      key,
      class: 'select',
      'aria-label': field.id === undefined ? (element.placeholder?.text ?? 'Choose') : undefined,
      ...field,
      'data-action-id': element.action_id,
      disabled: surface.disabled,
      onchange: (/** @type {Event} */ event) => {
        surface.onInput(blockId, element, enteredIn(event));
        surface.onCommit(blockId, element);
      },
      value: typeof chosen === 'string' ? chosen : '',
    },
    h('option', { key: '', value: '' }, element.placeholder?.text ?? 'Select an item'),
    options.map(renderOption),
    groups.map((group, index) =>
      h('optgroup', { key: `group-${index}`, label: group.label.text }, group.options.map(renderOption)),
    ),
  );
}
