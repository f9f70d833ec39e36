import type { Clock } from '../../src/clock.ts';

/** Requests a second that an account may make ("Quotas", AWS Partner Central API reference). */
const perSecond = { read: 10, write: 1 } as const;

/** Counts one account's requests over the last second; `admit` says whether one more fits, and takes it. */
export interface Quotas {
  admit(kind: 'read' | 'write'): boolean;
}

export function createQuotas(clock: Clock): Quotas {
  const admitted: Record<'read' | 'write', readonly number[]> = { read: [], write: [] };
  return {
    admit(kind) {
      const now = clock.monotonic();
      const recent = admitted[kind].filter((at) => now - at < 1000);
      const fits = recent.length < perSecond[kind];
      admitted[kind] = fits ? [...recent, now] : recent;
      return fits;
    },
  };
}
