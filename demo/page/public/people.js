import { h } from './dom.js';

/**
 * @import { PageState, PageUser } from '../state.ts'
 * @import { Child } from './dom.js'
 * @import { Names } from './mrkdwn.js'
 */

/** A square with the person's initials; the bot's has a tick. @param {PageUser} person @returns {Child} */
export function renderAvatar(person) {
  const initials = person.name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('');
  const tone = [...person.id].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % 5;
  return h(
    'span',
    { class: person.kind === 'bot' ? 'avatar bot' : `avatar tone-${tone}`, 'aria-hidden': 'true' },
    person.kind === 'bot' ? '✓' : initials,
  );
}

/** What mentions and dates are shown as. @param {PageState} state @returns {Names} */
export function namesIn(state) {
  return {
    user: (id) => state.users.find((user) => user.id === id)?.name ?? id,
    channel: (id) => state.channels.find((channel) => channel.id === id)?.name ?? id,
    today: new Date(state.now),
  };
}
