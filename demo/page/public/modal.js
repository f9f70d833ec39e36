import { renderBlocks } from './blocks.js';
import { h } from './dom.js';
import { takeFocus, trapFocus } from './focus.js';
import { closeView, modalSurface, submitView } from './modal-surface.js';

/**
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { Child } from './dom.js'
 */

/** The topmost of the person's open views, or null. @param {App} app @param {PageState} state @returns {Child} */
export function renderModal(app, state) {
  const open = state.views.at(-1);
  if (open === undefined) return null;
  const { ui } = app;
  const { view } = open;
  const title = 'title' in view && view.title ? view.title.text : '';
  const submit = 'submit' in view ? view.submit?.text : undefined;
  const close = 'close' in view ? view.close?.text : undefined;
  const stacked = state.views.length > 1;
  return h(
    'div',
    { key: 'modal', class: 'backdrop', inert: ui.confirm !== undefined },
    h(
      'div',
      {
        key: open.id,
        class: stacked ? 'dialog modal stacked' : 'dialog modal',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-labelledby': 'modal-title',
        'aria-busy': ui.modalBusy ? 'true' : undefined,
        tabindex: '-1',
        'data-view-id': open.id,
        onMount: takeFocus,
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Escape') void closeView(app);
          else trapFocus(event);
        },
      },
      h(
        'form',
        {
          novalidate: true,
          onsubmit: (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            if (submit !== undefined) void submitView(app, state, open);
          },
        },
        h(
          'div',
          { key: 'header', class: 'dialog-header' },
          h('span', { key: 'app', class: 'avatar bot', 'aria-hidden': 'true' }, '✓'),
          stacked ? h('span', { class: 'stack', 'aria-hidden': 'true' }, `${state.views.length} open`) : null,
          h('h2', { id: 'modal-title' }, title),
          h(
            'button',
            {
              type: 'button',
              class: 'icon-button',
              'aria-label': 'Close',
              onclick: () => void closeView(app),
            },
            '✕',
          ),
        ),
        h(
          'div',
          // Another form in its place begins at its top; the same one, brought up to date, stays where it was scrolled to.
          { key: `body ${view.callback_id ?? ''}`, class: 'dialog-body' },
          renderBlocks(view.blocks, modalSurface(app, state, open)),
        ),
        h(
          'div',
          { key: 'footer', class: 'dialog-footer' },
          ui.modalNotice === undefined
            ? null
            : h('p', { class: 'dialog-notice', role: 'alert' }, ui.modalNotice),
          h(
            'button',
            { key: 'close', type: 'button', class: 'button default', onclick: () => void closeView(app) },
            close ?? (submit === undefined ? 'Close' : 'Cancel'),
          ),
          submit === undefined
            ? null
            : h(
                'button',
                { key: 'submit', type: 'submit', class: 'button primary', disabled: ui.modalBusy },
                ui.modalBusy ? h('span', { class: 'spinner', 'aria-hidden': 'true' }) : null,
                submit,
              ),
        ),
      ),
    ),
  );
}
