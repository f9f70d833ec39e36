import { renderCombobox } from './combobox.js';
import { h } from './dom.js';
import { renderText } from './mrkdwn.js';

/**
 * Block Kit's interactive elements. https://docs.slack.dev/reference/block-kit/block-elements
 *
 * @import { Child, Props } from './dom.js'
 * @import { OpenList } from './combobox.js'
 * @import { Names } from './mrkdwn.js'
 * @import { PageChannel } from '../state.ts'
 * @import { ActionsBlock, Button, Checkboxes, ConversationsSelect, InputBlock, Option, PlainTextOption, RadioButtons, SectionBlock, StaticSelect } from '@slack/types'
 * @typedef {string | readonly string[] | null} InputValue
 * @typedef {InputBlock['element'] | NonNullable<SectionBlock['accessory']> | ActionsBlock['elements'][number]} Element
 *
 * A message or a modal, as its blocks see it:
 * @typedef {{
 *   readonly id: string,
 *   readonly names: Names,
 *   readonly disabled: boolean,
 *   readonly errors: Readonly<Record<string, string>>,
 *   valueOf(blockId: string, element: Element): InputValue,
 *   onButton(blockId: string, element: Button): void,
 *   onInput(blockId: string, value: InputValue): void,
 *   onCommit(blockId: string): void,
 *   list(blockId: string): OpenList | undefined,
 *   readonly conversations: readonly PageChannel[],
 * }} Surface
 */

/**
 * @param {Element} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} [field] the attributes that tie an input to its label, hint and error
 * @returns {Child}
 */
export function renderElement(element, blockId, key, surface, field = {}) {
  switch (element.type) {
    case 'button':
      return renderButton(element, blockId, key, surface);
    case 'plain_text_input':
    case 'datepicker':
      return renderTyped(element, blockId, key, surface, field);
    case 'static_select':
      return renderSelect(element, blockId, key, surface, field);
    case 'conversations_select':
      return renderConversations(element, blockId, key, surface, field);
    case 'radio_buttons':
    case 'checkboxes':
      return renderChoices(element, blockId, key, surface, field);
    case 'external_select':
    case 'multi_external_select': {
      const list = surface.list(blockId);
      return list === undefined
        ? renderUnsupported(element, key)
        : renderCombobox(element, blockId, key, surface, field, list);
    }
    case 'image':
      return h('span', { key, class: 'image-alt' }, element.alt_text);
    default:
      return renderUnsupported(element, key);
  }
}

/** @param {Element} element @param {string} key @returns {Child} */
function renderUnsupported(element, key) {
  return h('span', { key, class: 'unsupported' }, `The demo doesn't show ${element.type}.`);
}

/** @param {Button} element @param {string} blockId @param {string} key @param {Surface} surface @returns {Child} */
function renderButton(element, blockId, key, surface) {
  const props = {
    key,
    class: `button ${element.style ?? 'default'}`,
    'aria-label': element.accessibility_label,
    'data-action-id': element.action_id,
    onclick: () => surface.onButton(blockId, element),
  };
  const label = renderText(element.text, surface.names);
  if (element.url !== undefined && /^https?:\/\//i.test(element.url)) {
    return h(
      'a',
      { ...props, href: element.url, target: '_blank', rel: 'noopener noreferrer' },
      label,
      h('span', { class: 'opens', 'aria-hidden': 'true' }, '↗'),
    );
  }
  return h('button', { ...props, type: 'button', disabled: surface.disabled }, label);
}

/**
 * @param {Extract<Element, { type: 'plain_text_input' | 'datepicker' }>} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
function renderTyped(element, blockId, key, surface, field) {
  const multiline = element.type === 'plain_text_input' && element.multiline === true;
  const value = surface.valueOf(blockId, element);
  return h(multiline ? 'textarea' : 'input', {
    key,
    ...field,
    type: multiline ? undefined : element.type === 'datepicker' ? 'date' : 'text',
    rows: multiline ? 4 : undefined,
    maxlength: element.type === 'plain_text_input' ? element.max_length : undefined,
    placeholder: element.placeholder?.text,
    autocomplete: 'off',
    readOnly: surface.disabled,
    value: typeof value === 'string' ? value : '',
    oninput: (/** @type {InputEvent} */ event) => surface.onInput(blockId, typedText(event)),
    onchange: () => surface.onCommit(blockId),
  });
}

/** @param {Event} event @returns {string | null} null when it is empty, as Slack sends it */
function typedText({ currentTarget }) {
  return currentTarget instanceof HTMLInputElement ||
    currentTarget instanceof HTMLTextAreaElement ||
    currentTarget instanceof HTMLSelectElement
    ? currentTarget.value || null
    : null;
}

/**
 * @param {StaticSelect} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
function renderSelect(element, blockId, key, surface, field) {
  const chosen = surface.valueOf(blockId, element);
  /** @param {PlainTextOption | Option} option */
  const renderOption = (option) =>
    h('option', { key: option.value, value: option.value ?? '' }, renderText(option.text, surface.names));
  const groups = element.option_groups ?? [];
  return h(
    'select',
    {
      key,
      ...field,
      'aria-label': field.id === undefined ? (element.placeholder?.text ?? 'Choose') : undefined,
      disabled: surface.disabled,
      onchange: (/** @type {Event} */ event) => {
        surface.onInput(blockId, typedText(event));
        surface.onCommit(blockId);
      },
      value: typeof chosen === 'string' ? chosen : '',
    },
    h('option', { key: '', value: '' }, element.placeholder?.text ?? 'Choose…'),
    (element.options ?? []).map(renderOption),
    groups.map((group, index) =>
      h('optgroup', { key: `group-${index}`, label: group.label.text }, group.options.map(renderOption)),
    ),
  );
}

/**
 * The channels the person sees; direct messages where the app doesn't leave them out.
 *
 * @param {ConversationsSelect} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
function renderConversations({ filter, placeholder, ...element }, blockId, key, surface, field) {
  const kinds = filter?.include ?? ['public', 'private', 'im'];
  const options = surface.conversations
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ id, name, kind }) => ({
      text: /** @type {const} */ ({ type: 'plain_text', text: kind === 'public' ? `# ${name}` : name }),
      value: id,
    }));
  return renderSelect(
    { ...element, type: 'static_select', options, ...(placeholder ? { placeholder } : {}) },
    blockId,
    key,
    surface,
    field,
  );
}

/**
 * @param {RadioButtons | Checkboxes} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
function renderChoices(element, blockId, key, surface, field) {
  const several = element.type === 'checkboxes';
  const value = surface.valueOf(blockId, element);
  const chosen = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  return h(
    'div',
    { key, class: 'choices', role: several ? undefined : 'radiogroup', ...field },
    element.options.map((option) => {
      const optionValue = option.value ?? '';
      const choose = (/** @type {Event} */ { currentTarget }) => {
        const on = currentTarget instanceof HTMLInputElement && currentTarget.checked;
        const others = chosen.filter((other) => other !== optionValue);
        surface.onInput(blockId, several ? (on ? [...others, optionValue] : others) : optionValue);
        surface.onCommit(blockId);
      };
      return h(
        'label',
        { key: optionValue, class: 'choice' },
        h('input', {
          type: several ? 'checkbox' : 'radio',
          name: `${surface.id}-${blockId}`,
          value: optionValue,
          checked: chosen.includes(optionValue),
          disabled: surface.disabled,
          onchange: choose,
        }),
        h(
          'span',
          { class: 'choice-text' },
          h('span', { class: 'choice-label' }, renderText(option.text, surface.names)),
          option.description
            ? h('span', { class: 'choice-description' }, renderText(option.description, surface.names))
            : null,
        ),
      );
    }),
  );
}

/**
 * The value that an input has by the view alone.
 *
 * @param {Element} element
 * @returns {InputValue}
 */
export function initialValue(element) {
  switch (element.type) {
    case 'plain_text_input':
      return element.initial_value ?? null;
    case 'datepicker':
      return element.initial_date ?? null;
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? null;
    case 'conversations_select':
      return element.initial_conversation ?? null;
    case 'checkboxes':
    case 'multi_external_select':
      return (element.initial_options ?? []).flatMap(({ value }) => value ?? []);
    default:
      return null;
  }
}

/**
 * The value in an entry of `view.state.values`, in the form in which it is filled in.
 *
 * @param {Readonly<Record<string, unknown>>} entry
 * @returns {InputValue}
 */
export function valueInState(entry) {
  const {
    value,
    selected_date: date,
    selected_option: option,
    selected_options: options,
    selected_conversation: conversation,
  } = entry;
  if (Array.isArray(options)) return options.flatMap((each) => optionValue(each) ?? []);
  if (option !== undefined) return optionValue(option);
  if (typeof date === 'string') return date;
  if (typeof conversation === 'string') return conversation;
  return typeof value === 'string' ? value : null;
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
