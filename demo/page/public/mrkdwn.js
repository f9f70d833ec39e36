import { formatSlackDate } from './dates.js';
import { h } from './dom.js';
import { withEmoji } from './emoji.js';

/**
 * Slack's mrkdwn as elements.
 * https://docs.slack.dev/messaging/formatting-message-text
 *
 * What is shown for IDs, and the day from which others are "yesterday" or "tomorrow".
 *
 * @typedef {{ user(id: string): string, channel(id: string): string, today: Date }} Names
 * @import { Child } from './dom.js'
 */

/** What a run of text may hold, tried at each place in this order. */
const inline = new RegExp(
  [
    '```(?<fence>[\\s\\S]+?)```',
    '`(?<code>[^`\\n]+)`',
    '<(?<angle>[^<>\\n]+)>',
    '(?<bare>https?://[^\\s<>|*]*[^\\s<>|*.,;:!?)"\'])',
    '(?<![\\w*])\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*(?![\\w*])',
    '(?<![\\w_])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?![\\w_])',
    '(?<![\\w~])~(?<strike>\\S(?:[^~\\n]*\\S)?)~(?![\\w~])',
  ].join('|'),
  'g',
);

/**
 * @param {string} text
 * @param {Names} names
 * @returns {Child[]}
 */
export function renderMrkdwn(text, names) {
  /** @type {Child[]} */
  const out = [];
  for (const part of text.split(/((?:^|(?<=\n))(?:&gt;|>) ?[^\n]*(?:\n(?:&gt;|>) ?[^\n]*)*\n?)/)) {
    if (/^(&gt;|>)/.test(part)) {
      out.push(h('blockquote', null, renderInline(part.replace(/^(&gt;|>) ?/gm, '').trimEnd(), names)));
    } else {
      out.push(...renderInline(part, names));
    }
  }
  return out;
}

/** @param {string} text @param {Names} names @returns {Child[]} */
function renderInline(text, names) {
  /** @type {Child[]} */
  const out = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    out.push(...lines(text.slice(end, match.index)));
    out.push(renderMatch(match.groups ?? {}, names));
    end = match.index + match[0].length;
  }
  out.push(...lines(text.slice(end)));
  return out;
}

/** @param {Record<string, string | undefined>} groups @param {Names} names @returns {Child} */
function renderMatch({ fence, code, angle, bare, bold, italic, strike }, names) {
  if (fence !== undefined) return h('pre', null, unescapeText(fence.replace(/^\n/, '')));
  if (code !== undefined) return h('code', null, unescapeText(code));
  if (angle !== undefined) return renderAngle(angle, names);
  if (bare !== undefined) return externalLink(unescapeText(bare), unescapeText(bare));
  if (bold !== undefined) return h('strong', null, renderInline(bold, names));
  if (italic !== undefined) return h('em', null, renderInline(italic, names));
  return h('s', null, renderInline(strike ?? '', names));
}

/** `<…>`: a mention, a date or a link. @param {string} content @param {Names} names @returns {Child} */
function renderAngle(content, names) {
  const [target = '', ...rest] = content.split('|');
  const label = rest.length > 0 ? unescapeText(rest.join('|')) : undefined;
  if (target.startsWith('@')) return mention(`@${label ?? names.user(target.slice(1))}`);
  if (target.startsWith('#')) return mention(`#${label ?? names.channel(target.slice(1))}`);
  const date = /^!date\^(\d+)\^([^^]*)(?:\^(.*))?$/.exec(target);
  if (date) {
    const shown = formatSlackDate(Number(date[1]), date[2] ?? '', names.today);
    return h('time', { title: label }, shown);
  }
  if (target.startsWith('!subteam^')) return mention(label ?? target);
  if (target.startsWith('!')) return mention(`@${label ?? target.slice(1)}`);
  return externalLink(unescapeText(target), label ?? unescapeText(target));
}

/** @param {string} text */
function mention(text) {
  return h('span', { class: 'mention' }, text);
}

/**
 * A link that opens in a tab of its own; anything but the web or mail stays text.
 *
 * @param {string} url
 * @param {Child} label
 * @returns {Child}
 */
export function externalLink(url, label) {
  const href = externalUrl(url);
  return href === undefined ? label : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/** The address, where it is one of the web or of mail. @param {string | undefined} url */
export function externalUrl(url) {
  return url !== undefined && /^(https?:\/\/|mailto:)/i.test(url) ? url : undefined;
}

/** @param {string} text @returns {Child[]} */
function lines(text) {
  return withEmoji(unescapeText(text))
    .split('\n')
    .flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]));
}

/** Slack escapes these three and nothing else. @param {string} text */
function unescapeText(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * A text object, whichever of the two kinds it is.
 *
 * @param {{ type: string, text: string }} text
 * @param {Names} names
 * @returns {Child[]}
 */
export function renderText(text, names) {
  return text.type === 'mrkdwn' ? renderMrkdwn(text.text, names) : [withEmoji(text.text)];
}
