import { closeSync, existsSync, linkSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/**
 * Copies the database in `folder` as it stands at one moment into `file`, for this user's eyes only, while a bot may be
 * writing; a half-made copy never bears that name. "SQLite Backup API", https://sqlite.org/backup.html
 *
 * @throws Error in words for the operator: no database, the file is there, the disk, a copy that isn't whole.
 */
export async function backUpSqlite(folder: string, file: string): Promise<void> {
  const from = join(folder, 'bot.sqlite');
  if (!existsSync(from)) throw new Error(`there is no database in ${folder} yet.`);
  if (existsSync(file)) throw new Error(`${file} is there already.`);
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    const source = new SqliteDatabase(from, { readonly: true });
    try {
      await source.backup(unfinished);
    } finally {
      source.close();
    }
    finish(unfinished);
    // Unlike a rename, a link takes nobody else's file away.
    linkSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Makes the copy whole, and marks it as one: a bot that starts on it looks at AWS first, before it sends anything. */
function finish(file: string): void {
  const copy = new SqliteDatabase(file);
  try {
    // One file holds it all: nobody has to know of the others that WAL keeps beside it.
    copy.pragma('journal_mode = DELETE');
    // A database of another version may have no such table.
    if (copy.prepare("select 1 from sqlite_master where name = 'lineage'").get() !== undefined) {
      copy
        .prepare(
          `insert into lineage (id, copied_at) values (1, @at) on conflict (id) do update set copied_at = @at`,
        )
        .run({ at: new Date().toISOString() });
    }
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`the copy is not whole: ${String(found)}`);
  } finally {
    copy.close();
  }
}
