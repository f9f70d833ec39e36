import { h } from './dom.js';

/**
 * Text, a number, a date or a time.
 *
 * @import { Child, Props } from './dom.js'
 * @import { Element, Surface } from './surface.js'
 * @typedef {Extract<Element, { type: 'plain_text_input' | 'email_text_input' | 'url_text_input' | 'number_input' | 'datepicker' | 'timepicker' }>} TypedElement
 */

const inputTypes = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
  datepicker: 'date',
  timepicker: 'time',
};

/**
 * @param {TypedElement} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
export function renderTyped(element, blockId, key, surface, field) {
  const multiline = element.type === 'plain_text_input' && element.multiline === true;
  const most = element.type === 'plain_text_input' ? element.max_length : undefined;
  const value = surface.valueOf(blockId, element);
  const text = typeof value === 'string' ? value : '';
  const input = h(multiline ? 'textarea' : 'input', {
    key: most === undefined ? key : 'input',
    class: 'text-input',
    'aria-label': field.id === undefined ? (element.placeholder?.text ?? 'Choose') : undefined,
    ...field,
    type: multiline ? undefined : inputTypes[element.type],
    inputmode: element.type === 'number_input' ? 'decimal' : undefined,
    rows: multiline ? 4 : undefined,
    maxlength: most,
    placeholder: element.placeholder?.text,
    autocomplete: 'off',
    readOnly: surface.disabled,
    value: text,
    oninput: (/** @type {Event} */ event) => {
      surface.onInput(blockId, element, enteredIn(event));
      if (hearsEachCharacter(element)) surface.onCommit(blockId, element);
    },
    onchange: () => surface.onCommit(blockId, element),
  });
  if (most === undefined) return input;
  const left = most - text.length;
  return h(
    'div',
    { key, class: 'counted' },
    input,
    h('span', { key: 'left', class: 'characters-left', 'aria-hidden': 'true' }, left),
  );
}

/** @param {TypedElement} element */
function hearsEachCharacter(element) {
  return (
    'dispatch_action_config' in element &&
    element.dispatch_action_config?.trigger_actions_on?.includes('on_character_entered') === true
  );
}

/** What an input or a native select holds. @param {Event} event @returns {string | null} null when it is empty, as Slack sends it */
export function enteredIn({ currentTarget }) {
  return currentTarget instanceof HTMLInputElement ||
    currentTarget instanceof HTMLTextAreaElement ||
    currentTarget instanceof HTMLSelectElement
    ? currentTarget.value || null
    : null;
}
