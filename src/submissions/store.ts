import type { Dialect } from '../database/connect.ts';
import { GIVEN_BACK, type Leases } from '../database/lease.ts';
import type { Database } from '../database/schema.ts';
import type { Catalog } from '../partner-central/operations.ts';
import { createAudit, type OnChanged } from './audit.ts';
import { createBatches } from './batches/batches.ts';
import { createRecords } from './records.ts';
import { createReminders } from './reminders/reminders.ts';
import { createDeliveries } from './requests/deliveries.ts';
import { createDrafts } from './requests/drafts.ts';
import { createRecording, type Recorded } from './requests/recording.ts';
import { createAdoptions } from './review/adoptions.ts';
import { isOlder, momentText, type ReadAt } from './review/read-order.ts';
import { createReviews } from './review/reviews.ts';
import { createTeams } from './review/teams.ts';
import { submissionOf } from './rows.ts';
import { createCircuitBreaker } from './sending/circuit-breaker.ts';
import { createOperatorPause } from './sending/operator-pause.ts';
import { createQueue } from './sending/queue.ts';
import { createWriteQuota } from './sending/write-quota.ts';
import {
  type Choices,
  FOLLOWED_STATES,
  OPEN_STATES,
  type ShownDraft,
  type Submission,
} from './submission.ts';
import { isSuperseded } from './superseded.ts';
import { createTrail } from './trail.ts';

export type Store = ReturnType<typeof createStore>;

/** The records and their queries, in one dialect of SQL that both databases speak. */
export function createStore({
  db,
  dialect,
  leases,
  newId,
  onChanged = () => {},
}: {
  db: Database;
  dialect: Dialect;
  leases: Leases;
  newId: () => string;
  onChanged?: OnChanged;
}) {
  const audit = createAudit({ db, newId, onChanged });
  const recordRequest = createRecording({ audit, newId });

  return {
    ...createDrafts({ db }),
    ...createBatches({ db, audit, recordRequest, newId }),
    ...createDeliveries({ db }),
    ...createQueue({ db, dialect, leases, audit }),
    ...createWriteQuota({ db }),
    ...createCircuitBreaker({ db, audit }),
    ...createOperatorPause({ db, audit }),
    ...createRecords({ db }),
    ...createTrail({ db }),
    ...createReviews({ db, dialect, newId }),
    ...createTeams({ db, dialect, newId }),
    ...createAdoptions({ audit, newId }),
    ...createReminders({ db, newId }),

    async find(id: string): Promise<Submission | undefined> {
      const row = await db.selectFrom('submissions').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : submissionOf(row);
    },

    /** The newest record of this opportunity, whatever its state; AWS's, if later requests came to nothing. */
    async newestOf(catalog: Catalog, opportunityId: string): Promise<Submission | undefined> {
      const row = await db
        .selectFrom('submissions')
        .selectAll()
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId)
        .where(({ not }) => not(isSuperseded('submissions')))
        .orderBy('requested_at')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : submissionOf(row);
    },

    /**
     * Commits the person's request: at most one record a draft, and at most one open record an opportunity,
     * both by the database's own indexes. When this has answered, the submission can't be lost any more.
     */
    async record(draft: ShownDraft, choices: Choices, at: Date): Promise<Recorded> {
      return audit.transaction(async (tx) => {
        const recorded = await recordRequest(tx, draft, choices, at);
        // Tried again, it keeps its line in the message of its batch.
        if (recorded.type === 'recorded') await audit.retellBatches(tx, [recorded.submission.id], at);
        return recorded;
      });
    },

    /** Takes back a request that isn't being sent yet. Undefined: too late. */
    async cancel(id: string, userId: string, at: Date): Promise<Submission | undefined> {
      return audit.transaction(async (tx) => {
        const row = await tx
          .updateTable('submissions')
          .set({
            state: 'cancelled',
            changed_at: at.toISOString(),
            due_at: null,
            problem: null,
            ...GIVEN_BACK,
          })
          .where('id', '=', id)
          .where('state', '=', 'requested')
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        await audit.changed(tx, submissionOf(row), {
          at,
          actor: userId,
          from: 'requested',
          to: 'cancelled',
          why: 'Cancel',
        });
        return submissionOf(row);
      });
    },

    /**
     * Writes down what AWS's review says. Anything may follow anything, but not by an older read: lists lag, and
     * a slow answer can be overtaken. Only a difference is an event and is told. Answers the record as it is now, and whether the status is news.
     */
    async recordReview(
      id: string,
      review: ReadAt & {
        readonly status: string;
        /** AWS's, of what was read. */
        readonly lastModifiedDate?: string | undefined;
        readonly actor: string;
      },
    ): Promise<{ readonly submission: Submission; readonly news: boolean } | undefined> {
      return audit.transaction(async (tx) => {
        const before = await tx
          .selectFrom('submissions')
          .selectAll()
          .where('id', '=', id)
          .$if(dialect === 'postgres', (query) => query.forUpdate())
          .executeTakeFirst();
        if (before === undefined) return undefined;
        const modifiedAt = momentText(review.lastModifiedDate);
        const { at, asOf = at } = review;
        if (isOlder({ modifiedAt, readAt: asOf.toISOString() }, before)) {
          return { submission: submissionOf(before), news: false };
        }
        const row = await tx
          .updateTable('submissions')
          .set({
            review_status: review.status,
            review_read_at: review.at.toISOString(),
            review_modified_at: modifiedAt ?? before.review_modified_at,
            ...(before.review_status === review.status ? {} : { review_changed_at: review.at.toISOString() }),
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        const submission = submissionOf(row);
        if (before.review_status === review.status) return { submission, news: false };
        await audit.changed(tx, submission, {
          at: review.at,
          actor: review.actor,
          from: submission.state,
          to: submission.state,
          fromReviewStatus: before.review_status ?? undefined,
          toReviewStatus: review.status,
          why: 'AWS shows another ReviewStatus',
          requestId: review.requestId,
        });
        return { submission, news: true };
      });
    },

    /** A doubt that somebody asks about is looked at now. */
    async hurry(id: string, at: Date): Promise<void> {
      await db
        .updateTable('submissions')
        .set({ due_at: at.toISOString() })
        .where('id', '=', id)
        .where('state', 'in', ['uncertain', 'not_seen'])
        .execute();
    },

    /**
     * Of these opportunities, the records that AWS's review concerns: submitted, or in doubt. `opportunityIds`
     * are a page's, at most a hundred. Of an opportunity that was submitted more than once (moved back by AWS,
     * tried again after a doubt) only the newest record follows the review; older doubts are there to be settled.
     */
    async followed(catalog: Catalog, opportunityIds: readonly string[]): Promise<readonly Submission[]> {
      if (opportunityIds.length === 0) return [];
      const rows = await db
        .selectFrom('submissions')
        .selectAll()
        .where('catalog', '=', catalog)
        .where('opportunity_id', 'in', opportunityIds)
        .where('state', 'in', FOLLOWED_STATES)
        .orderBy('requested_at')
        .execute();
      const records = rows.map(submissionOf);
      const newest = new Map(records.map(({ opportunityId, id }) => [opportunityId, id]));
      return records.filter(
        ({ id, opportunityId, state }) =>
          newest.get(opportunityId) === id || state === 'uncertain' || state === 'not_seen',
      );
    },

    /** The opportunities that AWS gets from this bot now, and those that it has accepted since `since`. */
    async onTheirWay(catalog: Catalog, since: Date): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('submissions')
        .select('opportunity_id')
        .where('catalog', '=', catalog)
        .where((eb) =>
          eb.or([
            eb('state', 'in', OPEN_STATES),
            eb('state', '=', 'submitted').and('changed_at', '>=', since.toISOString()),
          ]),
        )
        .execute();
      return rows.map((row) => row.opportunity_id);
    },

    /** The opportunities whose review AWS hasn't decided, as far as the records know. */
    async undecided(catalog: Catalog): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('submissions')
        .select('opportunity_id')
        .distinct()
        .where('catalog', '=', catalog)
        .where('state', 'in', FOLLOWED_STATES)
        .where((eb) =>
          eb.or([eb('review_status', 'is', null), eb('review_status', 'not in', ['Approved', 'Rejected'])]),
        )
        .execute();
      return rows.map((row) => row.opportunity_id);
    },

    /** How many requests were made before this one and still wait to be sent. */
    async waitingBefore(submission: Submission): Promise<number> {
      const row = await db
        .selectFrom('submissions')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('state', '=', 'requested')
        .where('requested_at', '<', submission.requestedAt.toISOString())
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async events(submissionId: string) {
      return db
        .selectFrom('submission_events')
        .selectAll()
        .where('submission_id', '=', submissionId)
        .orderBy('sequence')
        .execute();
    },
  };
}
