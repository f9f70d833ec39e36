import { sql, Transaction } from 'kysely';
import type { Dialect } from './connect.ts';
import { messageOf } from './connect.ts';
import type { Database, Tx } from './schema.ts';

/** The records may stand at an earlier moment than they did: what was written last can be missing. */
export interface SetBack {
  /** A standby took over, or it is a copy that was put back. */
  readonly by: 'failover' | 'restore';
  /** Until then AWS is only read. */
  readonly until: Date;
}

const ROW = 1;

/** Of the server, as it knows itself; on SQLite there is none. */
interface Server {
  readonly cluster: string | null;
  readonly timeline: string | null;
}

export type Lineage = ReturnType<typeof createLineage>;

/**
 * Notices that the records may have been set back: PostgreSQL answers from another timeline (a standby was promoted, or
 * it was restored to a moment) or another cluster (a dump was restored) than the row here says, or this file of SQLite's
 * is a copy that `npm run backup` made. Then nothing is sent for `waitMs`. A dump that is restored into the same cluster
 * is beyond notice.
 */
export function createLineage({
  db,
  dialect,
  waitMs,
  onUnknown,
  onSetBack,
}: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly waitMs: number;
  /** Told once where the server doesn't say which it is. */
  readonly onUnknown: (why: string) => void;
  /** Told when it is noticed, in the transaction that writes it down. */
  readonly onSetBack: (tx: Tx, setBack: SetBack, at: Date) => Promise<void>;
}) {
  let serverOf: (on: Database) => Promise<Server> = async () => ({ cluster: null, timeline: null });

  const note = async (tx: Tx, server: Server, by: SetBack['by'] | undefined, at: Date): Promise<void> => {
    const moved = by === undefined ? {} : { set_back_at: at.toISOString(), set_back_by: by };
    const now = { ...server, copied_at: null, ...moved };
    await tx
      .insertInto('lineage')
      .values({ id: ROW, ...now })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(now))
      .execute();
    if (by !== undefined) await onSetBack(tx, { by, until: new Date(at.getTime() + waitMs) }, at);
  };

  const setBack = async (on: Database | Tx, at: Date): Promise<SetBack | undefined> => {
    const row = await on.selectFrom('lineage').selectAll().executeTakeFirst();
    const server = await serverOf(on);
    const by = row && whyChanged(row, server);
    const isFirst = row === undefined || (row.cluster === null && server.cluster !== null);
    if (isFirst || by !== undefined) {
      await (on instanceof Transaction
        ? note(on, server, by, at)
        : on.transaction().execute((tx) => note(tx, server, by, at)));
    }
    const since = by === undefined ? row?.set_back_at : at.toISOString();
    if (since === undefined || since === null) return undefined;
    const until = new Date(Date.parse(since) + waitMs);
    if (until <= at) return undefined;
    return { by: (by ?? row?.set_back_by) === 'failover' ? 'failover' : 'restore', until };
  };

  return {
    /** Finds out whether the server says which it is, and looks for the first time. */
    async start(at: Date): Promise<SetBack | undefined> {
      if (dialect === 'postgres') {
        try {
          await askServer(db);
          serverOf = askServer;
        } catch (error) {
          onUnknown(messageOf(error));
        }
      }
      return setBack(db, at);
    },

    /** Looks now, perhaps in a transaction that is to send something; undefined: it may. */
    setBack,
  };
}

/**
 * Both may be asked by every user. The timeline is that of what is written now: the control file has the new one only
 * after the first checkpoint. ("System Information Functions", https://www.postgresql.org/docs/current/functions-info.html)
 */
async function askServer(on: Database): Promise<Server> {
  const { rows } = await sql<Server>`select system_identifier::text as cluster,
    left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline from pg_control_system()`.execute(on);
  const [row] = rows;
  if (row === undefined) throw new Error('no answer');
  return row;
}

function whyChanged(
  row: Server & { readonly copied_at: string | null },
  server: Server,
): SetBack['by'] | undefined {
  if (row.copied_at !== null) return 'restore';
  // What isn't said, or wasn't so far, can't be compared.
  if (row.cluster === null || server.cluster === null) return undefined;
  if (row.cluster !== server.cluster) return 'restore';
  return row.timeline === server.timeline ? undefined : 'failover';
}
