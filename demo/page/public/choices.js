import { h } from './dom.js';
import { renderText } from './mrkdwn.js';

/**
 * @import { Child, Props } from './dom.js'
 * @import { Surface } from './surface.js'
 * @import { Checkboxes, RadioButtons } from '@slack/types'
 */

/**
 * Radio buttons and checkboxes.
 *
 * @param {RadioButtons | Checkboxes} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @returns {Child}
 */
export function renderChoices(element, blockId, key, surface, field) {
  const several = element.type === 'checkboxes';
  const value = surface.valueOf(blockId, element);
  const chosen = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  return h(
    'div',
    {
      key,
      class: 'choices',
      role: several ? 'group' : 'radiogroup',
      'aria-label': field['aria-labelledby'] === undefined ? 'Choose' : undefined,
      ...field,
    },
    element.options.map((option) => {
      const optionValue = option.value ?? '';
      const choose = (/** @type {Event} */ { currentTarget }) => {
        const on = currentTarget instanceof HTMLInputElement && currentTarget.checked;
        const others = chosen.filter((other) => other !== optionValue);
        surface.onInput(blockId, element, several ? (on ? [...others, optionValue] : others) : optionValue);
        surface.onCommit(blockId, element);
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
