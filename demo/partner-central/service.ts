import type { Clock } from '../../src/clock.ts';
import type { Data } from './data.ts';
import type { Solution, StoredOpportunity } from './stand-in.ts';
import { accessDenied, resourceNotFound, type WireError } from './wire.ts';

/** What the operations work on. */
export interface Service {
  readonly clock: Clock;
  readonly data: Data;
  readonly solutions: readonly Solution[];
  /** Called just before a submission takes effect, so that whoever hears of the change finds it counted. */
  countSubmission(id: string): void;
}

export type Found =
  | { readonly ok: true; readonly stored: StoredOpportunity }
  | { readonly ok: false; readonly error: WireError };

/** The opportunity that an operation is about, or the error AWS gives for one that isn't there or isn't ours. */
export function findOpportunity(service: Service, operation: string, catalog: string, id: string): Found {
  const stored = service.data.find(catalog, id);
  if (stored === undefined) return { ok: false, error: resourceNotFound(catalog, `Opportunity ${id}`) };
  if (stored.accessDenied === true) return { ok: false, error: accessDenied(operation, catalog, id) };
  return { ok: true, stored };
}
