/**
 * What only this page knows: where its person looks, what they have typed and not yet sent.
 *
 * @import { PageState } from '../state.ts'
 * @import { ActionResult, PageAction } from '../actions.ts'
 * @import { ConfirmationDialog } from '@slack/types'
 * @typedef {import('./surface.js').InputValue} InputValue
 * @typedef {import('./option-list.js').List} List
 *
 * @typedef {{
 *   viewer: string,
 *   channel: string,
 *   pane: 'slack' | 'aws',
 *   sidebarOpen: boolean,
 *   hasTried: boolean,
 *   tab: 'home' | 'messages',
 *   menu: string | undefined,
 *   thread: string | undefined,
 *   composer: string,
 *   trying: boolean,
 *   notice: string | undefined,
 *   confirm: { dialog: ConfirmationDialog, proceed: () => void } | undefined,
 *   pressed: Set<string>,
 *   drafts: Map<string, InputValue>,
 *   lists: Map<string, List>,
 *   fieldErrors: Map<string, string>,
 *   modalNotice: string | undefined,
 *   modalBusy: boolean,
 *   commenting: { id: string, status: 'Action Required' | 'Rejected', comments: string } | undefined,
 *   lastRead: Map<string, string>,
 * }} Ui
 *
 * @typedef {{
 *   readonly ui: Ui,
 *   state(): PageState | undefined,
 *   act(action: PageAction): Promise<ActionResult>,
 *   redraw(): void,
 *   viewAs(viewer: string): Promise<void>,
 * }} App
 */

/** @param {string} hash `#U…/C…`, and `/messages` where those are in front of an app's home: survives a reload @returns {Ui} */
export function newUi(hash) {
  const [viewer = '', channel = '', tab = ''] = hash.slice(1).split('/');
  return {
    viewer,
    channel,
    pane: 'slack',
    sidebarOpen: false,
    hasTried: false,
    tab: tab === 'messages' ? 'messages' : 'home',
    menu: undefined,
    thread: undefined,
    composer: '',
    trying: false,
    notice: undefined,
    confirm: undefined,
    pressed: new Set(),
    drafts: new Map(),
    lists: new Map(),
    fieldErrors: new Map(),
    modalNotice: undefined,
    modalBusy: false,
    commenting: undefined,
    lastRead: new Map(),
  };
}

/**
 * Brings what the page remembers in line with what there is: a channel that exists, and is read. Whoever follows
 * another person in the bot's App Home comes to their own; Slack's IDs of direct messages begin with D.
 *
 * @param {Ui} ui
 * @param {PageState} state
 */
export function settle(ui, state) {
  const channel =
    state.channels.find(({ id }) => id === ui.channel) ??
    state.channels.find(({ kind }) => kind === 'im' && ui.channel.startsWith('D')) ??
    state.channels.find(({ hasBot, kind }) => hasBot && kind !== 'im') ??
    state.channels[0];
  ui.channel = channel?.id ?? '';
  const newest = state.messages[ui.channel]?.at(-1);
  const isRead = channel?.kind !== 'im' || ui.tab === 'messages';
  if (newest && isRead) ui.lastRead.set(`${state.viewer}/${ui.channel}`, newest.ts);
  const openViews = new Set([...state.views, ...(state.home ? [state.home] : [])].map(({ id }) => id));
  for (const key of [...ui.drafts.keys(), ...ui.lists.keys(), ...ui.fieldErrors.keys()]) {
    const [surface = ''] = key.split('/');
    if (openViews.has(surface) || surface.startsWith('message-')) continue;
    ui.drafts.delete(key);
    ui.lists.delete(key);
    ui.fieldErrors.delete(key);
  }
  if (state.views.length === 0) ui.modalNotice = undefined;
}

/** @param {Ui} ui @param {PageState} state @param {string} channel */
export function unread(ui, state, channel) {
  const lastRead = ui.lastRead.get(`${state.viewer}/${channel}`) ?? '';
  return (state.messages[channel] ?? []).filter(({ ts }) => ts > lastRead).length;
}

/**
 * How Slack tells a person that an app didn't answer.
 *
 * @param {ActionResult} result
 * @returns {string | undefined} undefined: all is well
 */
export function complaint(result) {
  if (result.outcome === 'refused') return result.reason;
  if (result.outcome === 'answered' && !result.acknowledgement.acknowledged) {
    return result.acknowledgement.error;
  }
  return undefined;
}
