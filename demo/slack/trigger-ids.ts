import { randomInt } from 'node:crypto';
import type { Clock } from '../../src/clock.ts';
import { newSecret } from './ids.ts';

/** A trigger_id lives 3 s. https://docs.slack.dev/interactivity/handling-user-interaction/#trigger_id */
const LIFETIME_MS = 3000;

/** What a trigger_id stands for. */
export interface Trigger {
  readonly user: string;
  /** The view the interaction happened in, if any: `views.push` adds to its stack. */
  readonly viewId: string | undefined;
}

export type Exchange =
  | { readonly ok: true; readonly trigger: Trigger }
  | {
      readonly ok: false;
      readonly error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';
    };

export type TriggerIds = ReturnType<typeof createTriggerIds>;

export function createTriggerIds(clock: Clock) {
  const known = new Map<string, { trigger: Trigger; createdAt: number; exchanged: boolean }>();
  return {
    create: (trigger: Trigger): string => {
      const id = `${randomInt(1e12)}.${randomInt(1e12)}.${newSecret(32).toLowerCase()}`;
      known.set(id, { trigger, createdAt: clock.monotonic(), exchanged: false });
      return id;
    },
    /** What the ID stands for, while it can be used. */
    check: (id: string): Exchange => {
      const entry = known.get(id);
      if (entry === undefined) return { ok: false, error: 'invalid_trigger_id' };
      if (entry.exchanged) return { ok: false, error: 'exchanged_trigger_id' };
      if (clock.monotonic() - entry.createdAt > LIFETIME_MS)
        return { ok: false, error: 'expired_trigger_id' };
      return { ok: true, trigger: entry.trigger };
    },
    /** Uses the ID up. */
    exchange: (id: string): void => {
      const entry = known.get(id);
      if (entry !== undefined) entry.exchanged = true;
    },
  };
}
