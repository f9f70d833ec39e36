import { command, compose } from './composer.js';
import { h } from './dom.js';

/**
 * @import { App } from './ui.js'
 * @import { PageOpportunity, PageState } from '../state.ts'
 * @import { Child } from './dom.js'
 */

/** Partner Central beside Slack: what there is to submit, its reviewer, and what may go wrong. @param {App} app @param {PageState} state @returns {Child} */
export function renderAwsPanel(app, state) {
  const moved = state.opportunities.filter((each) => each.moved);
  const others = state.opportunities.filter((each) => !each.moved);
  return h(
    'section',
    { key: 'aws', class: 'aws', 'aria-labelledby': 'aws-title' },
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
        h('span', null, 'Automatic reviewer'),
      ),
    ),
    h(
      'div',
      {
        key: 'scroll',
        class: 'aws-scroll',
        tabindex: '0',
        role: 'group',
        'aria-label': 'Opportunities',
      },
      moved.length > 0
        ? [
            h('h3', { key: 'moved' }, 'Submitted by you: now you are AWS’s reviewer'),
            h(
              'p',
              { key: 'moved-hint', class: 'hint' },
              'What you decide reaches the bot as AWS’s event, at once.',
            ),
            h(
              'ul',
              { key: 'moved-list', class: 'opportunities' },
              moved.map((each) => renderOpportunity(app, each)),
            ),
          ]
        : null,
      h('h3', { key: 'others' }, 'Opportunities'),
      h(
        'ul',
        { key: 'others-list', class: 'opportunities' },
        others.map((each) => renderOpportunity(app, each)),
      ),
    ),
    renderFaults(app, state),
  );
}

/** @param {App} app @param {PageOpportunity} opportunity @returns {Child} */
function renderOpportunity(app, opportunity) {
  const { id, catalog, company, moved, stage, reviewStatus, reviewComments, purpose } = opportunity;
  const reviewable = reviewStatus !== 'Pending Submission';
  return h(
    'li',
    { key: `${catalog} ${id}`, class: 'opportunity', 'data-opportunity': id },
    h(
      'div',
      { key: 'line', class: 'opportunity-line' },
      h('code', null, id),
      h('span', { class: `status status-${statusTone(reviewStatus)}` }, reviewStatus || 'no status'),
      catalog === 'AWS' ? null : h('span', { class: 'catalog' }, catalog),
      h(
        'button',
        {
          type: 'button',
          class: 'button try',
          'aria-label': `Try ${id}: ${purpose || company}`,
          onclick: () => compose(app, `${command} ${id}`),
        },
        'Try',
      ),
    ),
    h('p', { key: 'deal', class: 'deal' }, h('strong', null, company), stage ? ` · ${stage}` : null),
    purpose && !moved ? h('p', { key: 'purpose', class: 'purpose' }, purpose) : null,
    reviewComments ? h('p', { key: 'comments', class: 'comments' }, `“${reviewComments}”`) : null,
    reviewable ? renderReviewer(app, opportunity) : null,
  );
}

/** @param {string} status */
function statusTone(status) {
  const key = status.toLowerCase().replace(/[\s-]/g, '');
  return ['pendingsubmission', 'submitted', 'inreview', 'approved', 'rejected', 'actionrequired'].includes(
    key,
  )
    ? key
    : 'other';
}

/** @param {App} app @param {PageOpportunity} opportunity @returns {Child} */
function renderReviewer(app, { catalog, id, reviewStatus, hasTeam }) {
  const { ui } = app;
  const commenting = ui.commenting?.id === id ? ui.commenting : undefined;
  /** @param {'In review' | 'Approved' | 'Action Required' | 'Rejected'} status @param {string} comments */
  const decide = (status, comments) => {
    ui.commenting = undefined;
    void app.act({ type: 'review', catalog, id, status, comments });
  };
  /** @param {'In review' | 'Approved'} status @param {string} label */
  const plain = (status, label) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button review',
        'aria-label': `${label} ${id}`,
        disabled: reviewStatus === status,
        onclick: () => decide(status, ''),
      },
      label,
    );
  /** @param {'Action Required' | 'Rejected'} status @param {string} label */
  const commented = (status, label) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button review',
        'aria-label': `${label} ${id}, with comments`,
        'aria-expanded': commenting?.status === status ? 'true' : 'false',
        onclick: () => {
          ui.commenting = { id, status, comments: suggestedComments[status] };
          app.redraw();
        },
      },
      `${label}…`,
    );
  return h(
    'div',
    { key: 'reviewer', class: 'reviewer', role: 'group', 'aria-label': `AWS's reviewer of ${id}` },
    plain('In review', 'In review'),
    plain('Approved', 'Approve'),
    commented('Action Required', 'Ask for more'),
    commented('Rejected', 'Reject'),
    reviewStatus === 'Approved'
      ? h(
          'button',
          {
            key: 'assign',
            type: 'button',
            class: 'button review',
            'aria-label': `Assign AWS’s people to ${id}`,
            disabled: hasTeam,
            onclick: () => void app.act({ type: 'assignTeam', catalog, id }),
          },
          hasTeam ? 'People assigned' : 'Assign people',
        )
      : null,
    commenting === undefined
      ? null
      : h(
          'form',
          {
            class: 'commenting',
            onsubmit: (/** @type {SubmitEvent} */ event) => {
              event.preventDefault();
              decide(commenting.status, commenting.comments.trim());
            },
          },
          h('label', { for: 'review-comments' }, `${commenting.status}: what does AWS tell the partner?`),
          h('textarea', {
            id: 'review-comments',
            rows: 3,
            value: commenting.comments,
            onMount: (/** @type {HTMLTextAreaElement} */ field) => field.focus(),
            oninput: (/** @type {Event} */ { currentTarget }) => {
              if (currentTarget instanceof HTMLTextAreaElement) commenting.comments = currentTarget.value;
            },
          }),
          h('button', { type: 'submit', class: 'button review strong' }, 'Send to the partner'),
          h(
            'button',
            {
              type: 'button',
              class: 'button review',
              onclick: () => {
                ui.commenting = undefined;
                app.redraw();
              },
            },
            'Cancel',
          ),
        ),
  );
}

const suggestedComments = {
  'Action Required':
    'Please give a realistic close date, and say more about the customer’s business problem.',
  Rejected: 'This opportunity duplicates one that another partner registered.',
};

/** @param {App} app @param {PageState} state @returns {Child} */
function renderFaults(app, state) {
  const active = state.faults.filter((fault) => fault.active).length;
  return h(
    'details',
    { key: 'faults', class: 'faults' },
    h(
      'summary',
      null,
      'Make things go wrong',
      active > 0 ? h('span', { class: 'count' }, `${active} on`) : null,
    ),
    /** @type {const} */ (['AWS', 'Slack']).map((place) =>
      h(
        'fieldset',
        { key: place },
        h('legend', null, place),
        state.faults
          .filter((fault) => fault.on === place)
          .map((fault) =>
            h(
              'label',
              { key: fault.id, class: 'switch' },
              h('input', {
                type: 'checkbox',
                role: 'switch',
                checked: fault.active,
                onchange: () => void app.act({ type: 'setFault', id: fault.id, on: !fault.active }),
              }),
              h('span', null, fault.label),
            ),
          ),
      ),
    ),
    h(
      'p',
      { key: 'buttons', class: 'fault-buttons' },
      h(
        'button',
        { type: 'button', class: 'button review', onclick: () => void app.act({ type: 'disconnectSlack' }) },
        'Drop the connection to Slack',
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button review',
          disabled: active === 0,
          onclick: () => void app.act({ type: 'clearFaults' }),
        },
        'Switch all off',
      ),
    ),
  );
}
