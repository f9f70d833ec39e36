import { h } from './dom.js';
import { withEmoji } from './emoji.js';
import { externalLink } from './mrkdwn.js';

/**
 * The plainer part of rich text: paragraphs, lists, quotes and code with their styles, links and mentions.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 *
 * @import { Child } from './dom.js'
 * @import { RichTextBlock, RichTextElement } from '@slack/types'
 * @typedef {import('./mrkdwn.js').Names} Names
 */

/** @param {RichTextBlock} block @param {Names} names @returns {Child[]} */
export function renderRichText(block, names) {
  return block.elements.map((part) => {
    switch (part.type) {
      case 'rich_text_list':
        return h(
          part.style === 'ordered' ? 'ol' : 'ul',
          null,
          part.elements.map((item) => h('li', null, runs(item.elements, names))),
        );
      case 'rich_text_quote':
        return h('blockquote', null, runs(part.elements, names));
      case 'rich_text_preformatted':
        return h('pre', null, runs(part.elements, names));
      default:
        return h('p', null, runs(part.elements, names));
    }
  });
}

/** @param {readonly RichTextElement[]} elements @param {Names} names @returns {Child[]} */
function runs(elements, names) {
  return elements.map((element) => {
    switch (element.type) {
      case 'text':
        return styled(element.text, element.style);
      case 'link':
        return externalLink(element.url, element.text ?? element.url);
      case 'user':
        return h('span', { class: 'mention' }, `@${names.user(element.user_id)}`);
      case 'channel':
        return h('span', { class: 'mention' }, `#${names.channel(element.channel_id)}`);
      case 'emoji':
        return withEmoji(`:${element.name}:`);
      default:
        return null;
    }
  });
}

/**
 * @param {string} text
 * @param {{ bold?: boolean, italic?: boolean, strike?: boolean, code?: boolean } | undefined} style
 * @returns {Child}
 */
function styled(text, style) {
  /** @type {Child} */
  let out = text;
  if (style?.code) out = h('code', null, out);
  if (style?.strike) out = h('s', null, out);
  if (style?.italic) out = h('em', null, out);
  if (style?.bold) out = h('strong', null, out);
  return out;
}
