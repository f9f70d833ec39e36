import type { PlainTextOption } from '@slack/types';
import type { Clock } from '../../src/clock.ts';
import { newId, newSecret } from './ids.ts';
import { type StateValues, stateValues } from './input-values.ts';
import type { OpenView } from './stand-in.ts';
import type { CheckedHome, CheckedModal, CheckedView } from './view-rules.ts';

/** At most three views are stacked. https://docs.slack.dev/surfaces/modals/#view_stack */
const MOST_STACKED = 3;

/** A view as Slack keeps it. */
export interface StoredView {
  readonly id: string;
  readonly user: string;
  readonly rootViewId: string;
  readonly previousViewId: string | undefined;
  readonly hash: string;
  readonly view: CheckedView;
  readonly values: StateValues;
  readonly errors: Readonly<Record<string, string>>;
  /** What external selects have offered, by block_id. */
  readonly offered: Readonly<Record<string, readonly PlainTextOption[]>>;
}

export type ViewError = 'not_found' | 'hash_conflict' | 'duplicate_external_id' | 'push_limit_reached';
export type ViewOutcome =
  | { readonly ok: true; readonly stored: StoredView }
  | { readonly ok: false; readonly error: ViewError };

export type Views = ReturnType<typeof createViews>;

/** What a person sees of a view. */
export function openView(stored: StoredView): OpenView {
  return {
    id: stored.id,
    hash: stored.hash,
    rootViewId: stored.rootViewId,
    view: stored.view,
    values: stored.values,
    errors: stored.errors,
  };
}

/** Each person's stack of modals and their home tab. */
export function createViews(clock: Clock, changed: () => void) {
  const stacks = new Map<string, readonly StoredView[]>();
  const homes = new Map<string, StoredView>();

  const newHash = (): string => `${Math.floor(clock.now().getTime() / 1000)}.${newSecret(8)}`;
  const all = (): readonly StoredView[] => [...[...stacks.values()].flat(), ...homes.values()];
  const find = (viewId: string): StoredView | undefined => all().find((stored) => stored.id === viewId);

  const isTaken = (externalId: string | undefined, by?: string): boolean =>
    Boolean(externalId) && all().some((stored) => stored.view.external_id === externalId && stored.id !== by);

  const create = (user: string, view: CheckedView, below: StoredView | undefined): StoredView => {
    const id = newId('V');
    return {
      id,
      user,
      rootViewId: below?.rootViewId ?? id,
      previousViewId: below?.id,
      hash: newHash(),
      view,
      values: stateValues(view.blocks, {}),
      errors: {},
      offered: {},
    };
  };

  const changeTo = (stored: StoredView, view: CheckedView): StoredView => ({
    ...stored,
    view,
    hash: newHash(),
    values: stateValues(view.blocks, stored.values),
    errors: {},
  });

  const put = (stored: StoredView): ViewOutcome => {
    if (stored.view.type === 'home') homes.set(stored.user, stored);
    else
      stacks.set(
        stored.user,
        (stacks.get(stored.user) ?? []).map((known) => (known.id === stored.id ? stored : known)),
      );
    changed();
    return { ok: true, stored };
  };

  return {
    /** Opens a modal; one that is open already gives way. */
    open: (user: string, view: CheckedModal): ViewOutcome => {
      if (isTaken(view.external_id)) return { ok: false, error: 'duplicate_external_id' };
      const stored = create(user, view, undefined);
      stacks.set(user, [stored]);
      changed();
      return { ok: true, stored };
    },
    /** Puts a modal over the person's stack that `viewId` is in. */
    push: (viewId: string, view: CheckedModal): ViewOutcome => {
      const below = find(viewId);
      const stack = below === undefined ? [] : (stacks.get(below.user) ?? []);
      const top = stack.at(-1);
      if (below === undefined || top === undefined) return { ok: false, error: 'not_found' };
      if (stack.length >= MOST_STACKED) return { ok: false, error: 'push_limit_reached' };
      if (isTaken(view.external_id)) return { ok: false, error: 'duplicate_external_id' };
      const stored = create(below.user, view, top);
      stacks.set(below.user, [...stack, stored]);
      changed();
      return { ok: true, stored };
    },
    update: (
      {
        viewId,
        externalId,
      }: { readonly viewId?: string | undefined; readonly externalId?: string | undefined },
      hash: string | undefined,
      view: CheckedModal,
    ): ViewOutcome => {
      const stored = all().find((known) =>
        viewId === undefined ? known.view.external_id === externalId : known.id === viewId,
      );
      if (stored === undefined || stored.view.type !== 'modal') return { ok: false, error: 'not_found' };
      if (hash !== undefined && hash !== stored.hash) return { ok: false, error: 'hash_conflict' };
      if (isTaken(view.external_id, stored.id)) return { ok: false, error: 'duplicate_external_id' };
      return put(changeTo(stored, view));
    },
    publish: (user: string, hash: string | undefined, view: CheckedHome): ViewOutcome => {
      const known = homes.get(user);
      if (hash !== undefined && hash !== known?.hash) return { ok: false, error: 'hash_conflict' };
      if (isTaken(view.external_id, known?.id)) return { ok: false, error: 'duplicate_external_id' };
      return put(known === undefined ? create(user, view, undefined) : changeTo(known, view));
    },
    /** A home tab that nobody sees. */
    unseen: (user: string, view: CheckedHome): StoredView => create(user, view, undefined),
    /** Closes one view, or the whole stack it is in. */
    close: (viewId: string, whole: boolean): void => {
      const stored = find(viewId);
      if (stored === undefined) return;
      const stack = stacks.get(stored.user) ?? [];
      const at = stack.findIndex((known) => known.id === viewId);
      stacks.set(stored.user, whole ? [] : stack.slice(0, Math.max(at, 0)));
      changed();
    },
    /** Keeps what a person did in a view; the hash stays. */
    keep: (stored: StoredView): void => {
      put(stored);
    },
    find,
    stack: (user: string): readonly StoredView[] => stacks.get(user) ?? [],
    home: (user: string): StoredView | undefined => homes.get(user),
  };
}
