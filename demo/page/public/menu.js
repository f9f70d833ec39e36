import { h } from './dom.js';

/**
 * A menu button: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 *
 * @import { App } from './ui.js'
 * @import { Child } from './dom.js'
 *
 * @typedef {{
 *   readonly name: Child,
 *   readonly note?: string | undefined,
 *   readonly url?: string | undefined,
 *   run(): void,
 * }} MenuItem
 *
 * @param {App} app
 * @param {{ key: string, id: string, label: string, glyph: string, class: string, items: readonly MenuItem[] }} menu
 * @returns {Child}
 */
export function renderMenu(app, { key, id, label, glyph, class: kind, items }) {
  const isOpen = app.ui.menu === id;
  const show = (/** @type {string | undefined} */ shown) => {
    app.ui.menu = shown;
    app.redraw();
  };
  const open = () => {
    show(id);
    document.getElementById(`${id}-0`)?.focus();
  };
  return h(
    'div',
    {
      key,
      class: isOpen ? `menu-place ${kind} open` : `menu-place ${kind}`,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (!isOpen) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          show(undefined);
          document.getElementById(`${id}-button`)?.focus();
        }
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        const at = items.findIndex((_, index) => document.activeElement?.id === `${id}-${index}`);
        if (step === 0 || at < 0) return;
        event.preventDefault();
        document.getElementById(`${id}-${(at + step + items.length) % items.length}`)?.focus();
      },
    },
    h(
      'button',
      {
        key: 'button',
        id: `${id}-button`,
        type: 'button',
        class: 'icon-button',
        'aria-label': label,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen ? 'true' : 'false',
        'aria-controls': isOpen ? id : undefined,
        // The item keeps the focus, and with it the menu, until the click closes it.
        onmousedown: (/** @type {MouseEvent} */ event) => isOpen && event.preventDefault(),
        onclick: () => (isOpen ? show(undefined) : open()),
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== 'ArrowDown' || isOpen) return;
          event.preventDefault();
          event.stopPropagation();
          open();
        },
      },
      glyph,
    ),
    isOpen
      ? h(
          'div',
          { key: 'items', id, class: 'menu', role: 'menu', 'aria-label': label },
          items.map(({ name, note, url, run }, index) =>
            h(
              url === undefined ? 'button' : 'a',
              {
                key: index,
                id: `${id}-${index}`,
                type: url === undefined ? 'button' : undefined,
                href: url,
                target: url === undefined ? undefined : '_blank',
                rel: url === undefined ? undefined : 'noopener noreferrer',
                class: 'menu-item',
                role: 'menuitem',
                tabindex: '-1',
                onblur: (/** @type {FocusEvent} */ { relatedTarget }) => {
                  const stays = relatedTarget instanceof Element && relatedTarget.closest('.menu')?.id === id;
                  if (!stays) queueMicrotask(() => app.ui.menu === id && show(undefined));
                },
                onclick: () => {
                  show(undefined);
                  run();
                },
              },
              h('span', null, name),
              note === undefined ? null : h('span', { class: 'menu-note' }, note),
            ),
          ),
        )
      : null,
  );
}
