import { h } from './dom.js';

/**
 * Light or dark: the system's choice, until somebody makes another; kept in this browser.
 *
 * @import { App } from './ui.js'
 * @import { Child } from './dom.js'
 * @typedef {'system' | 'light' | 'dark'} Theme
 */

const key = 'theme';
/** @type {Record<Theme, { next: Theme, sign: string, name: string }>} */
const themes = {
  system: { next: 'dark', sign: '◐', name: 'as the system has it' },
  dark: { next: 'light', sign: '☾', name: 'dark' },
  light: { next: 'system', sign: '☀', name: 'light' },
};

/** @returns {Theme} */
function chosen() {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Gives the page the theme that was chosen. */
export function applyTheme() {
  const theme = chosen();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Goes to the next theme. @param {App} app @returns {Child} */
export function renderThemeSwitch(app) {
  const { next, sign, name } = themes[chosen()];
  return h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': `Colours: ${name}. Change to ${themes[next].name}`,
      title: `Colours: ${name}`,
      onclick: () => {
        localStorage.setItem(key, next);
        applyTheme();
        app.redraw();
      },
    },
    h('span', { 'aria-hidden': 'true' }, sign),
  );
}
