import { sql, Transaction } from 'kysely';
import { type Dialect, messageOf } from './connect.ts';
import type { Database, Tx } from './schema.ts';

/** Whose records a database holds: one Slack workspace's (or an organisation's, where several are set), of one of AWS's catalogs. */
export interface Belonging {
  /** T…, or E… of an organisation. */
  readonly teamId: string;
  readonly catalog: string;
}

const ROW = 1;

const rowOf = ({ teamId, catalog }: Belonging) => ({ id: ROW, team_id: teamId, catalog });

/** Whose the database is; undefined: nobody's yet. */
export async function readBelonging(db: Database): Promise<Belonging | undefined> {
  const row = await db.selectFrom('belonging').select(['team_id', 'catalog']).executeTakeFirst();
  return row && { teamId: row.team_id, catalog: row.catalog };
}

/**
 * Makes a database that is nobody's `mine`, for good: of several that start together one is first.
 *
 * @throws Error in words for the operator, where it is somebody else's: what waits there would be refused or held.
 */
export async function claimDatabase(db: Database, mine: Belonging): Promise<void> {
  if ((await readBelonging(db)) === undefined) {
    await db
      .insertInto('belonging')
      .values(rowOf(mine))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const why = whyNotMine(await readBelonging(db), mine);
  if (why !== undefined) throw new Error(`${why} ${ANOTHER_OR_ADOPT}`);
}

/** What to do where a database is somebody else's. */
export const ANOTHER_OR_ADOPT =
  'Use another database (DATA_DIR or DATABASE_URL). If this one is to change hands, stop every bot that uses it and run `npm run -s adopt`.';

/** Why a database isn't this bot's; undefined: it is, or may become so. */
export function whyNotMine(whose: Belonging | undefined, mine: Belonging): string | undefined {
  if (whose === undefined || (whose.teamId === mine.teamId && whose.catalog === mine.catalog)) {
    return undefined;
  }
  return `The database belongs to ${named(whose)}, and this bot's settings are those of ${named(mine)}.`;
}

export const named = ({ teamId, catalog }: Belonging): string =>
  `the Slack ${teamId.startsWith('E') ? 'organisation' : 'workspace'} ${teamId} with the catalog ${catalog}`;

/**
 * Hands the database over, with everything in it; nobody may be using it.
 *
 * @param workspaces those whose people `mine` knows
 * @throws Error in words for the operator, and nothing has changed, where a request of another workspace is open: the
 *   bot would refuse it for good, because it knows none of that workspace's people.
 */
export async function adoptDatabase(
  db: Database,
  mine: Belonging,
  workspaces: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await readBelonging(tx);
    const isKnown = before === undefined || [mine.teamId, ...workspaces].includes(before.teamId);
    for (const table of ['submissions', 'edits'] as const) {
      const open = await tx
        .selectFrom(table)
        .select('id')
        .where('state', 'in', ['requested', 'sending', 'uncertain'])
        .executeTakeFirst();
      if (open !== undefined && !isKnown) {
        throw new Error(
          'requests of the other workspace are still under way (npm run status): let its own bot finish them, or take them back there.',
        );
      }
    }
    await tx
      .insertInto('belonging')
      .values(rowOf(mine))
      .onConflict((conflict) => conflict.column('id').doUpdateSet(rowOf(mine)))
      .execute();
  });
}

/** The records may stand at an earlier moment than they did: what was written last can be missing. */
export interface SetBack {
  /** A standby took over, or it is a copy that was put back. */
  readonly by: 'failover' | 'restore';
  /** Until then AWS is only read. */
  readonly until: Date;
}

/** PostgreSQL's system identifier and timeline; null on SQLite, or where the server doesn't say. */
interface Server {
  readonly cluster: string | null;
  readonly timeline: string | null;
}

export type Lineage = ReturnType<typeof createLineage>;

/**
 * Notices that the records may have been set back: PostgreSQL answers from another timeline (a standby was promoted, or
 * it was restored to a moment) or another cluster (a dump was restored) than the row here says, or this file of SQLite's
 * is a copy that `npm run backup` made. Then nothing is sent for `waitMs`. A dump that is restored into the same cluster
 * can't be noticed.
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

  const setBack = async (at: Date, on: Database | Tx = db): Promise<SetBack | undefined> => {
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
      return setBack(at);
    },

    /** Looks now, where `on` is given in that transaction. Undefined: the records weren't set back, or long enough ago. */
    setBack,
  };
}

/**
 * Every user may ask for both. The timeline is that of what is written now: the control file has a new one only after the
 * first checkpoint. ("System Information Functions", https://www.postgresql.org/docs/current/functions-info.html)
 */
async function askServer(on: Database): Promise<Server> {
  const { rows } = await sql<Server>`select system_identifier::text as cluster,
    left(pg_walfile_name(pg_current_wal_lsn()), 8) as timeline from pg_control_system()`.execute(on);
  const [row] = rows;
  if (row === undefined) throw new Error('unanswered');
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
