import { sql } from 'kysely';
import { hasCome } from '../../clock.ts';
import type { Dialect } from '../../database/connect.ts';
import { GIVEN_BACK, heldBy, type Leases, type Watch, type Work } from '../../database/lease.ts';
import type { Database } from '../../database/schema.ts';
import type { ReviewRead } from '../../opportunities/review-read.ts';
import type { Audit } from '../audit.ts';
import { dateText, problemText, submissionOf } from '../rows.ts';
import { EXPIRES_AFTER_MS, mayBecome, type Problem, type State, type Submission } from '../submission.ts';
import type { Fence } from './fence.ts';
import { isSendable, type Sending } from './sendable.ts';
import { takeSlot } from './write-quota.ts';

/** A change of state, with what goes into the record and the audit trail. */
export interface Transition {
  readonly to: State;
  readonly at: Date;
  /** A Slack user ID, or `bot`. */
  readonly actor: string;
  /** For the audit trail: our own words or AWS's code, never a deal's details. */
  readonly why: string;
  readonly problem?: Problem | undefined;
  readonly requestId?: string | undefined;
  readonly dueAt?: Date | undefined;
  /** What AWS showed of the opportunity. */
  readonly review?: ReviewRead | undefined;
  readonly tries?: number;
}

/** Submissions that the worker has something to do with, what fell due first before the others. */
const workOf = (sending: Sending): Work<'submissions'> => ({
  table: 'submissions',
  waits: sql<boolean>`due_at is not null and ${isSendable(sending, EXPIRES_AFTER_MS)}`,
  // What AWS hasn't shown for so long, or a person let go, is looked at once a day.
  due: sql<boolean>`(due_at <= ${sending.at.toISOString()} or (state not in ('not_seen', 'let_go') and ${hasCome(sending.at)}))`,
  order: sql`due_at, requested_at`,
});

/** The queries by which the worker takes a record, moves it on under its lease, and keeps to AWS's pace. */
export function createQueue({
  db,
  dialect,
  leases,
  audit,
}: {
  db: Database;
  dialect: Dialect;
  leases: Leases;
  audit: Audit;
}) {
  /** The row of a record that is still `owner`'s in this very attempt. */
  const held = (claimed: Submission, owner: string) => ({ id: claimed.id, ...heldBy(owner, claimed) });

  return {
    /** Takes what is due, oldest first, for `owner`, and can go a step further; never what it has `inHand`. */
    async claim(
      by: Sending & {
        readonly owner: string;
        readonly limit?: number;
        readonly inHand?: readonly string[];
      },
    ): Promise<readonly Submission[]> {
      const rows = await leases.claim(workOf(by), by);
      return rows
        .map(submissionOf)
        .sort((one, other) => one.requestedAt.getTime() - other.requestedAt.getTime());
    },

    watch: (sending: Sending): Watch => leases.watch(workOf(sending), sending.at),

    /**
     * The fence before sending: moves `requested` to `sending` if it is still `owner`'s in this very attempt
     * and the quota over all replicas allows a write now. Only after `{type: 'sending'}` may anything go out.
     */
    async beginSending(
      claimed: Submission,
      options: {
        readonly owner: string;
        readonly at: Date;
        readonly intervalMs: number;
      },
    ): Promise<Fence<Submission>> {
      const at = options.at.toISOString();
      return audit.transaction(async (tx) => {
        let sending: Submission | undefined;
        const until = await takeSlot(tx, { dialect, ...options }, async () => {
          const row = await tx
            .updateTable('submissions')
            .set({
              state: 'sending',
              changed_at: at,
              sending_at: at,
              lease_until: leases.until(),
              // Should this process die now, whoever comes when the lease has run out finds a doubt to settle.
              due_at: at,
            })
            .where((eb) => eb.and({ ...held(claimed, options.owner), state: 'requested' }))
            .returningAll()
            .executeTakeFirst();
          sending = row === undefined ? undefined : submissionOf(row);
          return row !== undefined;
        });
        if (until !== undefined) return { type: 'wait', until };
        if (sending === undefined) return { type: 'lost' };
        await audit.changed(tx, claimed, {
          at: options.at,
          actor: 'bot',
          from: 'requested',
          to: 'sending',
          why: 'SubmitOpportunity is next',
        });
        return { type: 'sending', record: sending };
      });
    },

    /**
     * Moves a claimed record on and gives its lease back. Undefined: it isn't this attempt's any more, and
     * nothing was written.
     *
     * @throws Error where `TRANSITIONS` forbids the transition: a defect, never a user's doing.
     */
    async transition(
      claimed: Submission,
      owner: string,
      transition: Transition,
    ): Promise<Submission | undefined> {
      if (!mayBecome(claimed.state, transition.to)) {
        throw new Error(`A submission can't go from ${claimed.state} to ${transition.to}.`);
      }
      return audit.transaction(async (tx) => {
        const row = await tx
          .updateTable('submissions')
          .set({
            state: transition.to,
            changed_at: transition.at.toISOString(),
            problem: problemText(transition.problem),
            request_id: transition.requestId ?? null,
            due_at: dateText(transition.dueAt),
            tries: transition.tries ?? 0,
            ...GIVEN_BACK,
          })
          .where((eb) => eb.and({ ...held(claimed, owner), state: claimed.state }))
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        await audit.changed(tx, claimed, {
          at: transition.at,
          actor: transition.actor,
          from: claimed.state,
          to: transition.to,
          review: transition.review,
          why: transition.why,
          requestId: transition.requestId,
        });
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
            ...GIVEN_BACK,
          })
          .where((eb) => eb.and({ ...held(claimed, owner), state: claimed.state }))
          .returning('id')
          .executeTakeFirst();
        if (row !== undefined && problemText(claimed.problem) !== problemText(next.problem))
          await audit.retell(tx, [claimed.id], next.at);
      });
    },

    /** Gives back every request that `owner` holds and hasn't sent: the fence doesn't let it pass any more. */
    release: (owner: string): Promise<void> =>
      leases.release('submissions', owner, sql<boolean>`state <> 'sending'`),

    /** Gives back a claimed record that is settled: the worker has no more to do with it. */
    async rest(claimed: Submission, owner: string): Promise<void> {
      await db
        .updateTable('submissions')
        .set({ due_at: null, ...GIVEN_BACK })
        .where((eb) => eb.and(held(claimed, owner)))
        .execute();
    },
  };
}
