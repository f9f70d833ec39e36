import { h } from './dom.js';

/**
 * You are AWS's reviewer: what can be decided about an opportunity that AWS has.
 *
 * @import { App } from './ui.js'
 * @import { PageOpportunity } from '../state.ts'
 * @import { Child } from './dom.js'
 */

/** @param {App} app @param {PageOpportunity} opportunity @returns {Child} */
export function renderReviewer(app, { catalog, id, reviewStatus, hasTeam }) {
  const { ui } = app;
  const commenting = ui.commenting?.id === id ? ui.commenting : undefined;
  /** @param {'In review' | 'Approved' | 'Action Required' | 'Rejected'} status @param {string} comments */
  const decide = (status, comments) => {
    ui.commenting = undefined;
    void app.act({ type: 'review', catalog, id, status, comments });
  };
  const isDecided = reviewStatus !== 'Submitted' && reviewStatus !== 'In review';
  /** @param {'In review' | 'Approved'} status @param {string} label */
  const plain = (status, label) =>
    h(
      'button',
      {
        type: 'button',
        class: status === 'Approved' && !isDecided ? 'button strong' : 'button',
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
        class: 'button',
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
            class: 'button',
            'aria-label': hasTeam ? `People assigned to ${id}` : `Assign people to ${id}`,
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
          h('button', { type: 'submit', class: 'button strong' }, 'Send to the partner'),
          h(
            'button',
            {
              type: 'button',
              class: 'button',
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
