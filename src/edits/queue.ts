import { sql } from 'kysely';
import { hasCome } from '../clock.ts';
import type { Dialect } from '../database/connect.ts';
import { GIVEN_BACK, heldBy, type Leases, type Watch, type Work } from '../database/lease.ts';
import type { Database } from '../database/schema.ts';
import { newMessage, retell } from '../messages/outbox.ts';
import type { Fence } from '../submissions/sending/fence.ts';
import { isSendable, type Sending } from '../submissions/sending/sendable.ts';
import { takeSlot } from '../submissions/sending/write-quota.ts';
import {
  CHANGE_EXPIRES_AFTER_MS,
  type Change,
  type ChangeProblem,
  type ChangeState,
  changeMayBecome,
  changeOf,
  OPEN_CHANGE_STATES,
} from './edit.ts';
import { type ChangeEvent, type OnMoved, writeChangeEvent } from './trail.ts';

/** A change's next state, with what goes into the record and the audit trail. */
export interface ChangeStep {
  readonly to: ChangeState;
  readonly at: Date;
  /** For the audit trail: our own words or AWS's code, never a deal's details. */
  readonly why: string;
  readonly problem?: ChangeProblem | undefined;
  readonly requestId?: string | undefined;
  readonly dueAt?: Date | undefined;
  readonly tries?: number;
  /** Left as it is where it isn't given. */
  readonly updated?: boolean;
  /** The record of the opportunity in whose thread it is told that the deal went back to AWS. */
  readonly tellInThreadOf?: string | undefined;
}

/** Changes that the worker has something to do with. */
const workOf = (sending: Sending): Work<'changes'> => ({
  table: 'changes',
  waits: sql<boolean>`due_at is not null and ${isSendable(sending, CHANGE_EXPIRES_AFTER_MS)}`,
  due: hasCome(sending.at),
  order: sql`due_at`,
});

/** Whether what stands in the way isn't what stood there: perhaps in other words, which is seen when it is told. */
const isOther = (now: ChangeProblem | undefined, before: ChangeProblem | undefined): boolean =>
  JSON.stringify(now) !== JSON.stringify(before);

/** The queries by which the worker takes a change and moves it on under its lease. As `queue.ts` does submissions. */
export function createChangeQueue(dependencies: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly leases: Leases;
  readonly newId: () => string;
  readonly onMoved?: OnMoved;
}) {
  const { db, dialect, leases, newId, onMoved } = dependencies;
  const held = (claimed: Change, owner: string) =>
    ({ id: claimed.id, state: claimed.state, ...heldBy(owner, claimed) }) as const;

  return {
    /** Takes what fell due first, for `owner`, and can go a step further; never what it has `inHand`. */
    async claimChange(
      by: Sending & { readonly owner: string; readonly inHand?: readonly string[] },
    ): Promise<Change | undefined> {
      const [row] = await leases.claim(workOf(by), by);
      return row === undefined ? undefined : changeOf(row);
    },

    watchChanges: (sending: Sending): Watch => leases.watch(workOf(sending), sending.at),

    /** The fence before a write: see `beginSending` of the submissions, with which it shares AWS's quota. */
    async beginSaving(
      claimed: Change,
      options: {
        readonly owner: string;
        readonly at: Date;
        readonly intervalMs: number;
      },
    ): Promise<Fence<Change>> {
      const at = options.at.toISOString();
      const event: ChangeEvent = {
        changeId: claimed.id,
        at: options.at,
        actor: 'bot',
        from: claimed.state,
        to: 'sending',
        why: 'goes out to AWS',
      };
      const fence = await db.transaction().execute(async (tx): Promise<Fence<Change>> => {
        let sending: Change | undefined;
        const until = await takeSlot(tx, { dialect, ...options }, async () => {
          const row = await tx
            .updateTable('changes')
            .set({
              state: 'sending',
              updated: claimed.updated ? 1 : 0,
              changed_at: at,
              sending_at: at,
              lease_until: leases.until(),
              due_at: at,
            })
            .where((eb) => eb.and(held(claimed, options.owner)))
            .returningAll()
            .executeTakeFirst();
          sending = row === undefined ? undefined : changeOf(row);
          return row !== undefined;
        });
        if (until !== undefined) return { type: 'wait', until };
        if (sending === undefined) return { type: 'lost' };
        await writeChangeEvent(tx, event);
        return { type: 'sending', record: sending };
      });
      if (fence.type === 'sending') onMoved?.(fence.record, event);
      return fence;
    },

    /**
     * Moves a claimed change on and gives its lease back. What was typed is forgotten once it is saved. Undefined: it
     * isn't this attempt's any more, and nothing was written.
     *
     * @throws Error where the transition is forbidden: a defect, never a user's doing.
     */
    async moveChange(claimed: Change, owner: string, step: ChangeStep): Promise<Change | undefined> {
      if (!changeMayBecome(claimed.state, step.to)) {
        throw new Error(`A change can't go from ${claimed.state} to ${step.to}.`);
      }
      const event: ChangeEvent = {
        changeId: claimed.id,
        at: step.at,
        actor: 'bot',
        from: claimed.state,
        to: step.to,
        why: step.why,
        requestId: step.requestId,
      };
      const moved = await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('changes')
          .set({
            state: step.to,
            changed_at: step.at.toISOString(),
            problem: step.problem === undefined ? null : JSON.stringify(step.problem),
            request_id: step.requestId ?? null,
            due_at: step.dueAt?.toISOString() ?? null,
            tries: step.tries ?? 0,
            ...GIVEN_BACK,
            ...(step.updated === undefined ? {} : { updated: step.updated ? 1 : 0 }),
            ...(step.to === 'saved' ? { typed: null } : {}),
          })
          .where((eb) => eb.and(held(claimed, owner)))
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return undefined;
        await writeChangeEvent(tx, event);
        const settled = !OPEN_CHANGE_STATES.some((state) => state === step.to);
        if (settled || isOther(step.problem, claimed.problem))
          await retell(tx, { edit: claimed.id }, step.at);
        if (step.tellInThreadOf !== undefined) {
          const content = {
            kind: 'sent-back',
            recordId: step.tellInThreadOf,
            subject: claimed.id,
          } as const;
          await tx
            .insertInto('outbox')
            .values(newMessage(newId(), content, step.at))
            .execute();
        }
        return changeOf(row);
      });
      if (moved !== undefined) onMoved?.(moved, event);
      return moved;
    },

    /**
     * Gives a claimed change back as it is, to be looked at again at `dueAt` (undefined: no more); its person is told if
     * `problem` is new.
     */
    async postponeChange(
      claimed: Change,
      owner: string,
      next: {
        readonly at: Date;
        readonly dueAt: Date | undefined;
        readonly problem: ChangeProblem | undefined;
        readonly tries: number;
      },
    ): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('changes')
          .set({
            due_at: next.dueAt?.toISOString() ?? null,
            tries: next.tries,
            problem: next.problem === undefined ? null : JSON.stringify(next.problem),
            ...GIVEN_BACK,
          })
          .where((eb) => eb.and(held(claimed, owner)))
          .returning('id')
          .executeTakeFirst();
        const isNews = next.problem !== undefined && isOther(next.problem, claimed.problem);
        if (row !== undefined && isNews) await retell(tx, { edit: claimed.id }, next.at);
      });
    },

    /** Gives back every change that `owner` holds and hasn't sent. */
    releaseChanges: (owner: string): Promise<void> =>
      leases.release('changes', owner, sql<boolean>`state <> 'sending'`),
  };
}
