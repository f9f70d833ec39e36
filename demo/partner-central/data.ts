import type { Clock } from '../../src/clock.ts';
import { type JsonObject, textAt, withField } from '../json.ts';
import type { StoredOpportunity } from './stand-in.ts';

/** The opportunities of every catalog, and who wants to hear of changes. */
export interface Data {
  find(catalog: string, id: string): StoredOpportunity | undefined;
  all(): readonly StoredOpportunity[];
  /** As a read finds it now. */
  shown(catalog: string, id: string): StoredOpportunity | undefined;
  allShown(): readonly StoredOpportunity[];
  /** Adds or replaces it; for `lagMs` reads show what was there before. */
  put(stored: StoredOpportunity, lagMs?: number): void;
  /** Replaces it with a LastModifiedDate later than any before: no two changes share one. */
  modify(stored: StoredOpportunity, lagMs?: number): StoredOpportunity;
  changed(): void;
  onChange(listener: () => void): () => void;
}

/** A copy with the fields at these dotted paths set (or removed, where undefined). */
export function withFields(
  stored: StoredOpportunity,
  fields: Readonly<Record<string, unknown>>,
): StoredOpportunity {
  const changed = Object.entries(fields).reduce<JsonObject>(
    (opportunity, [path, value]) => withField(opportunity, path, value),
    stored.opportunity,
  );
  const { Id } = stored.opportunity;
  const LastModifiedDate = textAt(changed, 'LastModifiedDate');
  return { ...stored, opportunity: { ...changed, Id, LastModifiedDate } };
}

export function createData(clock: Clock): Data {
  const byKey = new Map<string, StoredOpportunity>();
  /** What reads still show, and until when (of the clock that only goes forward). */
  const before = new Map<
    string,
    { readonly stored: StoredOpportunity | undefined; readonly until: number }
  >();
  const listeners = new Set<() => void>();
  const key = (catalog: string, id: string) => `${catalog}/${id}`;
  let last = 0;

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const put = (stored: StoredOpportunity, lagMs = 0) => {
    const at = key(stored.catalog, stored.opportunity.Id);
    if (lagMs > 0) before.set(at, { stored: byKey.get(at), until: clock.monotonic() + lagMs });
    byKey.set(at, stored);
    changed();
  };
  const shown = (catalog: string, id: string) => {
    const lagging = before.get(key(catalog, id));
    return lagging !== undefined && clock.monotonic() < lagging.until
      ? lagging.stored
      : byKey.get(key(catalog, id));
  };
  const nextModifiedDate = (after: string) => {
    const previous = Date.parse(after);
    last = Math.max(clock.now().getTime(), last + 1, Number.isNaN(previous) ? 0 : previous + 1);
    return new Date(last).toISOString();
  };
  return {
    find: (catalog, id) => byKey.get(key(catalog, id)),
    all: () => [...byKey.values()],
    shown,
    allShown: () =>
      [...byKey.values()].flatMap(({ catalog, opportunity }) => shown(catalog, opportunity.Id) ?? []),
    put,
    modify(stored, lagMs) {
      const LastModifiedDate = nextModifiedDate(stored.opportunity.LastModifiedDate);
      const modified = { ...stored, opportunity: { ...stored.opportunity, LastModifiedDate } };
      put(modified, lagMs);
      return modified;
    },
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
