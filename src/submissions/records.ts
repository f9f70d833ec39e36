import { sql } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { Catalog } from '../partner-central/operations.ts';
import { submissionOf } from './rows.ts';
import { OPEN_STATES, type State, type Submission } from './submission.ts';

/** Some records, newest first, and how many more there are. */
export interface RecordPage {
  readonly records: readonly Submission[];
  readonly more: number;
  /** The count stopped there: it is that many or more. */
  readonly orMore: boolean;
}

/** Counting goes no further: nobody reads on from there, and a bot with years of records answers as fast. */
const COUNTED_AT_MOST = 1000;

/** Nothing goes on by itself from here until somebody does something. */
const NEEDS_SOMEBODY = ['refused', 'changed', 'expired', 'not_seen'] as const satisfies readonly State[];
const WITH_AWS = ['submitted', 'already_submitted'] as const satisfies readonly State[];

/** `ReviewStatus` as `reviewStatus` compares it: AWS writes a status in several ways. */
const comparableStatus = sql<string>`lower(replace(replace(coalesce(review_status, ''), '-', ''), ' ', ''))`;

/**
 * The queries of `status` and `list`. All see an opportunity's newest record only: what came before it, perhaps
 * another person's try, was settled by it.
 */
export function createRecords({ db }: { db: Database }) {
  const newest = (catalog: Catalog) =>
    db
      .selectFrom('submissions')
      .where('catalog', '=', catalog)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('submissions as later')
              .select('later.id')
              .where('later.catalog', '=', catalog)
              .whereRef('later.opportunity_id', '=', 'submissions.opportunity_id')
              .whereRef('later.requested_at', '>', 'submissions.requested_at'),
          ),
        ),
      );

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
      page(
        newest(catalog)
          .where('user_id', '=', userId)
          .where((eb) =>
            eb.or([
              eb('state', 'in', NEEDS_SOMEBODY),
              eb.and([eb('state', 'in', WITH_AWS), eb(comparableStatus, '=', 'actionrequired')]),
            ]),
          ),
        limit,
      ),

    /** Of this person's: what is on its way to AWS, in doubt, or not decided there yet. */
    underWay: (catalog: Catalog, userId: string, limit: number): Promise<RecordPage> =>
      page(
        newest(catalog)
          .where('user_id', '=', userId)
          .where((eb) =>
            eb.or([
              eb('state', 'in', OPEN_STATES),
              eb.and([
                eb('state', 'in', WITH_AWS),
                eb(comparableStatus, 'not in', ['approved', 'rejected', 'actionrequired']),
              ]),
            ]),
          ),
        limit,
      ),
  };
}
