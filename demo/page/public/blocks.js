import { h } from './dom.js';
import { renderElement } from './elements.js';
import { renderText } from './mrkdwn.js';
import { renderRichText } from './rich-text.js';

/**
 * Block Kit as elements. https://docs.slack.dev/reference/block-kit/blocks
 *
 * @import { Child } from './dom.js'
 * @import { AnyBlock, KnownBlock, InputBlock, SectionBlock } from '@slack/types'
 * @typedef {import('./surface.js').Surface} Surface
 */

/**
 * @param {readonly AnyBlock[]} blocks
 * @param {Surface} surface
 * @returns {Child[]}
 */
export function renderBlocks(blocks, surface) {
  return blocks.map((block, index) => {
    const id = block.block_id ?? String(index);
    return h('div', { key: id, class: `block block-${block.type}` }, renderAnyBlock(block, id, surface));
  });
}

/** @param {AnyBlock} block @param {string} id @param {Surface} surface @returns {Child} */
function renderAnyBlock(block, id, surface) {
  return isKnown(block) ? renderBlock(block, id, surface) : renderUnknown(block.type);
}

/** @param {AnyBlock} block @returns {block is KnownBlock} */
function isKnown(block) {
  return knownTypes.has(block.type);
}

const knownTypes = new Set([
  'header',
  'section',
  'context',
  'divider',
  'actions',
  'input',
  'alert',
  'image',
  'rich_text',
  'markdown',
]);

/** @param {string} type @returns {Child} */
function renderUnknown(type) {
  return h('p', { class: 'unsupported' }, `The demo doesn't show blocks of type ${type}.`);
}

/** @param {KnownBlock} block @param {string} id @param {Surface} surface @returns {Child} */
function renderBlock(block, id, surface) {
  const { names } = surface;
  switch (block.type) {
    case 'header':
      return h('h3', null, renderText(block.text, names));
    case 'section':
      return renderSection(block, id, surface);
    case 'context':
      return block.elements.map((element, index) =>
        element.type === 'image'
          ? h('span', { key: index, class: 'image-alt' }, element.alt_text)
          : h('span', { key: index }, renderText(element, names)),
      );
    case 'divider':
      return h('hr');
    case 'actions':
      return block.elements.map((element, index) => renderElement(element, id, String(index), surface));
    case 'input':
      return renderInput(block, id, surface);
    case 'alert':
      return h(
        'div',
        { class: `alert alert-${block.level ?? 'default'}`, role: 'note' },
        h('span', { class: 'alert-icon', 'aria-hidden': 'true' }, alertIcons[block.level ?? 'default']),
        h('div', null, renderText(block.text, names)),
      );
    case 'image':
      return h(
        'figure',
        null,
        block.title ? h('figcaption', null, renderText(block.title, names)) : null,
        h('span', { class: 'image-alt' }, block.alt_text),
      );
    case 'rich_text':
      return renderRichText(block, names);
    case 'markdown':
      return h('p', null, block.text);
    default:
      return renderUnknown(block.type);
  }
}

const alertIcons = { default: 'i', info: 'i', warning: '!', error: '!', success: '✓' };

/** @param {SectionBlock} block @param {string} id @param {Surface} surface @returns {Child} */
function renderSection(block, id, surface) {
  return [
    h(
      'div',
      { key: 'text', class: 'section-text' },
      block.text ? h('p', null, renderText(block.text, surface.names)) : null,
      block.fields
        ? h(
            'div',
            { class: 'fields' },
            block.fields.map((field, index) => h('p', { key: index }, renderText(field, surface.names))),
          )
        : null,
    ),
    block.accessory
      ? h('div', { key: 'accessory', class: 'accessory' }, renderElement(block.accessory, id, '0', surface))
      : null,
  ];
}

/** @param {InputBlock} block @param {string} id @param {Surface} surface @returns {Child} */
function renderInput(block, id, surface) {
  const error = surface.errors[id];
  const controlId = `${surface.id}-${id}`;
  const described = [
    block.hint ? `${controlId}-hint` : '',
    error === undefined ? '' : `${controlId}-error`,
  ].filter((part) => part !== '');
  const grouped = block.element.type === 'radio_buttons' || block.element.type === 'checkboxes';
  const labelId = `${controlId}-label`;
  const inner = [
    h(
      grouped ? 'p' : 'label',
      { key: 'label', id: labelId, class: 'label', for: grouped ? undefined : controlId },
      renderText(block.label, surface.names),
      block.optional ? h('span', { class: 'optional' }, ' (optional)') : null,
    ),
    renderElement(block.element, id, '0', surface, {
      id: controlId,
      'aria-labelledby': grouped ? labelId : undefined,
      'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
      'aria-invalid': error === undefined || grouped ? undefined : 'true',
    }),
    block.hint
      ? h('p', { key: 'hint', id: `${controlId}-hint`, class: 'hint' }, renderText(block.hint, surface.names))
      : null,
    error === undefined
      ? null
      : h('p', { key: 'error', id: `${controlId}-error`, class: 'field-error', role: 'alert' }, error),
  ];
  return h('div', { class: error === undefined ? 'field' : 'field invalid', 'data-block-id': id }, inner);
}
