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
  EDIT_EXPIRES_AFTER_MS,
  type Edit,
  type EditProblem,
  type EditState,
  editMayBecome,
  editOf,
  OPEN_EDIT_STATES,
} from './edit.ts';
import { type EditEvent, type OnMoved, writeEditEvent } from './trail.ts';

/** An edit's next state, with what goes into the record and the audit trail. */
export interface EditTransition {
  readonly to: EditState;
  readonly at: Date;
  /** For the audit trail: our own words or AWS's code, never a deal's details. */
  readonly why: string;
  readonly problem?: EditProblem | undefined;
  readonly requestId?: string | undefined;
  readonly dueAt?: Date | undefined;
  readonly tries?: number;
  /** Left as it is where it isn't given. */
  readonly updated?: boolean;
  /** The record of the opportunity in whose thread it is told that the deal went back to AWS. */
  readonly tellInThreadOf?: string | undefined;
}

/** Edits that the worker has something to do with. */
const workOf = (sending: Sending): Work<'edits'> => ({
  table: 'edits',
  waits: sql<boolean>`due_at is not null and ${isSendable(sending, EDIT_EXPIRES_AFTER_MS)}`,
  due: hasCome(sending.at),
  order: sql`due_at`,
});

/** Whether what stands in the way isn't what stood there: perhaps in other words, which is seen when it is told. */
const isOther = (now: EditProblem | undefined, before: EditProblem | undefined): boolean =>
  JSON.stringify(now) !== JSON.stringify(before);

/** The queries by which the worker takes an edit and moves it on under its lease. As `queue.ts` does submissions. */
export function createEditQueue(dependencies: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly leases: Leases;
  readonly newId: () => string;
  readonly onMoved?: OnMoved;
}) {
  const { db, dialect, leases, newId, onMoved } = dependencies;
  const held = (claimed: Edit, owner: string) =>
    ({ id: claimed.id, state: claimed.state, ...heldBy(owner, claimed) }) as const;

  return {
    /** Takes what fell due first, for `owner`, and can go a step further; never what it has `inHand`. */
    async claimEdit(
      by: Sending & { readonly owner: string; readonly inHand?: readonly string[] },
    ): Promise<Edit | undefined> {
      const [row] = await leases.claim(workOf(by), by);
      return row === undefined ? undefined : editOf(row);
    },

    watchEdits: (sending: Sending): Watch => leases.watch(workOf(sending), sending.at),

    /** The fence before a write: see `beginSending` of the submissions, with which it shares AWS's quota. */
    async beginSaving(
      claimed: Edit,
      options: {
        readonly owner: string;
        readonly at: Date;
        readonly intervalMs: number;
      },
    ): Promise<Fence<Edit>> {
      const at = options.at.toISOString();
      const event: EditEvent = {
        editId: claimed.id,
        at: options.at,
        actor: 'bot',
        from: claimed.state,
        to: 'sending',
        why: 'goes out to AWS',
      };
      const fence = await db.transaction().execute(async (tx): Promise<Fence<Edit>> => {
        let sending: Edit | undefined;
        const until = await takeSlot(tx, { dialect, ...options }, async () => {
          const row = await tx
            .updateTable('edits')
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
          sending = row === undefined ? undefined : editOf(row);
          return row !== undefined;
        });
        if (until !== undefined) return { type: 'wait', until };
        if (sending === undefined) return { type: 'lost' };
        await writeEditEvent(tx, event);
        return { type: 'sending', record: sending };
      });
      if (fence.type === 'sending') onMoved?.(fence.record, event);
      return fence;
    },

    /**
     * Moves a claimed edit on and gives its lease back. What was typed is forgotten once it is saved. Undefined: it
     * isn't this attempt's any more, and nothing was written.
     *
     * @throws Error where the transition is forbidden: a defect, never a user's doing.
     */
    async moveEdit(claimed: Edit, owner: string, step: EditTransition): Promise<Edit | undefined> {
      if (!editMayBecome(claimed.state, step.to)) {
        throw new Error(`A change can't go from ${claimed.state} to ${step.to}.`);
      }
      const event: EditEvent = {
        editId: claimed.id,
        at: step.at,
        actor: 'bot',
        from: claimed.state,
        to: step.to,
        why: step.why,
        requestId: step.requestId,
      };
      const moved = await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('edits')
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
        await writeEditEvent(tx, event);
        const settled = !OPEN_EDIT_STATES.some((state) => state === step.to);
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
        return editOf(row);
      });
      if (moved !== undefined) onMoved?.(moved, event);
      return moved;
    },

    /**
     * Gives a claimed edit back as it is, to be looked at again at `dueAt` (undefined: no more); its person is told if
     * `problem` is new.
     */
    async postponeEdit(
      claimed: Edit,
      owner: string,
      next: {
        readonly at: Date;
        readonly dueAt: Date | undefined;
        readonly problem: EditProblem | undefined;
        readonly tries: number;
      },
    ): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('edits')
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

    /** Gives back every edit that `owner` holds and hasn't sent. */
    releaseEdits: (owner: string): Promise<void> =>
      leases.release('edits', owner, sql<boolean>`state <> 'sending'`),
  };
}
