import { renderChoices } from './choices.js';
import { renderCombobox } from './combobox.js';
import { h } from './dom.js';
import { focusOnLoad } from './focus.js';
import { renderMenu } from './menu.js';
import { externalUrl, renderText } from './mrkdwn.js';
import { renderChannelSelect, renderSelect, renderUserSelect } from './selects.js';
import { renderTyped } from './text-input.js';

/**
 * Block Kit's interactive elements. https://docs.slack.dev/reference/block-kit/block-elements
 *
 * @import { Child, Props } from './dom.js'
 * @import { Element, Surface } from './surface.js'
 * @import { Button, Overflow } from '@slack/types'
 */

/**
 * @param {Element} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} [tied] the attributes that tie an input to its label, hint and error
 * @returns {Child}
 */
export function renderElement(element, blockId, key, surface, tied = {}) {
  const wantsFocus = 'focus_on_load' in element && element.focus_on_load === true;
  const field = wantsFocus ? { ...tied, 'data-focus-on-load': true, onMount: focusOnLoad } : tied;
  switch (element.type) {
    case 'button':
      return renderButton(element, blockId, key, surface);
    case 'overflow':
      return renderOverflow(element, blockId, key, surface);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'datepicker':
    case 'timepicker':
      return renderTyped(element, blockId, key, surface, field);
    case 'static_select':
      return renderSelect(element, blockId, key, surface, field);
    case 'users_select':
      return renderUserSelect(element, blockId, key, surface, field);
    case 'channels_select':
    case 'conversations_select':
      return renderChannelSelect(element, blockId, key, surface, field);
    case 'radio_buttons':
    case 'checkboxes':
      return renderChoices(element, blockId, key, surface, field);
    case 'multi_static_select':
    case 'external_select':
    case 'multi_external_select':
      return renderCombobox(element, blockId, key, surface, field, surface.list(blockId, element));
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
    onclick: () => surface.onPress(blockId, element),
  };
  const label = renderText(element.text, surface.names);
  const url = externalUrl(element.url);
  if (url !== undefined) {
    return h(
      'a',
      { ...props, href: url, target: '_blank', rel: 'noopener noreferrer' },
      label,
      h('span', { class: 'opens', 'aria-hidden': 'true' }, '↗'),
    );
  }
  return h('button', { ...props, type: 'button', disabled: surface.disabled }, label);
}

/** @param {Overflow} element @param {string} blockId @param {string} key @param {Surface} surface @returns {Child} */
function renderOverflow(element, blockId, key, surface) {
  return renderMenu(surface.app, {
    key,
    id: `${surface.id}-${blockId}-${key}-menu`,
    label: 'More options',
    glyph: '⋯',
    class: 'overflow',
    items: element.options.map((option) => ({
      name: renderText(option.text, surface.names),
      note: option.description?.text,
      url: externalUrl('url' in option ? option.url : undefined),
      run: () => surface.onPress(blockId, element, option.value ?? ''),
    })),
  });
}
