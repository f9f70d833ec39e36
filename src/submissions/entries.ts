import { type RawBuilder, sql } from 'kysely';
import { OPEN_STATES } from '../attempts/sendable.ts';
import type { Catalog } from '../aws/terms.ts';
import type { Database } from '../database/schema.ts';
import { isTakenOn, type PartName } from '../opportunities/opportunity.ts';
import { elsewhereOf, type OpportunityRow, reviewOf } from '../opportunities/rows.ts';
import {
  DOUBTFUL_STATES,
  type Entry,
  FOLLOWED_STATES,
  type Owned,
  type Reviewed,
  STEPS,
  type Submission,
  stateOf,
  submissionOf,
} from './submission.ts';

/** Some entries, newest first, and how many more there are. */
export interface EntryPage {
  readonly entries: readonly Entry[];
  readonly more: number;
  /** The count stopped there: it is that many or more. */
  readonly orMore: boolean;
}

/** Counting goes no further, so that a bot with years of records answers as fast: nobody reads on from there. */
const COUNTED_AT_MOST = 1000;

/** The queries of everything that shows how an opportunity stands. Each has one entry: what its record says stands for it. */
export function createEntries({ db }: { db: Database }) {
  /** In the order of the rows. */
  const entriesOf = async (rows: readonly OpportunityRow[]): Promise<readonly Entry[]> => {
    const ids = rows.flatMap(({ submission_id }) => submission_id ?? []);
    const submissions =
      ids.length === 0 ? [] : await db.selectFrom('submissions').selectAll().where('id', 'in', ids).execute();
    const byId = new Map(submissions.map((row) => [row.id, submissionOf(row)]));
    return rows.map((row) => {
      const submission = byId.get(row.submission_id ?? '');
      return submission === undefined ? elsewhereOf(row) : { ...submission, ...reviewOf(row) };
    });
  };

  const recordOf = (id: string): Promise<OpportunityRow | undefined> =>
    db.selectFrom('opportunities').selectAll().where('id', '=', id).executeTakeFirst();

  const find = async (id: string): Promise<Reviewed | undefined> => {
    const row = await db.selectFrom('submissions').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : (await withReviews(db, [submissionOf(row)]))[0];
  };

  const of = (catalog: string) => db.selectFrom('opportunities').where('catalog', '=', catalog);

  const page = async (query: ReturnType<typeof of>, limit: number): Promise<EntryPage> => {
    const rows = await query
      .selectAll()
      .orderBy('since', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    const entries = await entriesOf(rows);
    if (rows.length < limit) return { entries, more: 0, orMore: false };
    const { count } = await db
      .selectFrom(
        query
          .select('id')
          .limit(limit + COUNTED_AT_MOST)
          .as('counted'),
      )
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow();
    const more = Number(count) - rows.length;
    return { entries, more, orMore: more === COUNTED_AT_MOST };
  };

  return {
    find,

    /** What the ID in a button stands for: a submission's, or an opportunity's record. */
    async entry(id: string): Promise<Entry | undefined> {
      const submission = await find(id);
      if (submission !== undefined) return submission;
      const row = await recordOf(id);
      return row === undefined ? undefined : elsewhereOf(row);
    },

    /** What stands for an opportunity; undefined: nothing is known of it. */
    async entryOf(catalog: Catalog, opportunityId: string): Promise<Entry | undefined> {
      const row = await of(catalog)
        .where('opportunity_id', '=', opportunityId)
        .selectAll()
        .executeTakeFirst();
      return row === undefined ? undefined : (await entriesOf([row]))[0];
    },

    /** The newest request for an opportunity of which nobody knows whether AWS has executed it, or will. */
    async doubtOf(catalog: Catalog, opportunityId: string): Promise<Submission | undefined> {
      const row = await db
        .selectFrom('submissions')
        .selectAll()
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId)
        .where('state', 'in', DOUBTFUL_STATES)
        .orderBy('requested_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : submissionOf(row);
    },

    /**
     * Whose thread news of an opportunity belongs in: that of the newest request that AWS has, else of whoever took it on,
     * else of a request that AWS may have.
     */
    async hearerOf(recordId: string): Promise<Owned | undefined> {
      const row = await recordOf(recordId);
      if (row === undefined) return undefined;
      const rows = await db
        .selectFrom('submissions')
        .selectAll()
        .where('catalog', '=', row.catalog)
        .where('opportunity_id', '=', row.opportunity_id)
        .where('state', 'in', [...OPEN_STATES, ...FOLLOWED_STATES])
        .orderBy('requested_at', 'desc')
        .execute();
      const requests = rows.map((each) => ({ ...submissionOf(each), ...reviewOf(row) }));
      const entry = elsewhereOf(row);
      return (
        requests.find(({ state }) => STEPS[state].standing === 'at-aws') ??
        (isTakenOn(entry) ? entry : requests[0])
      );
    },

    /** What this person asked for or took on, in any state; or in one `part`. */
    entriesOfPerson: (catalog: Catalog, userId: string, limit: number, part?: PartName): Promise<EntryPage> =>
      page(
        of(catalog)
          .where('user_id', '=', userId)
          .$if(part !== undefined, (query) => query.where('part', '=', part ?? '')),
        limit,
      ),

    /** What everybody else asked for or took on, in any state. */
    entriesOfOthers: (catalog: Catalog, userId: string, limit: number): Promise<EntryPage> =>
      page(of(catalog).where('user_id', '!=', userId), limit),

    /** The channel in which this person asked for a submission last. */
    async lastChannelOf(catalog: Catalog, userId: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('submissions')
        .select('channel_id')
        .where('catalog', '=', catalog)
        .where('user_id', '=', userId)
        .orderBy('requested_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.channel_id;
    },

    /** How many there are, by our state and AWS's status; of what was decided only what was since `decidedSince`. */
    async counts(
      catalog: Catalog,
      decidedSince: Date,
    ): Promise<
      readonly {
        readonly state: Entry['state'];
        readonly reviewStatus: string | undefined;
        readonly count: number;
      }[]
    > {
      const rows = await db
        .selectFrom('opportunities')
        .leftJoin('submissions', 'submissions.id', 'submission_id')
        .where('opportunities.catalog', '=', catalog)
        .where((eb) =>
          eb.or([
            eb('part', 'in', ['needs', 'waiting']),
            eb('part', '=', 'decided').and('decided_at', '>=', decidedSince.toISOString()),
          ]),
        )
        .select((eb) => ['state', 'review_status', eb.fn.countAll<number | string>().as('count')])
        .groupBy(['state', 'review_status'])
        .execute();
      return rows.map((row) => ({
        state: row.state === null ? 'elsewhere' : stateOf(row.state),
        reviewStatus: row.review_status ?? undefined,
        count: Number(row.count),
      }));
    },

    /** Some entries of a part, and how many it has. What needs somebody: the latest first; what waits: the oldest first. */
    async part(
      catalog: Catalog,
      part: Exclude<PartName, 'decided'>,
      limit: number,
    ): Promise<{ readonly entries: readonly Entry[]; readonly total: number }> {
      const those = of(catalog).where('part', '=', part);
      const direction = part === 'waiting' ? 'asc' : 'desc';
      const rows = await those
        .selectAll()
        .orderBy('since', direction)
        .orderBy('id', direction)
        .limit(limit)
        .execute();
      const { count } = await those
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow();
      return { entries: await entriesOf(rows), total: Number(count) };
    },

    /** What stands for these opportunities, by their records. */
    async entriesAt(recordIds: readonly string[]): Promise<readonly Entry[]> {
      if (recordIds.length === 0) return [];
      return entriesOf(
        await db.selectFrom('opportunities').selectAll().where('id', 'in', recordIds).execute(),
      );
    },

    /** The opportunities whose review AWS hasn't decided, as far as is known. */
    async undecided(catalog: Catalog): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('opportunities')
        .leftJoin('submissions', 'submissions.id', 'submission_id')
        .select('opportunities.opportunity_id')
        .where('opportunities.catalog', '=', catalog)
        .where('part', 'in', ['waiting', 'needs'])
        .where(isFollowed)
        .execute();
      return rows.map((row) => row.opportunity_id);
    },
  };
}

/** That AWS has it, or may have. */
const isFollowed = sql<boolean>`(submissions.id is null or submissions.state in (${sql.join(FOLLOWED_STATES)}))`;

/** As part of a query, whether there is anything that AWS's review concerns. */
export const followsAnything = (catalog: Catalog): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from opportunities left join submissions on submissions.id = submission_id
    where opportunities.catalog = ${catalog} and part in ('waiting', 'needs', 'decided') and ${isFollowed})`;

/** Submissions, each with the review of its opportunity, in their order. */
export async function withReviews(
  db: Pick<Database, 'selectFrom'>,
  submissions: readonly Submission[],
): Promise<readonly Reviewed[]> {
  if (submissions.length === 0) return [];
  const rows = await db
    .selectFrom('opportunities')
    .selectAll()
    .where(
      'opportunity_id',
      'in',
      submissions.map(({ opportunityId }) => opportunityId),
    )
    .execute();
  return submissions.flatMap((submission) => {
    const { catalog, opportunityId } = submission;
    const row = rows.find((each) => each.catalog === catalog && each.opportunity_id === opportunityId);
    return row === undefined ? [] : [{ ...submission, ...reviewOf(row) }];
  });
}
