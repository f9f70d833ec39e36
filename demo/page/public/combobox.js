import { renderChosen } from './chosen.js';
import { h } from './dom.js';
import { complaint } from './ui.js';

/**
 * A select whose options the app gives as somebody types (`external_select`, and `multi_external_select` with what is
 * chosen listed before it), as an editable combobox with a listbox:
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 *
 * @import { App } from './ui.js'
 * @import { OfferedGroup, OpenView } from '../../slack/stand-in.ts'
 * @import { ExternalSelect, MultiExternalSelect, PlainTextOption } from '@slack/types'
 * @import { Child, Props } from './dom.js'
 * @import { Surface } from './elements.js'
 *
 * @typedef {{
 *   readonly typed: string | undefined,
 *   readonly open: boolean,
 *   readonly groups: readonly OfferedGroup[],
 *   readonly active: number,
 *   readonly busy: boolean,
 *   readonly trouble: string | undefined,
 *   readonly asked: number,
 *   readonly labels: Readonly<Record<string, string>>,
 * }} List
 *
 * One select's list: how it stands, and what can be done with it.
 * @typedef {{
 *   readonly now: List,
 *   labelOf(value: string): string,
 *   change(part: Partial<List>): void,
 *   search(query: string): Promise<void>,
 * }} OpenList
 */

/** @type {List} */
const untouched = {
  typed: undefined,
  open: false,
  groups: [],
  active: -1,
  busy: false,
  trouble: undefined,
  asked: 0,
  labels: {},
};

/** @param {App} app @param {OpenView} view @param {string} blockId @returns {OpenList} */
export function listIn(app, view, blockId) {
  const { ui } = app;
  const key = `${view.id}/${blockId}`;
  const now = () => ui.lists.get(key) ?? untouched;
  const change = (/** @type {Partial<List>} */ part) => {
    ui.lists.set(key, { ...now(), ...part });
    app.redraw();
  };
  return {
    now: now(),
    labelOf: (value) => now().labels[value] ?? keptLabel(Object.values(view.values[blockId] ?? {})[0], value),
    change,
    search: async (query) => {
      const asked = now().asked + 1;
      change({ asked, busy: true });
      const result = await app.act({ type: 'suggest', user: ui.viewer, blockId, query });
      // An answer to what was typed before says nothing any more.
      if (now().asked !== asked) return;
      const groups = result.outcome === 'offered' ? result.groups : [];
      change({ busy: false, active: -1, groups, trouble: complaint(result) });
    },
  };
}

/**
 * What an option is called that was chosen before, as Slack keeps it in `view.state.values`.
 *
 * @param {Readonly<Record<string, unknown>> | undefined} entry
 * @param {string} value
 */
function keptLabel(entry, value) {
  const { selected_option: one, selected_options: several } = entry ?? {};
  for (const option of Array.isArray(several) ? several : [one]) {
    if (typeof option !== 'object' || option === null || option.value !== value) continue;
    return String(option.text?.text ?? value);
  }
  return '';
}

/**
 * @param {ExternalSelect | MultiExternalSelect} element
 * @param {string} blockId
 * @param {string} key
 * @param {Surface} surface
 * @param {Props} field
 * @param {OpenList} list
 * @returns {Child}
 */
export function renderCombobox(element, blockId, key, surface, field, list) {
  const { typed, open, groups, active } = list.now;
  const options = groups.flatMap((group) => group.options);
  const listId = `${surface.id}-${blockId}-list`;
  const value = surface.valueOf(blockId, element);
  const several = element.type === 'multi_external_select';
  const chosen = typeof value === 'string' ? [value] : (value ?? []);
  const [only] = several ? [] : chosen;
  const set = (/** @type {readonly string[]} */ values) => {
    surface.onInput(blockId, several ? values : (values[0] ?? null));
    surface.onCommit(blockId);
  };
  const choose = (/** @type {PlainTextOption} */ option) => {
    const picked = option.value ?? '';
    const labels = { ...list.now.labels, [picked]: option.text.text };
    list.change({ open: false, typed: undefined, active: -1, labels });
    set(several ? [...chosen.filter((each) => each !== picked), picked] : [picked]);
  };
  return h(
    'div',
    { key, class: 'combobox' },
    several ? renderChosen(chosen, list, surface, set) : null,
    h('input', {
      key: 'input',
      class: 'combobox-input',
      ...field,
      type: 'text',
      role: 'combobox',
      'aria-label': field.id === undefined ? (element.placeholder?.text ?? 'Choose') : undefined,
      'aria-expanded': open ? 'true' : 'false',
      'aria-controls': listId,
      'aria-autocomplete': 'list',
      'aria-activedescendant': open && active >= 0 ? optionId(listId, active) : undefined,
      placeholder: element.placeholder?.text,
      autocomplete: 'off',
      spellcheck: 'false',
      readOnly: surface.disabled,
      value: typed ?? (only === undefined ? '' : list.labelOf(only)),
      onclick: () => openList(list),
      oninput: (/** @type {InputEvent} */ { currentTarget }) => {
        const text = currentTarget instanceof HTMLInputElement ? currentTarget.value : '';
        list.change({ typed: text, open: true });
        if (text === '' && only !== undefined) set([]);
        void list.search(text);
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const picked = onKey(event, list, listId, options);
        if (picked) choose(picked);
        else if (several && event.key === 'Backspace' && !typed) set(chosen.slice(0, -1));
      },
      // Leaving the page takes the focus away too, while it is being drawn.
      onblur: () => queueMicrotask(() => list.change({ open: false, typed: undefined, active: -1 })),
    }),
    h(
      'div',
      { key: 'list', id: listId, class: 'listbox', role: 'listbox', hidden: !open || options.length === 0 },
      renderGroups(groups, listId, active, choose),
    ),
    h('p', { key: 'status', class: 'listbox-status', role: 'status' }, open ? status(list.now, options) : ''),
  );
}

/** @param {List} list @param {readonly PlainTextOption[]} options */
function status({ busy, trouble }, options) {
  if (busy) return options.length === 0 ? 'Loading…' : '';
  if (trouble !== undefined) return `The options couldn’t be loaded. ${trouble}`;
  return options.length === 0 ? 'No results' : '';
}

/** @param {string} listId @param {number} index */
const optionId = (listId, index) => `${listId}-${index}`;

/**
 * @param {readonly OfferedGroup[]} groups
 * @param {string} listId
 * @param {number} active
 * @param {(option: PlainTextOption) => void} pick
 * @returns {Child[]}
 */
function renderGroups(groups, listId, active, pick) {
  let index = -1;
  return groups.map((group, at) => {
    const options = group.options.map((option) => {
      index += 1;
      return renderOption(option, optionId(listId, index), index === active, pick);
    });
    if (group.label === undefined) return options;
    const labelId = `${listId}-group-${at}`;
    return h(
      'div',
      { key: labelId, role: 'group', 'aria-labelledby': labelId },
      h('div', { key: 'label', id: labelId, class: 'listbox-label', role: 'presentation' }, group.label),
      options,
    );
  });
}

/**
 * @param {PlainTextOption} option
 * @param {string} id
 * @param {boolean} isActive
 * @param {(option: PlainTextOption) => void} pick
 */
function renderOption(option, id, isActive, pick) {
  return h(
    'div',
    {
      key: id,
      id,
      class: isActive ? 'listbox-option active' : 'listbox-option',
      role: 'option',
      'aria-selected': isActive ? 'true' : 'false',
      // The focus stays in the input.
      onmousedown: (/** @type {MouseEvent} */ event) => event.preventDefault(),
      onclick: () => pick(option),
    },
    h('span', { class: 'choice-label' }, option.text.text),
    option.description ? h('span', { class: 'choice-description' }, option.description.text) : null,
  );
}

/** @param {OpenList} list */
function openList(list) {
  if (list.now.open) return;
  list.change({ open: true, active: -1 });
  void list.search('');
}

/**
 * @param {KeyboardEvent} event
 * @param {OpenList} list
 * @param {string} listId
 * @param {readonly PlainTextOption[]} options
 * @returns {PlainTextOption | undefined} what was chosen by it
 */
function onKey(event, list, listId, options) {
  const { open, active } = list.now;
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    event.preventDefault();
    if (!open) return void openList(list);
    if (options.length === 0) return undefined;
    const from = active < 0 && step < 0 ? 0 : active;
    const next = (from + step + options.length) % options.length;
    list.change({ active: next });
    document.getElementById(optionId(listId, next))?.scrollIntoView({ block: 'nearest' });
    return undefined;
  }
  if (!open) return undefined;
  if (event.key === 'Enter') {
    event.preventDefault();
    return options[active];
  }
  if (event.key === 'Escape') {
    // It closes the list, not the dialog around it.
    event.stopPropagation();
    list.change({ open: false, typed: undefined, active: -1 });
  }
  return undefined;
}
