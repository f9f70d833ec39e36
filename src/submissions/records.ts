import { sql } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { Catalog } from '../partner-central/operations.ts';
import { stateOf, submissionOf } from './rows.ts';
import type { State, Submission } from './submission.ts';
import { isSuperseded } from './superseded.ts';

/** Some records, newest first, and how many more there are. */
export interface RecordPage {
  readonly records: readonly Submission[];
  readonly more: number;
  /** The count stopped there: it is that many or more. */
  readonly orMore: boolean;
}

/** Counting goes no further: nobody reads on from there, and a bot with years of records answers as fast. */
const COUNTED_AT_MOST = 1000;

/** The parts of the home tab and of `status`: records that ask the same of a person. */
export type PartName = 'needs' | 'waiting' | 'decided';

/**
 * The part a record belongs in; `settled`: in none. AWS writes a status in several ways, which `reviewStatus` compares
 * likewise. Letter by letter what the indexes of migration 009 hold: they serve no other wording.
 */
const partOfRecord = sql.raw<string>(
  "(case when state in ('refused', 'changed', 'expired', 'not_seen') then 'needs' when state in ('requested', 'sending', 'uncertain') then 'waiting' when state in ('submitted', 'already_submitted') then case lower(replace(replace(coalesce(review_status, ''), '-', ''), ' ', '')) when 'actionrequired' then 'needs' when 'noreviewstatus' then 'needs' when 'approved' then 'decided' when 'rejected' then 'decided' else 'waiting' end else 'settled' end)",
);
/** When AWS's decision came; for what an older version recorded, when it was submitted. */
const decidedAt = sql.raw<string>('(coalesce(review_changed_at, changed_at))');

/** Which records of a part are asked for. */
export interface PartOfRecords {
  readonly part: PartName;
  /** This person's; undefined: everybody's. */
  readonly userId: string | undefined;
  readonly offset: number;
  readonly limit: number;
  /** Of `decided`: those decided since. */
  readonly since?: Date;
}

/**
 * The queries of `status`, `list` and the home tab. All see an opportunity's newest record only (and AWS's, where later ones
 * came to nothing): what came before it, perhaps another person's try, was settled by it.
 */
export function createRecords({ db }: { db: Database }) {
  const newest = (catalog: Catalog) =>
    db
      .selectFrom('submissions')
      .where('catalog', '=', catalog)
      .where(({ not }) => not(isSuperseded('submissions')));

  const inPart = (catalog: Catalog, part: PartName) =>
    newest(catalog).where(partOfRecord, '=', sql.lit(part));

  const page = async (query: ReturnType<typeof newest>, limit: number): Promise<RecordPage> => {
    const rows = await query
      .selectAll()
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    if (rows.length < limit) return { records: rows.map(submissionOf), more: 0, orMore: false };
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
    return { records: rows.map(submissionOf), more, orMore: more === COUNTED_AT_MOST };
  };

  return {
    /** What this person asked for, in any state. */
    recordsOf: (catalog: Catalog, userId: string, limit: number): Promise<RecordPage> =>
      page(newest(catalog).where('user_id', '=', userId), limit),

    /** What everybody else asked for, in any state. */
    recordsOfOthers: (catalog: Catalog, userId: string, limit: number): Promise<RecordPage> =>
      page(newest(catalog).where('user_id', '!=', userId), limit),

    /** Of this person's: what waits for somebody to do something about it. */
    needingSomebody: (catalog: Catalog, userId: string, limit: number): Promise<RecordPage> =>
      page(inPart(catalog, 'needs').where('user_id', '=', userId), limit),

    /** Of this person's: what is on its way to AWS, in doubt, or not decided there yet. */
    underWay: (catalog: Catalog, userId: string, limit: number): Promise<RecordPage> =>
      page(inPart(catalog, 'waiting').where('user_id', '=', userId), limit),

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

    /** How many stand where, by our state and AWS's status; of what was decided only what was since `decidedSince`. */
    async counts(
      catalog: Catalog,
      decidedSince: Date,
    ): Promise<
      readonly { readonly state: State; readonly reviewStatus: string | undefined; readonly count: number }[]
    > {
      const rows = await newest(catalog)
        .where((eb) =>
          eb.or([
            eb(partOfRecord, 'in', [sql.lit('needs'), sql.lit('waiting')]),
            eb.and([
              eb(partOfRecord, '=', sql.lit('decided')),
              eb(decidedAt, '>=', decidedSince.toISOString()),
            ]),
          ]),
        )
        .select((eb) => ['state', 'review_status', eb.fn.countAll<number | string>().as('count')])
        .groupBy(['state', 'review_status'])
        .execute();
      return rows.map((row) => ({
        state: stateOf(row.state),
        reviewStatus: row.review_status ?? undefined,
        count: Number(row.count),
      }));
    },

    /**
     * Some records of a part, and how many it has. What needs somebody and what was decided: the latest first; what
     * waits: the longest waiting first.
     */
    async part(
      catalog: Catalog,
      { part, userId, offset, limit, since }: PartOfRecords,
    ): Promise<{ readonly records: readonly Submission[]; readonly total: number }> {
      const those = inPart(catalog, part)
        .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? ''))
        .$if(since !== undefined, (query) => query.where(decidedAt, '>=', since?.toISOString() ?? ''));
      const direction = part === 'waiting' ? 'asc' : 'desc';
      const rows = await those
        .selectAll()
        .orderBy(part === 'decided' ? decidedAt : sql.ref('requested_at'), direction)
        .orderBy('id', direction)
        .offset(offset)
        .limit(limit)
        .execute();
      const { count } = await those
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow();
      return { records: rows.map(submissionOf), total: Number(count) };
    },
  };
}
