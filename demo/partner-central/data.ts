import type { Clock } from '../../src/clock.ts';
import { type JsonObject, textAt, withField } from '../json.ts';
import type { StoredOpportunity } from './stand-in.ts';

export type Data = ReturnType<typeof createData>;

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

/** The opportunities of every catalog, and who wants to hear of changes. */
export function createData(clock: Clock) {
  const byKey = new Map<string, StoredOpportunity>();
  /** What reads still show, and until when (of the clock that only goes forward). */
  const before = new Map<
    string,
    { readonly stored: StoredOpportunity | undefined; readonly until: number }
  >();
  const listeners = new Set<() => void>();
  const key = (catalog: string, id: string) => `${catalog}/${id}`;
  let last = 0;

  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  /** Adds or replaces it; for `lagMs` reads show what was there before. */
  const put = (stored: StoredOpportunity, lagMs = 0): void => {
    const at = key(stored.catalog, stored.opportunity.Id);
    if (lagMs > 0) before.set(at, { stored: byKey.get(at), until: clock.monotonic() + lagMs });
    byKey.set(at, stored);
    changed();
  };
  /** As a read finds it now. */
  const shown = (catalog: string, id: string): StoredOpportunity | undefined => {
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
    find: (catalog: string, id: string): StoredOpportunity | undefined => byKey.get(key(catalog, id)),
    all: (): readonly StoredOpportunity[] => [...byKey.values()],
    shown,
    allShown: (): readonly StoredOpportunity[] =>
      [...byKey.values()].flatMap(({ catalog, opportunity }) => shown(catalog, opportunity.Id) ?? []),
    put,
    /** Replaces it with a LastModifiedDate later than any before: no two changes share one. */
    modify(stored: StoredOpportunity, lagMs?: number): StoredOpportunity {
      const LastModifiedDate = nextModifiedDate(stored.opportunity.LastModifiedDate);
      const modified = { ...stored, opportunity: { ...stored.opportunity, LastModifiedDate } };
      put(modified, lagMs);
      return modified;
    },
    changed,
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
