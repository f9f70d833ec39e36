import type { Clock } from '../../src/clock.ts';
import { type JsonObject, textAt, withField } from './json.ts';
import type { StoredOpportunity } from './stand-in.ts';

/** The opportunities of every catalog, and who wants to hear of changes. */
export interface Data {
  find(catalog: string, id: string): StoredOpportunity | undefined;
  all(): readonly StoredOpportunity[];
  /** Adds or replaces it as it is. */
  put(stored: StoredOpportunity): void;
  /** Replaces it with a LastModifiedDate later than any before: no two changes share one. */
  modify(stored: StoredOpportunity): StoredOpportunity;
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
  const listeners = new Set<() => void>();
  const key = (catalog: string, id: string) => `${catalog}/${id}`;
  let last = 0;

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const put = (stored: StoredOpportunity) => {
    byKey.set(key(stored.catalog, stored.opportunity.Id), stored);
    changed();
  };
  const nextModifiedDate = (after: string) => {
    const previous = Date.parse(after);
    last = Math.max(clock.now().getTime(), last + 1, Number.isNaN(previous) ? 0 : previous + 1);
    return new Date(last).toISOString();
  };
  return {
    find: (catalog, id) => byKey.get(key(catalog, id)),
    all: () => [...byKey.values()],
    put,
    modify(stored) {
      const LastModifiedDate = nextModifiedDate(stored.opportunity.LastModifiedDate);
      const modified = { ...stored, opportunity: { ...stored.opportunity, LastModifiedDate } };
      put(modified);
      return modified;
    },
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
