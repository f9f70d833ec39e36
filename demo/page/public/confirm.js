import { h } from './dom.js';
import { takeFocus, trapFocus } from './focus.js';
import { renderText } from './mrkdwn.js';
import { namesIn } from './people.js';

/**
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { Child } from './dom.js'
 * @import { Element } from './surface.js'
 */

/**
 * Goes on at once, or once the person has confirmed it, where the element asks for that.
 *
 * @param {App} app
 * @param {Element} element
 * @param {() => void} proceed
 */
export function confirmed(app, element, proceed) {
  if (!('confirm' in element) || element.confirm === undefined) return proceed();
  app.ui.confirm = { dialog: element.confirm, proceed };
  app.redraw();
}

/** A button's confirmation dialog, while one is asked. @param {App} app @param {PageState} state @returns {Child} */
export function renderConfirm(app, state) {
  const asked = app.ui.confirm;
  if (asked === undefined) return null;
  const { dialog, proceed } = asked;
  const names = namesIn(state);
  const close = () => {
    app.ui.confirm = undefined;
    app.redraw();
  };
  return h(
    'div',
    { key: 'confirm', class: 'backdrop' },
    h(
      'div',
      {
        class: 'dialog confirm',
        role: 'alertdialog',
        'aria-modal': 'true',
        'aria-labelledby': 'confirm-title',
        'aria-describedby': 'confirm-text',
        tabindex: '-1',
        onMount: takeFocus,
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Escape') close();
          else trapFocus(event);
        },
      },
      h(
        'div',
        { class: 'dialog-header' },
        h(
          'h2',
          { id: 'confirm-title' },
          renderText(dialog.title ?? { type: 'plain_text', text: 'Are you sure?' }, names),
        ),
      ),
      h('p', { id: 'confirm-text', class: 'dialog-body' }, renderText(dialog.text, names)),
      h(
        'div',
        { class: 'dialog-footer' },
        h(
          'button',
          { type: 'button', class: 'button default', onclick: close },
          dialog.deny?.text ?? 'Cancel',
        ),
        h(
          'button',
          {
            type: 'button',
            class: `button ${dialog.style ?? 'primary'}`,
            onclick: () => {
              close();
              proceed();
            },
          },
          dialog.confirm?.text ?? 'Yes',
        ),
      ),
    ),
  );
}
