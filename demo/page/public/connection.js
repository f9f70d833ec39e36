/**
 * The page's side of `server.ts`: the newest state, and actions that answer once the state shows what
 * they did.
 *
 * @import { PageState } from '../state.ts'
 * @import { ActionResult, PageAction } from '../actions.ts'
 * @typedef {{
 *   state(): PageState | undefined,
 *   lost(): boolean,
 *   refresh(): Promise<void>,
 *   act(action: PageAction): Promise<ActionResult>,
 * }} Connection
 */

/**
 * @param {() => string} viewer whose eyes to look through; empty: the server's choice
 * @param {(viewer: string) => void} seenAs a new state is here, and whose eyes it has
 * @param {() => void} changed
 * @returns {Connection}
 */
export function connect(viewer, seenAs, changed) {
  /** @type {PageState | undefined} */
  let state;
  let lost = false;
  /** The newest question for the state. */
  let newest = Promise.resolve();

  /** Resolves once the page shows a state that is no older than this call. */
  const refresh = () => {
    const asked = fetchState(() => asked === newest);
    newest = asked;
    return asked;
  };
  /** @param {() => boolean} isNewest @returns {Promise<void>} */
  const fetchState = async (isNewest) => {
    const response = await fetch(`/api/state?user=${encodeURIComponent(viewer())}`);
    /** @type {PageState} */
    const answer = await response.json();
    // A later question is on its way, whose answer is newer than this one.
    if (!isNewest()) return newest;
    // The demo was started again: what this page remembers is of the last one.
    if (state !== undefined && state.startedAt !== answer.startedAt) return location.reload();
    state = answer;
    lost = false;
    seenAs(state.viewer);
    changed();
  };
  const setLost = () => {
    lost = true;
    changed();
  };

  const listen = () => {
    const events = new EventSource('/api/events');
    events.addEventListener('changed', () => void refresh().catch(setLost));
    events.addEventListener('error', () => {
      setLost();
      // Else the browser tries again by itself.
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    });
  };
  listen();

  return {
    state: () => state,
    lost: () => lost,
    refresh,
    act: async (action) => {
      try {
        const response = await fetch('/api/act', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(action),
        });
        if (!response.ok) return { outcome: 'refused', reason: await response.text() };
        /** @type {ActionResult} */
        const result = await response.json();
        await refresh();
        return result;
      } catch {
        setLost();
        return { outcome: 'refused', reason: 'the demo has stopped' };
      }
    },
  };
}
