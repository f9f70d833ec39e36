import { complaint } from './ui.js';

/**
 * The list of options under a select in which one types: how it stands, and what can be done with it.
 *
 * @import { App } from './ui.js'
 * @import { OfferedGroup, OpenView } from '../../slack/stand-in.ts'
 * @import { MultiStaticSelect } from '@slack/types'
 * @import { Element } from './surface.js'
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

/**
 * @param {App} app
 * @param {{ id: string, values: OpenView['values'], isHome: boolean }} surface
 * @param {string} blockId
 * @param {Element} element
 * @returns {OpenList}
 */
export function listIn(app, { id, values, isHome }, blockId, element) {
  const { ui } = app;
  const key = `${id}/${blockId}`;
  const own = element.type === 'multi_static_select' ? ownGroups(element) : undefined;
  const now = () => ui.lists.get(key) ?? untouched;
  const change = (/** @type {Partial<List>} */ part) => {
    ui.lists.set(key, { ...now(), ...part });
    app.redraw();
  };
  return {
    now: now(),
    labelOf: (value) => now().labels[value] ?? keptLabel(Object.values(values[blockId] ?? {})[0], value),
    change,
    search: async (query) => {
      if (own !== undefined) return change({ active: -1, groups: matching(own, query) });
      const asked = now().asked + 1;
      change({ asked, busy: true });
      const result = await app.act({ type: 'suggest', user: ui.viewer, blockId, query, home: isHome });
      // An answer to what was typed before says nothing any more.
      if (now().asked !== asked) return;
      const groups = result.outcome === 'offered' ? result.groups : [];
      change({ busy: false, active: -1, groups, trouble: complaint(result) });
    },
  };
}

/** @param {MultiStaticSelect} element @returns {readonly OfferedGroup[]} */
function ownGroups({ options = [], option_groups: groups }) {
  return (
    groups?.map(({ label, options: some }) => ({ label: label.text, options: some })) ?? [
      { label: undefined, options },
    ]
  );
}

/** @param {readonly OfferedGroup[]} groups @param {string} query */
function matching(groups, query) {
  const wanted = query.trim().toLowerCase();
  return groups
    .map(({ label, options }) => ({
      label,
      options: options.filter(({ text }) => text.text.toLowerCase().includes(wanted)),
    }))
    .filter(({ options }) => options.length > 0);
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
