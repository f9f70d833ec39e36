import type { Selectable } from 'kysely';
import type { Dialect } from '../../database/connect.ts';
import type { Database, ReviewTable } from '../../database/schema.ts';
import type { Catalog } from '../../partner-central/operations.ts';
import { isDecision, reviewStatus } from '../../partner-central/review-status.ts';
import type { Tx } from '../audit.ts';
import { FOLLOWED_STATES, OPEN_STATES } from '../submission.ts';
import { newTelling } from '../telling/tellings.ts';
import { isOlder, momentText, type ReadAt } from './read-order.ts';

/** AWS's review of an opportunity, as last read. Nobody knows here who submitted it, or how. */
export interface Review {
  readonly id: string;
  readonly opportunityId: string;
  /** When it was first read. */
  readonly seenAt: Date;
  readonly reviewStatus: string;
}

/** A step of a review. The first one is how the review stood when it was first read. */
export interface ReviewEvent {
  readonly at: Date;
  readonly from: string | undefined;
  readonly to: string;
}

/** What a read said of an opportunity's review. */
export interface ReviewRead {
  readonly opportunityId: string;
  readonly status: string;
  /** AWS's, of what was read. */
  readonly lastModifiedDate: string;
}

/**
 * The reviews of all opportunities that AWS's lists show, kept so that a decision is told from an old one that was
 * only touched: AWS's lists say how a review stands, not when it was decided.
 */
export function createReviews({
  db,
  dialect,
  newId,
}: {
  db: Database;
  dialect: Dialect;
  newId: () => string;
}) {
  /** Of these opportunities, those that this bot submits or has submitted: their own records follow them. */
  const ownAmong = async (
    on: Database | Tx,
    catalog: string,
    opportunityIds: readonly string[],
  ): Promise<ReadonlySet<string>> => {
    const rows = await on
      .selectFrom('submissions')
      .select('opportunity_id')
      .where('catalog', '=', catalog)
      .where('opportunity_id', 'in', opportunityIds)
      .where('state', 'in', [...OPEN_STATES, ...FOLLOWED_STATES])
      .execute();
    return new Set(rows.map((row) => row.opportunity_id));
  };

  return {
    /**
     * Writes down what a page says (at most a hundred opportunities). With `tell`, a decision
     * that is new on an opportunity that this bot didn't submit becomes something to tell. Answers how many did.
     */
    async noteReviews(
      catalog: Catalog,
      reads: readonly ReviewRead[],
      { at, asOf, tell }: ReadAt & { readonly tell: boolean },
    ): Promise<number> {
      if (reads.length === 0) return 0;
      // Always in the same order: two replicas with the same page would wait for each other for ever.
      const page = reads.toSorted((one, other) => (one.opportunityId < other.opportunityId ? -1 : 1));
      const ids = page.map(({ opportunityId }) => opportunityId);
      return db.transaction().execute(async (tx) => {
        const rows = await tx
          .selectFrom('reviews')
          .selectAll()
          .where('catalog', '=', catalog)
          .where('opportunity_id', 'in', ids)
          .orderBy('opportunity_id')
          .$if(dialect === 'postgres', (query) => query.forUpdate())
          .execute();
        const known = new Map(rows.map((row) => [row.opportunity_id, row]));
        const news: { readonly id: string; readonly from: string | null; readonly read: ReviewRead }[] = [];
        for (const read of page) {
          const before = known.get(read.opportunityId);
          // Not submitted yet, or nothing that says it was: there is no review.
          if (before === undefined && !isReview(read.status)) continue;
          const id =
            before === undefined
              ? await insert(tx, { id: newId(), catalog, read, at })
              : await update(tx, { before, read, at, asOf });
          if (id !== undefined) news.push({ id, from: before?.review_status ?? null, read });
        }
        const own = await ownAmong(tx, catalog, ids);
        let told = 0;
        for (const { id, from, read } of news) {
          const sequence = await append(tx, { id, from, to: read.status, at });
          if (tell && !own.has(read.opportunityId) && isDecision(reviewStatus(read.status).status)) {
            const content = { kind: 'elsewhere', reviewId: id, sequence } as const;
            await tx
              .insertInto('tellings')
              .values(newTelling(newId(), content, at))
              .execute();
            told += 1;
          }
        }
        return told;
      });
    },

    async review(catalog: Catalog, id: string): Promise<Review | undefined> {
      const row = await db
        .selectFrom('reviews')
        .selectAll()
        .where('id', '=', id)
        .where('catalog', '=', catalog)
        .executeTakeFirst();
      return row === undefined ? undefined : reviewOf(row);
    },

    /** A part of a review's steps, oldest first, and how many there are in all. */
    async reviewTrail(
      id: string,
      part: { readonly offset: number; readonly limit: number },
    ): Promise<{ readonly events: readonly ReviewEvent[]; readonly total: number }> {
      const { total } = await db
        .selectFrom('review_events')
        .select((eb) => eb.fn.countAll<number | string>().as('total'))
        .where('review_id', '=', id)
        .executeTakeFirstOrThrow();
      const rows = await db
        .selectFrom('review_events')
        .selectAll()
        .where('review_id', '=', id)
        .orderBy('sequence')
        .offset(part.offset)
        .limit(part.limit)
        .execute();
      const events = rows.map((row) => ({
        at: new Date(row.at),
        from: row.from_review_status ?? undefined,
        to: row.to_review_status,
      }));
      return { events, total: Number(total) };
    },

    /** The decision that a telling is about; undefined where this bot has come to follow the opportunity itself. */
    async decisionElsewhere(
      id: string,
      sequence: number,
    ): Promise<{ readonly review: Review; readonly reviewStatus: string } | undefined> {
      const row = await db
        .selectFrom('review_events')
        .innerJoin('reviews', 'reviews.id', 'review_events.review_id')
        .selectAll('reviews')
        .select('to_review_status')
        .where('review_id', '=', id)
        .where('sequence', '=', sequence)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const own = await ownAmong(db, row.catalog, [row.opportunity_id]);
      return own.size > 0 ? undefined : { review: reviewOf(row), reviewStatus: row.to_review_status };
    },

    /** Of the reviews, the opportunities that AWS hasn't decided as far as is known. */
    async undecidedReviews(catalog: Catalog): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('reviews')
        .select('opportunity_id')
        .where('catalog', '=', catalog)
        .where('review_status', 'not in', ['Approved', 'Rejected'])
        .execute();
      return rows.map((row) => row.opportunity_id);
    },
  };
}

function isReview(shown: string): boolean {
  const { status } = reviewStatus(shown);
  return status !== 'Pending Submission' && status !== 'none';
}

/** Undefined: another replica was first. */
async function insert(
  tx: Tx,
  given: { readonly id: string; readonly catalog: Catalog; readonly read: ReviewRead; readonly at: Date },
): Promise<string | undefined> {
  const { id, catalog, read, at } = given;
  const row = await tx
    .insertInto('reviews')
    .values({
      id,
      catalog,
      opportunity_id: read.opportunityId,
      seen_at: at.toISOString(),
      review_status: read.status,
      review_read_at: at.toISOString(),
      review_modified_at: momentText(read.lastModifiedDate) ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Undefined: nothing new, or an older read. */
async function update(
  tx: Tx,
  given: ReadAt & { readonly before: Selectable<ReviewTable>; readonly read: ReviewRead },
): Promise<string | undefined> {
  const { before, read, at, asOf = at } = given;
  const modifiedAt = momentText(read.lastModifiedDate);
  const readAt = asOf.toISOString();
  if (read.status === before.review_status || isOlder({ modifiedAt, readAt }, before)) return undefined;
  await tx
    .updateTable('reviews')
    .set({
      review_status: read.status,
      review_read_at: at.toISOString(),
      review_modified_at: modifiedAt ?? before.review_modified_at,
    })
    .where('id', '=', before.id)
    .execute();
  return before.id;
}

/** Answers the step's number. */
async function append(
  tx: Tx,
  step: { readonly id: string; readonly from: string | null; readonly to: string; readonly at: Date },
): Promise<number> {
  const { last } = await tx
    .selectFrom('review_events')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .where('review_id', '=', step.id)
    .executeTakeFirstOrThrow();
  // The review's row is locked or new in this transaction: nobody else counts at the same time.
  const sequence = Number(last ?? 0) + 1;
  await tx
    .insertInto('review_events')
    .values({
      review_id: step.id,
      sequence,
      at: step.at.toISOString(),
      from_review_status: step.from,
      to_review_status: step.to,
    })
    .execute();
  return sequence;
}

const reviewOf = (row: Selectable<ReviewTable>): Review => ({
  id: row.id,
  opportunityId: row.opportunity_id,
  seenAt: new Date(row.seen_at),
  reviewStatus: row.review_status,
});
