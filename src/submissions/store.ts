import { z } from 'zod';
import { createPace } from '../attempts/pace.ts';
import { createRecordQueue, type OnLost } from '../attempts/queue.ts';
import { type RecordEvent, recordEventOf } from '../attempts/record.ts';
import { OPEN_STATES, type Transition } from '../attempts/sendable.ts';
import type { Catalog } from '../aws/terms.ts';
import { DAY_MS } from '../clock.ts';
import type { Dialect } from '../database/connect.ts';
import type { Lineage } from '../database/identity.ts';
import type { Leases } from '../database/lease.ts';
import type { Database, Tx } from '../database/schema.ts';
import { type Asked, type Choices, createForms } from '../forms/form.ts';
import { retellBatches } from '../messages/outbox.ts';
import { createOpportunities, type OnReview } from '../opportunities/opportunities.ts';
import type { ReviewRead } from '../opportunities/opportunity.ts';
import { createAudit, type OnChanged, type Recorded } from './audit.ts';
import { createBatches } from './batches.ts';
import { createEntries } from './entries.ts';
import {
  DOUBTFUL_STATES,
  type Problem,
  requestsOf,
  STATES,
  STEPS,
  type State,
  type Submission,
  submissionOf,
} from './submission.ts';

export type Store = ReturnType<typeof createStore>;

/**
 * What it means that AWS's late answer says that nothing was executed: people were told that nobody knows, and may have
 * tried again, so the request doesn't go out again by itself. Undefined: the step stands as it is.
 */
function notExecuted(
  { state, problem }: Submission,
  step: SubmissionTransition,
): SubmissionTransition | undefined {
  const isTold = state === 'not_seen' || state === 'let_go' || problem?.type === 'not-executed';
  if (step.to !== 'requested' || !isTold) return undefined;
  const { at, actor, why, requestId } = step;
  return { to: 'refused', at, actor, why, requestId, problem: { type: 'not-executed', code: why } };
}

/** A transition of a submission. */
export interface SubmissionTransition extends Transition<State, Problem> {
  /** What AWS showed of the opportunity. */
  readonly review?: ReviewRead | undefined;
}

/** The records and their queries, in one dialect of SQL that both databases speak. */
export function createStore({
  db,
  dialect,
  leases,
  lineage,
  newId,
  onChanged = () => {},
  onReview,
  onLost,
}: {
  db: Database;
  dialect: Dialect;
  leases: Leases;
  lineage: Pick<Lineage, 'setBack'>;
  newId: () => string;
  onChanged?: OnChanged;
  onReview?: OnReview;
  onLost?: OnLost;
}) {
  const opportunities = createOpportunities({ db, dialect, newId, requestsOf, onReview });
  const audit = createAudit({ db, opportunities, newId, onChanged });

  const queue = createRecordQueue<State, Problem, Submission, SubmissionTransition>(
    { db, dialect, leases, lineage, onLost },
    {
      table: 'submissions',
      claim: (work, by) => leases.claim({ table: 'submissions', ...work }, by, submissionOf),
      read: submissionOf,
      steps: STEPS,
      late: notExecuted,
      sending: (at) => ({ to: 'sending', at, actor: 'bot', why: 'SubmitOpportunity is next' }),
      columns: () => ({}),
      transaction: audit.transaction,
      moved: (tx, claimed, { to, at, actor, why, requestId, review }) =>
        audit.changed(tx, claimed, { at, actor, from: claimed.state, to, why, requestId, review }),
      retell: (tx, id, at) => audit.retell(tx, [id], at),
    },
  );

  const recordIn = async (tx: Tx, form: Asked, choices: Choices, at: Date): Promise<Recorded> => {
    const recorded = await audit.record(tx, form, choices, at);
    if (recorded.type === 'recorded') {
      await retellBatches(tx, { catalog: form.catalog, opportunityIds: [form.opportunityId] }, at);
    }
    return recorded;
  };

  return {
    ...createForms({ db }),
    ...createBatches({ db, audit, newId }),
    ...queue,
    ...createPace({ db, retell: audit.retell }),
    ...createEntries({ db }),
    ...opportunities,

    /**
     * Commits the person's request: at most one record a form, and at most one open record an opportunity,
     * both by the database's own indexes. When this has answered, the submission can't be lost any more.
     */
    record: (form: Asked, choices: Choices, at: Date): Promise<Recorded> =>
      audit.transaction((tx) => recordIn(tx, form, choices, at)),

    /** The same as part of a transaction that `transaction` began. */
    recordIn,
    transaction: audit.transaction,

    /** What was submitted with this form. */
    async submissionOfForm(formId: string): Promise<Submission | undefined> {
      const row = await db
        .selectFrom('submissions')
        .selectAll()
        .where('form_id', '=', formId)
        .executeTakeFirst();
      return row === undefined ? undefined : submissionOf(row);
    },

    /** Takes back a request that isn't being sent yet. Undefined: too late. */
    cancel: (id: string, userId: string, at: Date): Promise<Submission | undefined> =>
      audit.transaction((tx) =>
        queue.end(
          tx,
          id,
          'requested',
          { to: 'cancelled', at, actor: userId, why: 'Cancel' },
          { due_at: null, problem: null },
        ),
      ),

    /** Lets go of a doubt that reading couldn't settle; it is read once a day from then on. Undefined: it isn't one (any more). */
    letGo: (id: string, userId: string, at: Date): Promise<Submission | undefined> =>
      audit.transaction((tx) =>
        queue.end(
          tx,
          id,
          'uncertain',
          { to: 'let_go', at, actor: userId, why: 'Let it go' },
          { due_at: new Date(at.getTime() + DAY_MS).toISOString(), tries: 0 },
        ),
      ),

    /** Doubts about these opportunities are looked at now. True: there are some. */
    async hurryDoubts(catalog: Catalog, opportunityIds: readonly string[], at: Date): Promise<boolean> {
      if (opportunityIds.length === 0) return false;
      const rows = await db
        .updateTable('submissions')
        .set({ due_at: at.toISOString() })
        .where('catalog', '=', catalog)
        .where('opportunity_id', 'in', opportunityIds)
        .where('state', 'in', DOUBTFUL_STATES)
        .returning('id')
        .execute();
      return rows.length > 0;
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

    /** The first events of a record's trail, oldest first, and how many there are in all. */
    async trail(
      submissionId: string,
      limit: number,
    ): Promise<{ readonly events: readonly RecordEvent<State>[]; readonly total: number }> {
      const rows = await db
        .selectFrom('submission_events')
        .selectAll()
        .select((eb) => eb.fn.countAll<number | string>().over().as('total'))
        .where('record_id', '=', submissionId)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return {
        events: rows.map((row) => recordEventOf(row, z.enum(STATES))),
        total: Number(rows[0]?.total ?? 0),
      };
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

    /** Those of `ids` (at least one) that no replica has seen before; from now on they are known. */
    async firstDeliveries(ids: readonly string[], at: Date): Promise<readonly string[]> {
      const inserted = await db
        .insertInto('deliveries')
        .values(ids.map((id) => ({ id, at: at.toISOString() })))
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      return inserted.map(({ id }) => id);
    },

    /** Forgets those that came before `before`: nobody delivers them again. */
    async forgetDeliveries(before: Date): Promise<void> {
      await db.deleteFrom('deliveries').where('at', '<', before.toISOString()).execute();
    },
  };
}
