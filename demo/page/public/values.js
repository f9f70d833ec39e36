/**
 * What an input holds: the text, the option's value, several of them, or nothing.
 *
 * @import { Element, InputValue } from './surface.js'
 */

/**
 * The value that an input has by its blocks alone.
 *
 * @param {Element} element
 * @returns {InputValue}
 */
export function initialValue(element) {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return element.initial_value ?? null;
    case 'datepicker':
      return element.initial_date ?? null;
    case 'timepicker':
      return element.initial_time ?? null;
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? null;
    case 'users_select':
      return element.initial_user ?? null;
    case 'channels_select':
      return element.initial_channel ?? null;
    case 'conversations_select':
      return element.initial_conversation ?? null;
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return (element.initial_options ?? []).flatMap(({ value }) => value ?? []);
    default:
      return null;
  }
}

/**
 * The value in an entry of `view.state.values`, in the form in which it is filled in.
 *
 * @param {Readonly<Record<string, unknown>>} entry its `type`, and one field beside it
 * @returns {InputValue}
 */
export function valueInState({ type: _, ...entry }) {
  const [value] = Object.values(entry);
  if (Array.isArray(value)) return value.flatMap((each) => optionValue(each) ?? []);
  return typeof value === 'string' ? value : optionValue(value);
}

/** @param {unknown} option */
function optionValue(option) {
  return typeof option === 'object' &&
    option !== null &&
    'value' in option &&
    typeof option.value === 'string'
    ? option.value
    : null;
}
