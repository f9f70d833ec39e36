import type { Clock } from '../../src/clock.ts';
import type { JsonObject } from '../json.ts';
import type { Altered } from './altered.ts';
import type { Data } from './data.ts';
import type { Observed } from './observed.ts';
import type { Solution, StoredOpportunity } from './stand-in.ts';
import { accessDenied, resourceNotFound, type WireError } from './wire.ts';

/** What the operations work on. */
export interface Service {
  readonly clock: Clock;
  readonly data: Data;
  readonly solutions: readonly Solution[];
  /** What AWS does where that isn't known for sure. */
  readonly observed: Observed;
  readonly altered: Altered;
  /** What was made with which ClientToken. */
  readonly made: Map<string, { readonly asked: JsonObject; readonly id: string }>;
  /** Called just before a submission takes effect, so that whoever hears of the change finds it counted. */
  countSubmission(id: string): void;
}

export type Found =
  | { readonly ok: true; readonly stored: StoredOpportunity }
  | { readonly ok: false; readonly error: WireError };

/** The opportunity that a write is about, or the error AWS gives for one that isn't there or isn't ours. */
export const findOpportunity = (service: Service, operation: string, catalog: string, id: string): Found =>
  found(service.data.find(catalog, id), operation, catalog, id);

/** The same for a read, which may lag behind the writes. */
export const findToRead = (service: Service, operation: string, catalog: string, id: string): Found =>
  found(service.data.shown(catalog, id), operation, catalog, id);

function found(stored: StoredOpportunity | undefined, operation: string, catalog: string, id: string): Found {
  if (stored === undefined) return { ok: false, error: resourceNotFound() };
  if (stored.accessDenied === true) return { ok: false, error: accessDenied(operation, catalog, id) };
  return { ok: true, stored };
}
