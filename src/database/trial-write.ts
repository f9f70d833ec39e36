import type { Database } from './schema.ts';

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
export function whyNoWrites(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === '53100') return 'its disk is full';
  if (code.startsWith('SQLITE_READONLY') || code === '25006') return 'it is read-only';
  return /^[A-Z0-9_]{5,40}$/.test(code) ? code : 'the log says why';
}
