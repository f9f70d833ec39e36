import { tryOut } from './composer.js';
import { h } from './dom.js';
import { renderFaults } from './fault-switches.js';
import { renderReviewer } from './reviewer.js';

/**
 * @import { App } from './ui.js'
 * @import { PageOpportunity, PageState } from '../state.ts'
 * @import { Child } from './dom.js'
 */

/** @type {readonly { group: PageOpportunity['group'], title: string, open: boolean }[]} */
const groups = [
  { group: 'start', title: 'Start here', open: true },
  { group: 'refused', title: 'Refused', open: true },
  { group: 'with-aws', title: 'With AWS, or decided', open: false },
  { group: 'odd', title: 'Odd ones', open: false },
];

/** Partner Central beside Slack: what there is to submit, its reviewer, and what may go wrong. @param {App} app @param {PageState} state @param {boolean} inFront on a phone @returns {Child} */
export function renderAwsPanel(app, state, inFront) {
  const moved = state.opportunities.filter((each) => each.moved);
  return h(
    'section',
    { key: 'aws', class: inFront ? 'aws' : 'aws behind', 'aria-labelledby': 'aws-title' },
    h(
      'header',
      { key: 'header', class: 'aws-header' },
      h('h2', { id: 'aws-title' }, 'AWS Partner Central'),
      h(
        'label',
        { class: 'switch' },
        h('input', {
          type: 'checkbox',
          role: 'switch',
          checked: state.reviewer.automatic,
          onchange: () => void app.act({ type: 'setAutomaticReviewer', on: !state.reviewer.automatic }),
        }),
        h('span', null, 'Auto-review'),
      ),
    ),
    h(
      'div',
      { key: 'scroll', class: 'aws-scroll', tabindex: '0', role: 'group', 'aria-label': 'Opportunities' },
      renderGroup(app, 'Yours: now you are AWS’s reviewer', true, moved),
      groups.map(({ group, title, open }) =>
        renderGroup(
          app,
          title,
          open,
          state.opportunities.filter((each) => !each.moved && each.group === group),
        ),
      ),
    ),
    renderFaults(app, state),
  );
}

/** @param {App} app @param {string} title @param {boolean} open @param {readonly PageOpportunity[]} opportunities @returns {Child} */
function renderGroup(app, title, open, opportunities) {
  if (opportunities.length === 0) return null;
  return h(
    'details',
    {
      key: title,
      class: 'group',
      // From then on whoever looks at the page opens and closes it.
      onMount: (/** @type {HTMLDetailsElement} */ details) => {
        details.open = open;
      },
    },
    h('summary', null, title, h('span', { class: 'how-many' }, opportunities.length)),
    h(
      'ul',
      { class: 'opportunities' },
      opportunities.map((each) => renderOpportunity(app, each)),
    ),
  );
}

/** @param {App} app @param {PageOpportunity} opportunity @returns {Child} */
function renderOpportunity(app, opportunity) {
  const { id, catalog, company, moved, reviewStatus, reviewComments, purpose } = opportunity;
  const isDraft = reviewStatus === 'Pending Submission';
  return h(
    'li',
    { key: `${catalog} ${id}`, class: 'opportunity', 'data-opportunity': id },
    h('p', { key: 'deal', class: 'deal' }, h('code', null, id), h('strong', null, company)),
    h(
      'button',
      {
        key: 'try',
        type: 'button',
        class: 'button try',
        'aria-label': `Try ${id}: ${purpose || company}`,
        onclick: () => void tryOut(app, id),
      },
      'Try',
    ),
    purpose && !moved ? h('p', { key: 'purpose', class: 'purpose' }, purpose) : null,
    isDraft && catalog === 'AWS'
      ? null
      : h(
          'p',
          { key: 'status' },
          h('span', { class: `status status-${statusTone(reviewStatus)}` }, reviewStatus || 'no status'),
          catalog === 'AWS' ? null : h('span', { class: 'catalog' }, catalog),
        ),
    reviewComments ? h('p', { key: 'comments', class: 'comments' }, `“${reviewComments}”`) : null,
    isDraft || reviewStatus === '' ? null : renderReviewer(app, opportunity),
  );
}

/** @param {string} status */
function statusTone(status) {
  const key = status.toLowerCase().replace(/[\s-]/g, '');
  return ['submitted', 'inreview', 'approved', 'rejected', 'actionrequired'].includes(key) ? key : 'other';
}
