import { today } from './dates.js';
import { h } from './dom.js';
import { renderThemeSwitch } from './theme.js';

/**
 * Above everything: what this is, what to do first, and the day.
 *
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { Child } from './dom.js'
 */

/** @param {App} app @param {PageState} state @param {boolean} lost @returns {Child} */
export function renderTop(app, state, lost) {
  return h(
    'header',
    { key: 'top', class: 'top' },
    h(
      'h1',
      { key: 'brand', class: 'brand', title: 'Nothing leaves this computer.' },
      h('span', { class: 'brand-name' }, 'submit-opportunity-bot'),
      h('span', { class: 'badge' }, 'demo'),
    ),
    renderSteps(app, state),
    h(
      'div',
      { key: 'day', class: 'calendar', role: 'group', 'aria-label': 'The day' },
      h('time', { datetime: state.now }, today(new Date(state.now))),
      h(
        'button',
        {
          type: 'button',
          class: 'button default',
          title: 'AWS takes days. Reminders and the weekly digest come with them.',
          onclick: () => void app.act({ type: 'skipDay' }),
        },
        'A day later',
      ),
      renderThemeSwitch(app),
    ),
    lost
      ? h(
          'p',
          { key: 'lost', class: 'lost', role: 'alert' },
          'The demo has stopped. Start it again with ',
          h('code', null, 'npm run demo'),
          ': this page comes back by itself.',
        )
      : null,
  );
}

/** The newcomer's three steps, with the one they are at. @param {App} app @param {PageState} state @returns {Child} */
function renderSteps({ ui }, state) {
  const sent = state.opportunities.filter(({ moved }) => moved);
  const done = [
    sent.length > 0 || ui.hasTried,
    sent.length > 0,
    sent.some(({ reviewStatus }) => decided.has(reviewStatus)),
  ];
  const at = done.indexOf(false);
  const steps = h(
    'ol',
    { key: 'steps', class: 'steps', 'aria-label': 'First steps' },
    ['Press Try', 'Submit it', 'Approve it as AWS'].map((step, index) =>
      h(
        'li',
        {
          key: step,
          class: done[index] ? 'step done' : 'step',
          'aria-current': index === at ? 'step' : undefined,
        },
        h(
          'span',
          {
            class: 'step-number',
            'aria-label': done[index] ? 'Done' : undefined,
            role: done[index] ? 'img' : undefined,
          },
          done[index] ? '✓' : index + 1,
        ),
        step,
      ),
    ),
  );
  return [steps, at < 0 ? h('p', { key: 'next', class: 'next' }, 'Next: one that is refused') : null];
}

const decided = new Set(['Approved', 'Rejected', 'Action Required']);

/** On a phone: Slack or Partner Central. @param {App} app @param {PageState} state @returns {Child} */
export function renderPanes(app, state) {
  const { ui } = app;
  const toDecide = state.opportunities.filter(
    ({ moved, reviewStatus }) => moved && !decided.has(reviewStatus),
  ).length;
  return h(
    'nav',
    { key: 'panes', class: 'panes', 'aria-label': 'Windows' },
    /** @type {const} */ ([
      ['slack', 'Slack', 0],
      ['aws', 'AWS Partner Central', toDecide],
    ]).map(([pane, name, count]) =>
      h(
        'button',
        {
          key: pane,
          type: 'button',
          class: 'pane',
          'aria-pressed': ui.pane === pane ? 'true' : 'false',
          onclick: () => {
            ui.pane = pane;
            app.redraw();
          },
        },
        name,
        count > 0 ? h('span', { class: 'count' }, count) : null,
      ),
    ),
  );
}
