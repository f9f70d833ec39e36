import { type RawBuilder, sql } from 'kysely';
import type { Dialect } from '../database/connect.ts';
import { type Database, FORGOTTEN, type Tx } from '../database/schema.ts';
import { placeOf } from '../opportunities/opportunity.ts';
import { dealOf } from '../opportunities/rows.ts';
import { requestsOf } from '../submissions/submission.ts';
import { HOLDINGS, type Holding } from './data-inventory.ts';

/** Whom, or what, to forget: a person by their Slack ID, or an opportunity by AWS's. */
export type Subject =
  | { readonly type: 'person'; readonly id: string }
  | { readonly type: 'opportunity'; readonly id: string };

/** Rows of one table, and what became of them. */
export interface ForgottenRows {
  readonly table: string;
  readonly what: 'deleted' | 'kept without the person';
  readonly count: number;
}

export interface Forgotten {
  readonly rows: readonly ForgottenRows[];
  /** Records that were left as they are, because they are under way: their table, ID and opportunity. */
  readonly underWay: readonly {
    readonly table: string;
    readonly id: string;
    readonly opportunity: string | null;
  }[];
}

type Records = Extract<Holding, { kind: 'records' }>;
type Parts = Extract<Holding, { kind: 'parts' }>;

const TABLES: readonly (readonly [string, Holding])[] = Object.entries(HOLDINGS);

/** Records deleted by age in one transaction. */
const EXPIRED_AT_ONCE = 200;
/** Values in one query: SQLite takes 32,766, older ones 999. */
const IDS_A_QUERY = 500;

/** Forgets what may be forgotten: because somebody asked for it, or by age. `HOLDINGS` says what is where. */
export function createForgetting({ db, dialect }: { db: Database; dialect: Dialect }) {
  const locked = dialect === 'postgres' ? sql`for update` : sql``;

  /** Records that fulfil the condition, theirs until the transaction ends: nothing happens to them meanwhile. */
  const take = (tx: Tx, table: string, condition: RawBuilder<boolean>) =>
    idsOf(tx, sql`select id from ${sql.table(table)} where ${condition} ${locked}`);

  return {
    /**
     * Forgets all of it or nothing. An opportunity's settled records are deleted with their audit trail; a person's
     * stay, without the person. What is under way is left as it is, and named. With `pretend` nothing is changed,
     * and the answer is the same.
     */
    async forget(subject: Subject, { pretend }: { readonly pretend: boolean }): Promise<Forgotten> {
      const rows: ForgottenRows[] = [];
      const underWay = new Map<string, Forgotten['underWay'][number]>();
      const undo = new Error('It was only pretended.');
      try {
        await db.transaction().execute(async (tx) => {
          for (const [table, holding] of TABLES) {
            if (holding.kind === 'records' && holding[subject.type] !== undefined) {
              const named = is(holding[subject.type], subject.id);
              for (const each of await left(tx, table, holding, named)) underWay.set(each.id, each);
              const ids = await take(tx, table, sql`${named} and ${mayBeForgotten(holding, subject)}`);
              if (subject.type === 'person') rows.push(...(await anonymise(tx, table, holding, ids)));
              else rows.push(...(await deleteRecords(tx, table, ids)));
              await placeAgain(tx, table, ids);
            }
            if (holding.kind === 'passing' && holding[subject.type] !== undefined) {
              rows.push(...(await deletePassing(tx, table, is(holding[subject.type], subject.id))));
            }
            if (holding.kind === 'parts' && subject.type === 'person') {
              const others = await anonymiseParts(tx, table, holding, subject.id);
              rows.push(...others.rows);
              for (const each of others.underWay) underWay.set(each.id, each);
            }
          }
          // One way for both, so that what is announced is what is done.
          if (pretend) throw undo;
        });
      } catch (error) {
        if (error !== undo) throw error;
      }
      return { rows: summed(rows), underWay: [...underWay.values()] };
    },

    /**
     * Deletes settled records to which nothing has happened since `before`, with all that belongs to them: some, and
     * answers how many. Zero: there are none left.
     */
    async expire(before: Date): Promise<number> {
      return db.transaction().execute(async (tx) => {
        let count = 0;
        for (const [table, holding] of TABLES) {
          if (holding.kind !== 'records') continue;
          const ids = await idsOf(
            tx,
            // Another replica may be at it too.
            sql`select id from ${sql.table(table)}
              where ${sql.ref(holding.made)} < ${before.toISOString()}
                and ${holding.lastEvent} < ${before.toISOString()} and ${mayBeDeleted(holding)}
                and not ${holding.ageless ?? sql`false`}
              limit ${EXPIRED_AT_ONCE} ${dialect === 'postgres' ? sql`for update skip locked` : sql``}`,
          );
          await deleteRecords(tx, table, ids);
          await placeAgain(tx, table, ids);
          count += ids.length;
        }
        return count;
      });
    },
  };
}

const is = (column: string | undefined, value: string): RawBuilder<boolean> =>
  sql`${sql.ref(column ?? '')} = ${value}`;

const mayBeDeleted = ({ settled, neededWhile }: Records): RawBuilder<boolean> =>
  neededWhile === undefined ? settled : sql`(${settled} and not ${neededWhile})`;

const mayBeForgotten = (holding: Records, { type }: Subject): RawBuilder<boolean> =>
  type === 'person' ? holding.settled : mayBeDeleted(holding);

/** Records that are not settled: they stay as they are. */
async function left(
  tx: Tx,
  table: string,
  { opportunity, settled }: Records,
  condition: RawBuilder<boolean>,
): Promise<Forgotten['underWay']> {
  const { rows } = await sql<{ id: string; opportunity: string | null }>`
    select id, ${opportunity === undefined ? sql`null` : sql.ref(opportunity)} as opportunity
    from ${sql.table(table)} where ${condition} and not ${settled} order by id`.execute(tx);
  return rows.map((row) => ({ table, ...row }));
}

async function deleteRecords(
  tx: Tx,
  table: string,
  ids: readonly string[],
): Promise<readonly ForgottenRows[]> {
  const rows: ForgottenRows[] = [];
  for (const some of chunks(ids)) {
    for (const [part, column] of partsOf(table)) {
      rows.push(await deleteFrom(tx, part, sql`${sql.ref(column)} in (${sql.join(some)})`));
    }
    rows.push(await deleteFrom(tx, table, sql`id in (${sql.join(some)})`));
  }
  return rows;
}

/** Where these submissions, or owners, were what stood for their opportunities, something else is. */
async function placeAgain(tx: Tx, table: string, ids: readonly string[]): Promise<void> {
  const column = table === 'submissions' ? 'submission_id' : table === 'opportunities' ? 'id' : undefined;
  if (column === undefined) return;
  for (const some of chunks(ids)) {
    const rows = await tx.selectFrom('opportunities').selectAll().where(column, 'in', some).execute();
    for (const row of rows) {
      await tx
        .updateTable('opportunities')
        .set(placeOf(await requestsOf(tx, dealOf(row)), row))
        .where('id', '=', row.id)
        .execute();
    }
  }
}

async function deletePassing(
  tx: Tx,
  table: string,
  condition: RawBuilder<boolean>,
): Promise<readonly ForgottenRows[]> {
  const rows: ForgottenRows[] = [];
  for (const [part, column] of partsOf(table)) {
    const of = sql<boolean>`${sql.ref(column)} in (select id from ${sql.table(table)} where ${condition})`;
    rows.push(await deleteFrom(tx, part, of));
  }
  return [...rows, await deleteFrom(tx, table, condition)];
}

/** The records without their person, and their parts without what names the person. */
async function anonymise(
  tx: Tx,
  table: string,
  { person, without }: Records,
  ids: readonly string[],
): Promise<readonly ForgottenRows[]> {
  const rows: ForgottenRows[] = [];
  for (const some of chunks(ids)) {
    for (const [part, column, holding] of partsOf(table)) {
      if (holding.without === undefined) continue;
      await sql`update ${sql.table(part)} set ${holding.without}
        where ${sql.ref(column)} in (${sql.join(some)})`.execute(tx);
    }
    const { numAffectedRows } = await sql`update ${sql.table(table)}
      set ${sql.ref(person)} = ${FORGOTTEN}, ${without} where id in (${sql.join(some)})`.execute(tx);
    rows.push({ table, what: 'kept without the person', count: Number(numAffectedRows ?? 0) });
  }
  return rows;
}

/** What the person did to settled records, their own and others'. */
async function anonymiseParts(
  tx: Tx,
  table: string,
  { of, person }: Parts,
  id: string,
): Promise<{ readonly rows: readonly ForgottenRows[]; readonly underWay: Forgotten['underWay'] }> {
  const rows: ForgottenRows[] = [];
  const underWay: Forgotten['underWay'][number][] = [];
  if (person === undefined) return { rows, underWay };
  for (const [parent, column] of Object.entries(of)) {
    const holding = TABLES.find(([name]) => name === parent)?.[1];
    if (holding?.kind !== 'records') continue;
    const done = sql<boolean>`id in (select ${sql.ref(column)} from ${sql.table(table)} where ${is(person, id)})`;
    underWay.push(...(await left(tx, parent, holding, done)));
    const { numAffectedRows } = await sql`update ${sql.table(table)} set ${sql.ref(person)} = ${FORGOTTEN}
      where ${is(person, id)} and ${sql.ref(column)} in
        (select id from ${sql.table(parent)} where ${holding.settled})`.execute(tx);
    rows.push({ table, what: 'kept without the person', count: Number(numAffectedRows ?? 0) });
  }
  return { rows, underWay };
}

async function deleteFrom(tx: Tx, table: string, condition: RawBuilder<boolean>): Promise<ForgottenRows> {
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${condition}`.execute(tx);
  return { table, what: 'deleted', count: Number(numAffectedRows ?? 0) };
}

/** The tables that hold parts of this one, and the column that says whose. */
const partsOf = (table: string): readonly (readonly [string, string, Parts])[] =>
  TABLES.flatMap(([name, holding]) => {
    if (holding.kind !== 'parts') return [];
    const column = Object.entries(holding.of).find(([parent]) => parent === table)?.[1];
    return column === undefined ? [] : [[name, column, holding] as const];
  });

async function idsOf(tx: Tx, query: RawBuilder<unknown>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`${query}`.execute(tx);
  return rows.map(({ id }) => id);
}

const chunks = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS_A_QUERY) }, (_, index) =>
    ids.slice(index * IDS_A_QUERY, (index + 1) * IDS_A_QUERY),
  );

function summed(rows: readonly ForgottenRows[]): readonly ForgottenRows[] {
  const sums = new Map<string, ForgottenRows>();
  for (const row of rows) {
    const key = `${row.table} ${row.what}`;
    sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].filter(({ count }) => count > 0);
}
