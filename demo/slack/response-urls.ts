import type { Clock } from '../../src/clock.ts';
import { newSecret } from './ids.ts';

/** https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses */
const MOST_USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

/** Where a response_url answers to. */
export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message the interaction happened in, which can be replaced or deleted. */
  readonly messageTs: string | undefined;
}

export type ResponseUse =
  | { readonly ok: true; readonly target: ResponseTarget }
  | { readonly ok: false; readonly error: 'invalid_url' | 'used_url' | 'expired_url' };

export type ResponseUrls = ReturnType<typeof createResponseUrls>;

export function createResponseUrls(clock: Clock, teamId: string) {
  const known = new Map<string, { target: ResponseTarget; createdAt: number; uses: number }>();
  return {
    /** A path below the server's address. */
    create: (target: ResponseTarget): string => {
      const path = `/actions/${teamId}/${newSecret(13)}/${newSecret(24)}`;
      known.set(path, { target, createdAt: clock.monotonic(), uses: 0 });
      return path;
    },
    /** Where a path answers to, whether or not it can still be used. */
    target: (path: string): ResponseTarget | undefined => known.get(path)?.target,
    /** Counts one use of a path. */
    use: (path: string): ResponseUse => {
      const entry = known.get(path);
      if (entry === undefined) return { ok: false, error: 'invalid_url' };
      if (clock.monotonic() - entry.createdAt > LIFETIME_MS) return { ok: false, error: 'expired_url' };
      if (entry.uses >= MOST_USES) return { ok: false, error: 'used_url' };
      entry.uses += 1;
      return { ok: true, target: entry.target };
    },
  };
}
