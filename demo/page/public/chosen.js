import { h } from './dom.js';

/**
 * What is chosen in a select for several, each with a button that takes it back.
 *
 * @import { OpenList } from './option-list.js'
 * @import { Surface } from './surface.js'
 *
 * @param {readonly string[]} chosen
 * @param {OpenList} list
 * @param {Surface} surface
 * @param {(values: readonly string[]) => void} set
 */
export function renderChosen(chosen, list, surface, set) {
  return h(
    'ul',
    { key: 'chosen', class: 'chosen', 'aria-label': 'Chosen', hidden: chosen.length === 0 },
    chosen.map((value) =>
      h(
        'li',
        { key: value },
        list.labelOf(value),
        h(
          'button',
          {
            type: 'button',
            class: 'icon-button',
            'aria-label': `Remove ${list.labelOf(value)}`,
            disabled: surface.disabled,
            onclick: () => set(chosen.filter((each) => each !== value)),
          },
          '✕',
        ),
      ),
    ),
  );
}
