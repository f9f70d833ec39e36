import type { Clock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import type { Logger } from './log.ts';

/** Characters: more than fits into what SQLite has left of a page, so that a full disk is noticed. */
const ROOM = 8000;

/**
 * Commits a small write that leaves nothing behind: a database that only answers may be full or read-only.
 *
 * @param id of no other that may be written at the same moment
 * @throws what the database refuses it with; `whyNoWrites` has words for that
 */
export async function tryToWrite(db: Database, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('trial_writes')
      .values({ id, filler: '-'.repeat(ROOM) })
      .execute();
    await tx.deleteFrom('trial_writes').where('id', '=', id).execute();
  });
}

/**
 * Why a write was refused, in words that hold no text of the database's: `/readyz` answers whoever asks.
 * "Result and Error Codes", https://sqlite.org/rescode.html; "PostgreSQL Error Codes",
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function whyNoWrites(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === '53100') return 'its disk is full';
  if (code.startsWith('SQLITE_READONLY') || code === '25006') return 'it is read-only';
  return /^[A-Z0-9_]{5,40}$/.test(code) ? code : 'the log says why';
}

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
