import { renderChosen } from './chosen.js';
import { h } from './dom.js';

/**
 * A select in which one types to search (`external_select`, and those for several, with what is chosen listed before
 * it), as an editable combobox with a listbox: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 *
 * @import { OfferedGroup } from '../../slack/stand-in.ts'
 * @import { ExternalSelect, MultiExternalSelect, MultiStaticSelect, PlainTextOption } from '@slack/types'
 * @import { List, OpenList } from './option-list.js'
 * @import { Child, Props } from './dom.js'
 * @import { Surface } from './surface.js'
 */

/**
 * @param {ExternalSelect | MultiExternalSelect | MultiStaticSelect} element
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
  const several = element.type !== 'external_select';
  const chosen = typeof value === 'string' ? [value] : (value ?? []);
  const [only] = several ? [] : chosen;
  const set = (/** @type {readonly string[]} */ values) => {
    surface.onInput(blockId, element, several ? values : (values[0] ?? null));
    surface.onCommit(blockId, element);
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
