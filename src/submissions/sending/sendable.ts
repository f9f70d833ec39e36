import { type RawBuilder, sql } from 'kysely';
import { beyond } from '../../clock.ts';

/** What decides whether anything is sent now. */
export interface Sending {
  readonly at: Date;
  /** The operator has switched sending off. */
  readonly paused: boolean;
  /** Milliseconds between two writes over all replicas. */
  readonly intervalMs: number;
}

/**
 * Whether a submission or a change can go a step further: it waits to be sent, and sending is neither paused, broken
 * nor throttled; or it needs no sending, as a doubt and what expires. Where AWS's quota gives the next slot further away
 * than its ordinary distance AWS throttles, and reading what can't be sent would only make it worse.
 */
export function isSendable({ at, paused, intervalMs }: Sending, expiresAfterMs: number): RawBuilder<boolean> {
  const after = (ms: number) => new Date(at.getTime() + ms).toISOString();
  const isOpen = paused
    ? sql`false`
    : sql`(not exists (select 1 from circuit_breaker
          where probe_at > ${at.toISOString()} and probe_at <= ${beyond(at)})
        and not exists (select 1 from write_quota
          where next_at > ${after(intervalMs)} and next_at <= ${beyond(at)}))`;
  return sql<boolean>`(state <> 'requested' or requested_at <= ${after(-expiresAfterMs)} or ${isOpen})`;
}
