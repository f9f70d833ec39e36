import { type Selectable, sql, type UpdateObject } from 'kysely';
import { hasCome } from '../clock.ts';
import type { Dialect } from '../database/connect.ts';
import type { Lineage } from '../database/identity.ts';
import { GIVEN_BACK, heldBy, type Leases, type Watch, type Work } from '../database/lease.ts';
import type { Database, EditTable, SubmissionTable, Tables, Tx } from '../database/schema.ts';
import { takeSlot, unlessSetBack, whenToWrite } from './pace.ts';
import { createRemembered } from './record.ts';
import {
  type Fence,
  isSendable,
  type RecordProblem,
  type Sendable,
  type Sending,
  type Steps,
  type Transition,
} from './sendable.ts';

type Table = 'submissions' | 'edits';

interface Claimant {
  readonly owner: string;
  readonly inHand?: readonly string[];
}

/**
 * Told of a transition that wasn't written, because the record is gone or somebody else's by now. `isAnswer`: it was what
 * AWS had answered.
 */
export type OnLost = (
  what: Table,
  lost: { readonly id: string; readonly to: string; readonly isAnswer: boolean },
) => void;

/** What is particular to a table's records. */
export interface RecordKind<State extends string, Record_, Step> {
  readonly table: Table;
  /** `Leases.claim` of the table. */
  readonly claim: (work: Omit<Work<Table>, 'table'>, by: Claimant) => Promise<Record_ | undefined>;
  /** @throws ZodError where the row holds what this version doesn't know. */
  readonly read: (row: Selectable<SubmissionTable & EditTable>) => Record_;
  readonly steps: Readonly<Record<State, Steps<State>>>;
  /** The transition with which a record passes the fence. */
  readonly sending: (at: Date) => Step;
  /** What a transition writes of the columns that only this table has. */
  readonly columns: (claimed: Record_, step: Step) => UpdateObject<Tables, Table>;
  /** The step that an answer becomes where the record was concluded otherwise meanwhile; undefined: the step as it is. */
  readonly late?: (now: Record_, step: Step) => Step | undefined;
  /** A transaction in which records move: see `createCommitted`. */
  readonly transaction: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;
  /** Writes a transition into the trail, in its transaction, and makes it something to tell. */
  readonly moved: (tx: Tx, claimed: Record_, step: Step) => Promise<void>;
  /** Makes a record something to tell, though its state is the same. */
  readonly retell: (tx: Tx, id: string, at: Date) => Promise<void>;
}

/**
 * The queries by which the worker takes a record, moves it on under its lease, and keeps to AWS's pace: the same for
 * submissions and edits.
 */
export function createRecordQueue<
  State extends string,
  Reason extends RecordProblem,
  Record_ extends Sendable<State, Reason>,
  Step extends Transition<State, Reason>,
>(
  {
    dialect,
    leases,
    db,
    lineage,
    onLost = () => {},
  }: {
    readonly db: Database;
    readonly dialect: Dialect;
    readonly leases: Leases;
    readonly lineage: Pick<Lineage, 'setBack'>;
    readonly onLost?: OnLost | undefined;
  },
  kind: RecordKind<State, Record_, Step>,
) {
  const { table, read, steps, columns, moved, transaction } = kind;

  const remembered = createRemembered<Record_, Step>();
  const tokenOf = (owner: string, { attempt }: Record_) => `${owner} ${attempt}`;

  /** What there is to do: first what fell due first. */
  const workOf = (sending: Sending): Omit<Work<Table>, 'table'> => ({
    waits: sql<boolean>`due_at is not null and ${isSendable(sending)}`,
    // What AWS hasn't shown, or a person let go, is looked at only once a day.
    due: sql<boolean>`(due_at <= ${sending.at.toISOString()} or (state not in ('not_seen', 'let_go') and ${hasCome(sending.at)}))`,
    order: sql`due_at, requested_at`,
  });

  /** A record that is still `owner`'s in this very attempt, and in the state in which it was claimed. */
  const held = (claimed: Record_, owner: string) =>
    ({ id: claimed.id, state: claimed.state, ...heldBy(owner, claimed) }) as const;

  /** @throws Error where the transition is forbidden: a defect, never a user's doing. */
  const update = async (
    tx: Tx,
    claimed: Record_,
    owner: string,
    step: Step,
    more: UpdateObject<Tables, Table>,
  ): Promise<Record_ | undefined> => {
    if (!steps[claimed.state].to.includes(step.to)) {
      throw new Error(`One of ${table} can't go from ${claimed.state} to ${step.to}.`);
    }
    const row = await tx
      .updateTable(table)
      .set({ state: step.to, changed_at: step.at.toISOString(), ...more, ...columns(claimed, step) })
      .where((eb) => eb.and(held(claimed, owner)))
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? undefined : read(row);
  };

  /**
   * Writes down what AWS answered to `sending`'s one call, or that no answer came, however late and whoever has the
   * record by now: an answer replaces a guess. Undefined: the record is gone, or somebody else sent it since.
   */
  const answer = async (sending: Record_, owner: string, step: Step): Promise<Record_ | undefined> => {
    const by = tokenOf(owner, sending);
    remembered.answered(sending, owner, step);
    const record = await transaction(async (tx) => {
      const row = await tx
        .selectFrom(table)
        .selectAll()
        .where('id', '=', sending.id)
        .$if(dialect === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const now = read(row);
      // Not the fence's: the database has lost it, and whoever sent it since was told that nothing was executed.
      const isSetBack = now.state === 'requested' ? row.sent_by !== by : row.sent_by === null;
      if (row.sent_by !== by && !isSetBack) return undefined;
      const told = kind.late?.(now, step) ?? step;
      // Written before, by a commit whose own answer was lost; or nothing was executed, and that is how it stands.
      if (now.state === told.to) return now;
      const { to, late = [] } = steps[now.state];
      if (!(now.state === 'sending' ? to : late).includes(told.to)) return undefined;
      await tx
        .updateTable(table)
        .set({
          ...outcome(told),
          sending_at: sending.sendingAt?.toISOString() ?? null,
          sent_by: by,
          ...columns(now, told),
        })
        .where('id', '=', sending.id)
        .execute();
      await moved(tx, now, told);
      return { ...now, state: told.to, problem: told.problem, dueAt: told.dueAt };
    });
    remembered.written(sending, owner, record !== undefined && step.to === 'requested');
    if (record === undefined) {
      onLost(table, { id: sending.id, to: step.to, isAnswer: step.to !== 'uncertain' });
    }
    return record;
  };

  return {
    /**
     * Takes the first that is due and can go a step further, for `owner`; never what it has `inHand`. Before that it writes
     * down what AWS answered and the database didn't take.
     */
    async claim(by: Sending & Claimant): Promise<Record_ | undefined> {
      for (const { sending, owner, step } of remembered.unwritten()) {
        // What is wrong with the database was logged when the answer came.
        await answer(sending, owner, step).catch(() => undefined);
      }
      return kind.claim(workOf(by), by);
    },

    watch(sending: Sending): Watch {
      const watched = leases.watch({ table, ...workOf(sending) }, sending.at);
      return remembered.unwritten().length === 0 ? watched : { ...watched, due: sql<1>`1` };
    },

    /**
     * The fence before sending: moves a record to `sending` if it is still `owner`'s in this very attempt and the quota
     * over all replicas allows a write now. Only after `{type: 'sending'}` may anything go out.
     */
    async begin(
      claimed: Record_,
      { owner, at, intervalMs }: { readonly owner: string; readonly at: Date; readonly intervalMs: number },
    ): Promise<Fence<Record_>> {
      const fence = await transaction(async (tx): Promise<Fence<Record_>> => {
        const setBack = await lineage.setBack(at, tx);
        const until = setBack?.until ?? (await whenToWrite(tx, dialect, at));
        if (until !== undefined) return { type: 'wait', until };
        const step = kind.sending(at);
        const record = await update(tx, claimed, owner, step, {
          sending_at: at.toISOString(),
          sent_by: tokenOf(owner, claimed),
          lease_until: leases.until(),
          // If this process dies now, whoever claims it after the lease finds a doubt to settle.
          due_at: at.toISOString(),
        });
        if (record === undefined) return { type: 'lost' };
        await takeSlot(tx, at, intervalMs);
        await moved(tx, claimed, step);
        return { type: 'sending', record };
      });
      if (fence.type === 'sending') remembered.passed(fence.record, owner);
      return fence;
    },

    answer,

    recall: remembered.recall,

    /** What AWS answered, and the database hasn't taken. */
    unwritten: remembered.unwritten,

    /**
     * Moves a claimed record on and gives its lease back. Undefined: it isn't this attempt's any more, and nothing was
     * written.
     *
     * @throws Error where the transition is forbidden: a defect, never a user's doing.
     */
    async transition(claimed: Record_, owner: string, step: Step): Promise<Record_ | undefined> {
      const record = await transaction(async (tx) => {
        const updated = await update(tx, claimed, owner, step, outcome(step));
        if (updated !== undefined) await moved(tx, claimed, step);
        return updated;
      });
      if (record === undefined) onLost(table, { id: claimed.id, to: step.to, isAnswer: false });
      return record;
    },

    /**
     * Ends a record for a person, whoever holds it, while it is still in the state that they saw. Undefined: it isn't (any
     * more). `set`: what else that writes.
     */
    async end(tx: Tx, id: string, from: State, step: Step, set: UpdateObject<Tables, Table>) {
      const row = await tx
        .updateTable(table)
        .set({ state: step.to, changed_at: step.at.toISOString(), ...set, ...GIVEN_BACK })
        .where('id', '=', id)
        .where('state', '=', from)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const record = read(row);
      await moved(tx, { ...record, state: from }, step);
      return record;
    },

    /**
     * Gives a claimed record back as it is, to be looked at again at `dueAt` (undefined: no more); tells people if
     * `problem` is new. That the records were set back, as another may have noted meanwhile, stays.
     */
    async postpone(
      claimed: Record_,
      owner: string,
      next: Pick<Transition<State, Reason>, 'at' | 'dueAt' | 'problem'> & { readonly tries: number },
    ): Promise<void> {
      const problem = problemText(next.problem);
      await db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable(table)
          .set({
            due_at: next.dueAt?.toISOString() ?? null,
            tries: next.tries,
            problem: unlessSetBack(problem),
            ...GIVEN_BACK,
          })
          .where((eb) => eb.and(held(claimed, owner)))
          .returning('id')
          .executeTakeFirst();
        if (row !== undefined && problemText(claimed.problem) !== problem)
          await kind.retell(tx, claimed.id, next.at);
      });
    },

    /** Gives back every record that `owner` holds and hasn't sent: the fence doesn't let it pass any more. */
    release: (owner: string): Promise<void> => leases.release(table, owner, sql<boolean>`state <> 'sending'`),
  };
}

/** What a transition writes, where it gives the lease back. */
const outcome = (step: Transition<string, RecordProblem>) =>
  ({
    state: step.to,
    changed_at: step.at.toISOString(),
    problem: problemText(step.problem),
    request_id: step.requestId ?? null,
    due_at: step.dueAt?.toISOString() ?? null,
    tries: step.tries ?? 0,
    ...GIVEN_BACK,
  }) as const;

const problemText = (problem: unknown): string | null =>
  problem === undefined ? null : JSON.stringify(problem);
