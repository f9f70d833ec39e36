import type { Insertable, Transaction } from 'kysely';
import type { Dialect } from '../database/connect.ts';
import type { Database, SubmissionTable, Tables } from '../database/schema.ts';
import type { Catalog } from '../partner-central/operations.ts';
import { dateText, draftOf, problemText, submissionOf } from './rows.ts';
import {
  type Choices,
  type Draft,
  mayBecome,
  OPEN_STATES,
  type Problem,
  type State,
  type Submission,
} from './submission.ts';

/** What happened when a request was to be recorded. */
export type Recorded =
  | { readonly type: 'recorded'; readonly submission: Submission }
  /** This form was sent before: the same record, the same answer. */
  | { readonly type: 'again'; readonly submission: Submission }
  /** The opportunity is already on its way by another form, perhaps another person's. */
  | { readonly type: 'open'; readonly submission: Submission };

/** A change of state, with what goes into the record and the audit trail. */
export interface Change {
  readonly to: State;
  readonly at: Date;
  /** A Slack user ID, or `bot`. */
  readonly actor: string;
  /** For the audit trail: our own words or AWS's code, never a deal's details. */
  readonly why: string;
  readonly problem?: Problem | undefined;
  readonly requestId?: string | undefined;
  readonly dueAt?: Date | undefined;
  readonly reviewStatus?: string | undefined;
  readonly tries?: number;
}

export type Fence =
  | { readonly type: 'sending'; readonly submission: Submission }
  /** The quota's next slot; nothing has changed. */
  | { readonly type: 'wait'; readonly until: Date }
  /** Cancelled, or another replica has it: not ours to send any more. */
  | { readonly type: 'lost' };

export type Store = ReturnType<typeof createStore>;

/** The queries, in one dialect of SQL that both databases speak. */
export function createStore({ db, dialect, newId }: { db: Database; dialect: Dialect; newId: () => string }) {
  type Tx = Transaction<Tables>;

  const addEvent = (
    tx: Tx,
    event: {
      submissionId: string;
      at: Date;
      actor: string;
      from: State | null;
      to: State;
      fromReviewStatus?: string | undefined;
      toReviewStatus?: string | undefined;
      why: string;
      requestId?: string | undefined;
    },
  ) =>
    tx
      .insertInto('submission_events')
      .values({
        id: newId(),
        submission_id: event.submissionId,
        at: event.at.toISOString(),
        actor: event.actor,
        from_state: event.from,
        to_state: event.to,
        from_review_status: event.fromReviewStatus ?? null,
        to_review_status: event.toReviewStatus ?? null,
        why: event.why,
        request_id: event.requestId ?? null,
      })
      .execute();

  /** There is something new to tell about this submission: due at once. */
  const retell = (tx: Tx, submissionId: string, at: Date) =>
    tx
      .updateTable('tellings')
      .set((eb) => ({ revision: eb('revision', '+', 1), due_at: at.toISOString(), tries: 0 }))
      .where('submission_id', '=', submissionId)
      .where('kind', '=', 'message')
      .execute();

  const find = async (id: string): Promise<Submission | undefined> => {
    const row = await db.selectFrom('submissions').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : submissionOf(row);
  };

  return {
    async saveDraft(draft: Draft): Promise<void> {
      const row = {
        created_at: draft.createdAt.toISOString(),
        team_id: draft.teamId,
        user_id: draft.userId,
        channel_id: draft.channelId,
        response_url: draft.responseUrl ?? null,
        catalog: draft.catalog,
        opportunity_id: draft.opportunityId ?? null,
        last_modified_date: draft.lastModifiedDate ?? null,
        national_security: draft.nationalSecurity ? 1 : 0,
        involvement_type: draft.choices?.involvementType ?? null,
        visibility: draft.choices?.visibility ?? null,
      };
      await db
        .insertInto('drafts')
        .values({ id: draft.id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async draft(id: string): Promise<Draft | undefined> {
      const row = await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : draftOf(row);
    },

    /** Forgets drafts made before `before`: whatever came of them has its own record. */
    async forgetDrafts(before: Date): Promise<void> {
      await db.deleteFrom('drafts').where('created_at', '<', before.toISOString()).execute();
    },

    find,

    /** The newest record of this opportunity, whatever its state. */
    async newestOf(catalog: Catalog, opportunityId: string): Promise<Submission | undefined> {
      const row = await db
        .selectFrom('submissions')
        .selectAll()
        .where('catalog', '=', catalog)
        .where('opportunity_id', '=', opportunityId)
        .orderBy('requested_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : submissionOf(row);
    },

    /**
     * Commits the person's request: at most one record a draft, and at most one open record an opportunity,
     * both by the database's own indexes. When this has answered, the submission can't be lost any more.
     */
    async record(
      draft: Draft & { readonly opportunityId: string; readonly lastModifiedDate: string },
      choices: Choices,
      at: Date,
    ): Promise<Recorded> {
      return db.transaction().execute(async (tx) => {
        const row: Insertable<SubmissionTable> = {
          id: newId(),
          draft_id: draft.id,
          team_id: draft.teamId,
          user_id: draft.userId,
          channel_id: draft.channelId,
          response_url: draft.responseUrl ?? null,
          catalog: draft.catalog,
          opportunity_id: draft.opportunityId,
          last_modified_date: draft.lastModifiedDate,
          national_security: draft.nationalSecurity ? 1 : 0,
          involvement_type: choices.involvementType,
          visibility: choices.visibility,
          state: 'requested',
          requested_at: at.toISOString(),
          sending_at: null,
          changed_at: at.toISOString(),
          problem: null,
          request_id: null,
          review_status: null,
          review_read_at: null,
          due_at: at.toISOString(),
          tries: 0,
          attempt: 0,
          lease_owner: null,
          lease_until: null,
        };
        const inserted = await tx
          .insertInto('submissions')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst();
        if (inserted === undefined) {
          const same = await tx
            .selectFrom('submissions')
            .selectAll()
            .where('draft_id', '=', draft.id)
            .executeTakeFirst();
          if (same !== undefined) return { type: 'again', submission: submissionOf(same) };
          const open = await tx
            .selectFrom('submissions')
            .selectAll()
            .where('catalog', '=', draft.catalog)
            .where('opportunity_id', '=', draft.opportunityId)
            .where('state', 'in', OPEN_STATES)
            .executeTakeFirstOrThrow();
          return { type: 'open', submission: submissionOf(open) };
        }
        await addEvent(tx, {
          submissionId: inserted.id,
          at,
          actor: draft.userId,
          from: null,
          to: 'requested',
          why: `${choices.involvementType}, ${choices.visibility}`,
        });
        await tx
          .insertInto('tellings')
          .values({
            id: newId(),
            submission_id: inserted.id,
            kind: 'message',
            subject: null,
            created_at: at.toISOString(),
            revision: 1,
            told_revision: 0,
            due_at: at.toISOString(),
            tries: 0,
            lease_owner: null,
            lease_until: null,
            told_via: null,
            channel_id: null,
            message_ts: null,
            response_url_uses: 0,
            last_error: null,
          })
          .execute();
        return { type: 'recorded', submission: submissionOf(inserted) };
      });
    },

    /**
     * Takes what is due, oldest first, for `owner` until `leaseUntil`. With `sendable` false only what needs no
     * sending is taken: doubts to be settled, and requests that expired (asked for before `expiredBefore`).
     */
    async claim(options: {
      readonly owner: string;
      readonly at: Date;
      readonly leaseUntil: Date;
      readonly limit: number;
      readonly sendable: boolean;
      readonly expiredBefore: Date;
    }): Promise<readonly Submission[]> {
      const at = options.at.toISOString();
      const due = db
        .selectFrom('submissions')
        .select('id')
        .where('due_at', '<=', at)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', at)]))
        .$if(!options.sendable, (query) =>
          query.where((eb) =>
            eb.or([
              eb('state', '!=', 'requested'),
              eb('requested_at', '<=', options.expiredBefore.toISOString()),
            ]),
          ),
        )
        .orderBy('due_at')
        .orderBy('requested_at')
        .limit(options.limit)
        .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked());
      const rows = await db
        .updateTable('submissions')
        .set((eb) => ({
          lease_owner: options.owner,
          lease_until: options.leaseUntil.toISOString(),
          attempt: eb('attempt', '+', 1),
        }))
        .where('id', 'in', due)
        .returningAll()
        .execute();
      return rows
        .map(submissionOf)
        .sort((one, other) => one.requestedAt.getTime() - other.requestedAt.getTime());
    },

    /** When the next record falls due or its lease ends, if any does. */
    async nextDue(sendable: boolean): Promise<Date | undefined> {
      const row = await db
        .selectFrom('submissions')
        .select('due_at')
        .where('due_at', 'is not', null)
        .$if(!sendable, (query) => query.where('state', '!=', 'requested'))
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return row?.due_at == null ? undefined : new Date(row.due_at);
    },

    /**
     * The fence before sending: moves `requested` to `sending` if it is still `owner`'s in this very attempt
     * and the quota over all replicas allows a write now. Only after `{type: 'sending'}` may anything go out.
     */
    async beginSending(
      claimed: Submission,
      options: {
        readonly owner: string;
        readonly at: Date;
        readonly leaseUntil: Date;
        readonly intervalMs: number;
      },
    ): Promise<Fence> {
      const at = options.at.toISOString();
      return db.transaction().execute(async (tx) => {
        await tx
          .insertInto('duties')
          .values({ name: 'pace', value: at, lease_owner: null, lease_until: null })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .execute();
        const pace = await tx
          .selectFrom('duties')
          .select('value')
          .where('name', '=', 'pace')
          .$if(dialect === 'postgres', (query) => query.forUpdate())
          .executeTakeFirstOrThrow();
        if (pace.value > at) return { type: 'wait', until: new Date(pace.value) };
        const row = await tx
          .updateTable('submissions')
          .set({
            state: 'sending',
            changed_at: at,
            sending_at: at,
            lease_until: options.leaseUntil.toISOString(),
            // Should this process die now, whoever comes when the lease has run out finds a doubt to settle.
            due_at: options.leaseUntil.toISOString(),
          })
          .where('id', '=', claimed.id)
          .where('state', '=', 'requested')
          .where('lease_owner', '=', options.owner)
          .where('attempt', '=', claimed.attempt)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return { type: 'lost' };
        await tx
          .updateTable('duties')
          .set({ value: new Date(options.at.getTime() + options.intervalMs).toISOString() })
          .where('name', '=', 'pace')
          .execute();
        await addEvent(tx, {
          submissionId: claimed.id,
          at: options.at,
          actor: 'bot',
          from: 'requested',
          to: 'sending',
          why: 'SubmitOpportunity goes out',
        });
        return { type: 'sending', submission: submissionOf(row) };
      });
    },

    /**
     * Moves a claimed record on and gives its lease back. Undefined: it isn't this attempt's any more, and
     * nothing was written.
     *
     * @throws Error where `TRANSITIONS` forbids the change: a defect, never a user's doing.
     */
    async transition(claimed: Submission, owner: string, change: Change): Promise<Submission | undefined> {
      if (!mayBecome(claimed.state, change.to)) {
        throw new Error(`A submission can't go from ${claimed.state} to ${change.to}.`);
      }
      return db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('submissions')
          .set({
            state: change.to,
            changed_at: change.at.toISOString(),
            problem: problemText(change.problem),
            request_id: change.requestId ?? null,
            due_at: dateText(change.dueAt),
            tries: change.tries ?? 0,
            lease_owner: null,
            lease_until: null,
            ...(change.reviewStatus === undefined
              ? {}
              : { review_status: change.reviewStatus, review_read_at: change.at.toISOString() }),
          })
          .where('id', '=', claimed.id)
          .where('state', '=', claimed.state)
          .where('lease_owner', '=', owner)
          .where('attempt', '=', claimed.attempt)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        await addEvent(tx, {
          submissionId: claimed.id,
          at: change.at,
          actor: change.actor,
          from: claimed.state,
          to: change.to,
          fromReviewStatus: claimed.reviewStatus,
          toReviewStatus: change.reviewStatus ?? claimed.reviewStatus,
          why: change.why,
          requestId: change.requestId,
        });
        await retell(tx, claimed.id, change.at);
        return submissionOf(row);
      });
    },

    /** Gives a claimed record back unchanged, to be looked at again at `dueAt`; tells people if `problem` is new. */
    async postpone(
      claimed: Submission,
      owner: string,
      next: {
        readonly at: Date;
        readonly dueAt: Date;
        readonly problem?: Problem | undefined;
        readonly tries: number;
      },
    ): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('submissions')
          .set({
            due_at: next.dueAt.toISOString(),
            tries: next.tries,
            problem: problemText(next.problem),
            lease_owner: null,
            lease_until: null,
          })
          .where('id', '=', claimed.id)
          .where('state', '=', claimed.state)
          .where('lease_owner', '=', owner)
          .where('attempt', '=', claimed.attempt)
          .returning('id')
          .executeTakeFirst();
        if (row !== undefined && claimed.problem?.type !== next.problem?.type)
          await retell(tx, claimed.id, next.at);
      });
    },

    /** Gives back a claimed record that is settled: the worker has no more to do with it. */
    async rest(claimed: Submission, owner: string): Promise<void> {
      await db
        .updateTable('submissions')
        .set({ due_at: null, lease_owner: null, lease_until: null })
        .where('id', '=', claimed.id)
        .where('lease_owner', '=', owner)
        .where('attempt', '=', claimed.attempt)
        .execute();
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

    /** AWS throttles: no replica writes before `until`. */
    async slowDown(until: Date): Promise<void> {
      await db
        .updateTable('duties')
        .set({ value: until.toISOString() })
        .where('name', '=', 'pace')
        .where('value', '<', until.toISOString())
        .execute();
    },

    /**
     * Sending waits until `until`. Requests that aren't waiting for this yet are told, once, and fall due only
     * then; a pause that goes on is only prolonged.
     */
    async pauseSending(problem: Problem, at: Date, until: Date): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const text = problemText(problem);
        await tx
          .insertInto('duties')
          .values({ name: 'pause', value: text ?? '', lease_owner: null, lease_until: until.toISOString() })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet({ value: text ?? '', lease_until: until.toISOString() }),
          )
          .execute();
        const waiting = await tx
          .updateTable('submissions')
          .set({ problem: text })
          .where('state', '=', 'requested')
          .where((eb) => eb.or([eb('problem', 'is', null), eb('problem', '!=', text)]))
          .returning('id')
          .execute();
        for (const { id } of waiting) await retell(tx, id, at);
      });
    },

    /** When sending may be tried again, while it is paused. */
    async pausedUntil(): Promise<Date | undefined> {
      const row = await db
        .selectFrom('duties')
        .select('lease_until')
        .where('name', '=', 'pause')
        .executeTakeFirst();
      return row?.lease_until == null ? undefined : new Date(row.lease_until);
    },

    /** The pause is over: whoever waited for it is due now. */
    async resumeSending(at: Date): Promise<void> {
      const ended = await db.deleteFrom('duties').where('name', '=', 'pause').returning('value').execute();
      for (const { value } of ended) {
        await db
          .updateTable('submissions')
          .set({ due_at: at.toISOString() })
          .where('state', '=', 'requested')
          .where('problem', '=', value)
          .where('lease_owner', 'is', null)
          .execute();
      }
    },

    /** Takes back a request that isn't being sent yet. Undefined: too late. */
    async cancel(id: string, userId: string, at: Date): Promise<Submission | undefined> {
      return db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('submissions')
          .set({
            state: 'cancelled',
            changed_at: at.toISOString(),
            due_at: null,
            problem: null,
            lease_owner: null,
            lease_until: null,
          })
          .where('id', '=', id)
          .where('state', '=', 'requested')
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        await addEvent(tx, {
          submissionId: id,
          at,
          actor: userId,
          from: 'requested',
          to: 'cancelled',
          why: 'Cancel',
        });
        await retell(tx, id, at);
        return submissionOf(row);
      });
    },

    /**
     * Writes down what AWS's review says now. Anything may follow anything; only a difference is an event and is
     * told. Answers the record as it is now, and whether the status is news.
     */
    async recordReview(
      id: string,
      review: {
        readonly status: string;
        readonly at: Date;
        readonly requestId?: string | undefined;
        readonly actor: string;
      },
    ): Promise<{ readonly submission: Submission; readonly news: boolean } | undefined> {
      return db.transaction().execute(async (tx) => {
        const before = await tx
          .selectFrom('submissions')
          .selectAll()
          .where('id', '=', id)
          .$if(dialect === 'postgres', (query) => query.forUpdate())
          .executeTakeFirst();
        if (before === undefined) return undefined;
        const row = await tx
          .updateTable('submissions')
          .set({ review_status: review.status, review_read_at: review.at.toISOString() })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        const submission = submissionOf(row);
        if (before.review_status === review.status) return { submission, news: false };
        await addEvent(tx, {
          submissionId: id,
          at: review.at,
          actor: review.actor,
          from: submission.state,
          to: submission.state,
          fromReviewStatus: before.review_status ?? undefined,
          toReviewStatus: review.status,
          why: 'AWS shows another ReviewStatus',
          requestId: review.requestId,
        });
        await retell(tx, id, review.at);
        return { submission, news: true };
      });
    },

    async events(submissionId: string) {
      return db
        .selectFrom('submission_events')
        .selectAll()
        .where('submission_id', '=', submissionId)
        .orderBy('at')
        .orderBy('id')
        .execute();
    },
  };
}
