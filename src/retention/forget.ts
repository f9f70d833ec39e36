import { type RawBuilder, sql } from 'kysely';
import type { Bot } from '../bot.ts';
import { DAY_MS, fromNow } from '../clock.ts';
import type { Connection } from '../database/connect.ts';
import { FORGOTTEN, type Tx } from '../database/schema.ts';
import { forgetHomeTabs } from '../messages/home/tabs.ts';
import { placeOf } from '../opportunities/opportunity.ts';
import { dealOf } from '../opportunities/rows.ts';
import { requestsOf } from '../submissions/submission.ts';
import type { ScheduledJob } from '../worker/scheduled-jobs.ts';
import { HOLDINGS, type Holding } from './data-inventory.ts';

/** Whom, or what, to forget: a person by their Slack ID, or an opportunity by AWS's. */
export type Subject =
  | { readonly type: 'person'; readonly id: string }
  | { readonly type: 'opportunity'; readonly id: string };

export interface Forgotten {
  /** What became of the rows of each table. */
  readonly rows: readonly ForgottenRows[];
  /** Records that were left as they are, because they are under way: their table, ID and opportunity. */
  readonly underWay: readonly {
    readonly table: string;
    readonly id: string;
    readonly opportunity: string | null;
  }[];
}

interface ForgottenRows {
  readonly table: string;
  readonly what: 'deleted' | 'kept without the person';
  readonly count: number;
}

/**
 * Forgets all of it or nothing; `HOLDINGS` says what is where. An opportunity's settled records are deleted with their
 * audit trail; a person's stay, without the person. What is under way is left as it is, and named. With `pretend` nothing
 * is changed, and the answer is the same.
 */
export async function forget(
  { db, dialect }: Pick<Connection, 'db' | 'dialect'>,
  subject: Subject,
  { pretend }: { readonly pretend: boolean },
): Promise<Forgotten> {
  const rows = new Map<string, ForgottenRows>();
  const underWay = new Map<string, Forgotten['underWay'][number]>();
  const undo = new Error('It was only pretended.');
  try {
    await db.transaction().execute(async (tx) => {
      for (const [table, holding] of TABLES) {
        const left = await forgetIn({ tx, dialect, rows }, table, holding, subject);
        for (const each of left) underWay.set(each.id, each);
      }
      // Done in either case, so that what is announced is what would be done.
      if (pretend) throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  return { rows: [...rows.values()].filter(({ count }) => count > 0), underWay: [...underWay.values()] };
}

const EVERY_MS = 60 * 60 * 1000;
const FORGET_DRAFTS_AFTER_MS = 7 * DAY_MS;
/** Slack gives up delivering an event after about an hour. */
const FORGET_DELIVERIES_AFTER_MS = DAY_MS;
/** What somebody chose to see in their home tab is kept that long after they last opened it. */
const FORGET_TABS_AFTER_MS = 30 * DAY_MS;
/** What was typed and came to nothing is offered again that long, and no longer: it is a deal's details. */
const FORGET_TYPED_AFTER_MS = DAY_MS;

/** Deletes what nobody needs any more, every hour, or at once again where there may be more of it. */
export const housekeeping = ({
  store,
  edits,
  database,
  clock,
  log,
  config: { retentionDays },
}: Pick<Bot, 'store' | 'edits' | 'database' | 'clock' | 'log' | 'config'>): ScheduledJob => ({
  name: 'housekeeping',
  run: async () => {
    await store.forgetForms(fromNow(clock, -FORGET_DRAFTS_AFTER_MS));
    await edits.forgetTyped(fromNow(clock, -FORGET_TYPED_AFTER_MS));
    await forgetHomeTabs(database.db, fromNow(clock, -FORGET_TABS_AFTER_MS));
    await store.forgetDeliveries(fromNow(clock, -FORGET_DELIVERIES_AFTER_MS));
    const count =
      retentionDays === undefined ? 0 : await expire(database, fromNow(clock, -retentionDays * DAY_MS));
    if (count > 0) log.info({ count }, 'records older than RETENTION_DAYS were deleted');
    return { succeeded: true, againAt: fromNow(clock, count > 0 ? 0 : EVERY_MS) };
  },
});

/** Records deleted by age in one transaction. */
const EXPIRED_AT_ONCE = 200;

/**
 * Deletes settled records to which nothing has happened since `before`, with all that belongs to them: some, and
 * answers how many. Zero: there are none left.
 */
export async function expire(
  { db, dialect }: Pick<Connection, 'db' | 'dialect'>,
  before: Date,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const forgetting = { tx, dialect, rows: new Map<string, ForgottenRows>() };
    let count = 0;
    for (const [table, holding] of TABLES) {
      if (holding.kind !== 'records') continue;
      const old = sql`${sql.ref(holding.made)} < ${before.toISOString()} and ${holding.lastEvent} < ${before.toISOString()}
        and ${mayBeDeleted(holding)} and not ${holding.ageless ?? sql`false`} limit ${EXPIRED_AT_ONCE}`;
      // Another replica may be at it too.
      for (const ids of await take(forgetting, table, old, sql`skip locked`)) {
        await deleteRows(forgetting, table, ids);
        count += ids.length;
      }
    }
    return count;
  });
}

type Records = Extract<Holding, { kind: 'records' }>;
type Parts = Extract<Holding, { kind: 'parts' }>;

const TABLES: readonly (readonly [string, Holding])[] = Object.entries(HOLDINGS);

/** A transaction, and what it has forgotten so far, by table and what became of the rows. */
interface Forgetting {
  readonly tx: Tx;
  readonly dialect: Connection['dialect'];
  readonly rows: Map<string, ForgottenRows>;
}

/** Answers the records that are under way. */
async function forgetIn(
  forgetting: Forgetting,
  table: string,
  holding: Holding,
  { type, id }: Subject,
): Promise<Forgotten['underWay']> {
  if (holding.kind === 'nobody') return [];
  if (holding.kind === 'parts') {
    return type === 'person' ? anonymiseParts(forgetting, table, holding, id) : [];
  }
  const column = holding[type];
  if (column === undefined) return [];
  const named = is(column, id);
  if (holding.kind === 'passing') {
    for (const ids of await take(forgetting, table, named)) await deleteRows(forgetting, table, ids);
    return [];
  }
  const left = await underWayIn(forgetting, table, holding, named);
  const may = type === 'person' ? holding.settled : mayBeDeleted(holding);
  for (const ids of await take(forgetting, table, sql`${named} and ${may}`)) {
    if (type === 'person') await anonymise(forgetting, table, holding, ids);
    else await deleteRows(forgetting, table, ids);
  }
  return left;
}

const is = (column: string, value: string): RawBuilder<boolean> => sql`${sql.ref(column)} = ${value}`;

const isIn = (column: string, ids: readonly string[]): RawBuilder<boolean> =>
  sql`${sql.ref(column)} in (${sql.join(ids)})`;

const mayBeDeleted = ({ settled, neededWhile }: Records): RawBuilder<boolean> =>
  neededWhile === undefined ? settled : sql`(${settled} and not ${neededWhile})`;

/** IDs that are handled in one query: SQLite takes 32,766 values, older ones 999. */
const IDS_A_QUERY = 500;

/**
 * Locks rows until this transaction ends, so that nothing happens to them meanwhile, and answers their IDs, in lists of as
 * many as one query takes.
 */
async function take(
  { tx, dialect }: Forgetting,
  table: string,
  condition: RawBuilder<unknown>,
  ifLocked: RawBuilder<unknown> = sql``,
): Promise<readonly (readonly string[])[]> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where ${condition}
    ${dialect === 'postgres' ? sql`for update ${ifLocked}` : sql``}`.execute(tx);
  return Array.from({ length: Math.ceil(rows.length / IDS_A_QUERY) }, (_, at) =>
    rows.slice(at * IDS_A_QUERY, (at + 1) * IDS_A_QUERY).map(({ id }) => id),
  );
}

/** Records that are not settled: they stay as they are. */
async function underWayIn(
  { tx }: Forgetting,
  table: string,
  { opportunity, settled }: Records,
  condition: RawBuilder<boolean>,
): Promise<Forgotten['underWay']> {
  const { rows } = await sql<{ id: string; opportunity: string | null }>`
    select id, ${opportunity === undefined ? sql`null` : sql.ref(opportunity)} as opportunity
    from ${sql.table(table)} where ${condition} and not ${settled} order by id`.execute(tx);
  return rows.map((row) => ({ table, ...row }));
}

/** The tables that hold parts of this one, and the column that says whose. */
const partsOf = (table: string): readonly (readonly [string, string, Parts])[] =>
  TABLES.flatMap(([name, holding]) => {
    if (holding.kind !== 'parts') return [];
    const column = Object.entries(holding.of).find(([parent]) => parent === table)?.[1];
    return column === undefined ? [] : [[name, column, holding] as const];
  });

/** Rows, after all that belongs to them. */
async function deleteRows(forgetting: Forgetting, table: string, ids: readonly string[]): Promise<void> {
  for (const [each, column] of [...partsOf(table), [table, 'id'] as const]) {
    const statement = sql`delete from ${sql.table(each)} where ${isIn(column, ids)}`;
    await change(forgetting, each, 'deleted', statement);
  }
  await placeAgain(forgetting, table, ids);
}

/** The records without their person, and their parts without what names the person. */
async function anonymise(
  forgetting: Forgetting,
  table: string,
  { person, without }: Records,
  ids: readonly string[],
): Promise<void> {
  for (const [part, column, holding] of partsOf(table)) {
    if (holding.without === undefined) continue;
    await sql`update ${sql.table(part)} set ${holding.without} where ${isIn(column, ids)}`.execute(
      forgetting.tx,
    );
  }
  await change(
    forgetting,
    table,
    'kept without the person',
    sql`update ${sql.table(table)} set ${sql.ref(person)} = ${FORGOTTEN}, ${without} where ${isIn('id', ids)}`,
  );
  await placeAgain(forgetting, table, ids);
}

/** What the person did to settled records, their own and others'. Answers the records that are under way. */
async function anonymiseParts(
  forgetting: Forgetting,
  table: string,
  { person }: Parts,
  id: string,
): Promise<Forgotten['underWay']> {
  if (person === undefined) return [];
  const left: Forgotten['underWay'][number][] = [];
  for (const [parent, holding] of TABLES) {
    const column = partsOf(parent).find(([name]) => name === table)?.[1];
    if (holding.kind !== 'records' || column === undefined) continue;
    const theirs = sql<boolean>`id in (select ${sql.ref(column)} from ${sql.table(table)} where ${is(person, id)})`;
    left.push(...(await underWayIn(forgetting, parent, holding, theirs)));
    await change(
      forgetting,
      table,
      'kept without the person',
      sql`update ${sql.table(table)} set ${sql.ref(person)} = ${FORGOTTEN} where ${is(person, id)}
        and ${sql.ref(column)} in (select id from ${sql.table(parent)} where ${holding.settled})`,
    );
  }
  return left;
}

/** Works out anew what stands for an opportunity, where that was one of these submissions or owners. */
async function placeAgain({ tx }: Forgetting, table: string, ids: readonly string[]): Promise<void> {
  const column = table === 'submissions' ? 'submission_id' : table === 'opportunities' ? 'id' : undefined;
  if (column === undefined) return;
  const rows = await tx.selectFrom('opportunities').selectAll().where(column, 'in', ids).execute();
  for (const row of rows) {
    await tx
      .updateTable('opportunities')
      .set(placeOf(await requestsOf(tx, dealOf(row)), row))
      .where('id', '=', row.id)
      .execute();
  }
}

/** Runs a statement, and counts the rows that it changed. */
async function change(
  { tx, rows }: Forgetting,
  table: string,
  what: ForgottenRows['what'],
  statement: RawBuilder<unknown>,
): Promise<void> {
  const { numAffectedRows } = await statement.execute(tx);
  const key = `${table} ${what}`;
  rows.set(key, { table, what, count: Number(numAffectedRows ?? 0) + (rows.get(key)?.count ?? 0) });
}
