import type { Database } from './schema.ts';

/** Whose records a database holds: those of one Slack workspace, or of an organisation where several are set, of one of AWS's catalogs. */
export interface Belonging {
  /** T…, or E… of an organisation. */
  readonly teamId: string;
  readonly catalog: string;
}

const ROW = 1;

/** Undefined: nobody's yet. */
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
      .values({ id: ROW, team_id: mine.teamId, catalog: mine.catalog })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const why = whyNotMine(await readBelonging(db), mine);
  if (why !== undefined) throw new Error(`${why} ${ANOTHER_OR_ADOPT}`);
}

/** What to do where a database is somebody else's. */
export const ANOTHER_OR_ADOPT =
  'Use another database (DATA_DIR or DATABASE_URL). If this one is to change hands, stop every bot that uses it and run `npm run -s adopt`.';

/** Undefined: it is, or may become so. */
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
    await tx.deleteFrom('belonging').execute();
    await tx
      .insertInto('belonging')
      .values({ id: ROW, team_id: mine.teamId, catalog: mine.catalog })
      .execute();
  });
}
