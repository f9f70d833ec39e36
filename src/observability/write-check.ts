import type { Clock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import { tryToWrite, whyNoWrites } from '../database/trial-write.ts';
import type { Logger } from './log.ts';

export interface WriteCheck {
  /** Why the database takes no writes; undefined: it takes them. Never rejects. */
  problem(): Promise<string | undefined>;
}

/** However many ask, it isn't tried more often; where nobody asks, not at all (milliseconds). */
const STAYS_MS = 5000;
/** While it lasts, it is logged again after this (milliseconds). */
const SAID_AGAIN_MS = 15 * 60_000;

/** Finds out by writing whether the database takes writes, and says in the log when that changes. */
export function createWriteCheck({
  db,
  clock,
  newId,
  log,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
}): WriteCheck {
  let saidAt: number | undefined;

  const look = async (): Promise<string | undefined> => {
    try {
      await tryToWrite(db, newId());
    } catch (error) {
      const at = clock.monotonic();
      if (saidAt === undefined || at - saidAt >= SAID_AGAIN_MS) {
        log.error({ error }, 'the database takes no writes, nothing can be recorded');
        saidAt = at;
      }
      return whyNoWrites(error);
    }
    if (saidAt !== undefined) log.info('the database takes writes again');
    saidAt = undefined;
    return undefined;
  };

  let looked: { readonly at: number; readonly found: Promise<string | undefined> } | undefined;
  return {
    problem() {
      const at = clock.monotonic();
      if (looked === undefined || at - looked.at >= STAYS_MS) looked = { at, found: look() };
      return looked.found;
    },
  };
}
