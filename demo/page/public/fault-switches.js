import { h } from './dom.js';

/**
 * What may go wrong, to be switched on.
 *
 * @import { App } from './ui.js'
 * @import { PageState } from '../state.ts'
 * @import { Child } from './dom.js'
 */

/** @param {App} app @param {PageState} state @returns {Child} */
export function renderFaults(app, state) {
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
        { type: 'button', class: 'button', onclick: () => void app.act({ type: 'disconnectSlack' }) },
        'Drop the connection to Slack',
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          disabled: active === 0,
          onclick: () => void app.act({ type: 'clearFaults' }),
        },
        'Switch all off',
      ),
    ),
  );
}
