import type { Selectable } from 'kysely';
import type { BatchTable, Database } from '../database/schema.ts';
import {
  type Choices,
  type Form,
  type Requester,
  requesterColumns,
  requesterOf,
  type ShownForm,
} from '../forms/form.ts';
import { newMessage, retellBatches } from '../messages/outbox.ts';
import type { Audit } from './audit.ts';
import { withReviews } from './entries.ts';
import { type Reviewed, type Submission, submissionOf } from './submission.ts';

/** Several opportunities that a person asked for at once: where, and from which form. Its ID is the form's. */
export interface Batch extends Requester {
  readonly id: string;
  readonly createdAt: Date;
}

/** One opportunity of a form for several, and what the person chose for it. */
export interface BatchItem {
  readonly form: ShownForm;
  readonly choices: Choices;
}

/** What happened when several requests were to be recorded at once. */
export type BatchRecorded =
  | {
      readonly type: 'recorded';
      readonly submissions: readonly Submission[];
      /** On their way by another form: left out of this batch. */
      readonly open: readonly Submission[];
    }
  /** This form was sent before: the same batch, the same answer. */
  | { readonly type: 'again'; readonly submissions: readonly Submission[] }
  /** All of them are on their way by other forms: nothing was recorded. */
  | { readonly type: 'all-open'; readonly open: readonly Submission[] };

/** Milliseconds between the messages of a batch's submissions: Slack takes about one a second for a channel. */
const TELL_EVERY_MS = 1000;

/** @throws ZodError where the row holds what this version doesn't know. */
const batchOf = (row: Selectable<BatchTable>): Batch => ({
  ...requesterOf(row),
  id: row.id,
  createdAt: new Date(row.created_at),
});

/** The queries of the batches. */
export function createBatches({ db, audit, newId }: { db: Database; audit: Audit; newId: () => string }) {
  const newestIn = async (
    from: Pick<Database, 'selectFrom'>,
    batchId: string,
  ): Promise<readonly Reviewed[]> => {
    const rows = await from
      .selectFrom('submissions')
      .selectAll()
      .where('batch_id', '=', batchId)
      .orderBy('requested_at')
      .orderBy('id')
      .execute();
    // An opportunity keeps its line where somebody tried it again.
    return withReviews(from, [
      ...new Map(rows.map((row) => [row.opportunity_id, submissionOf(row)])).values(),
    ]);
  };

  return {
    /**
     * Commits what a person asks for with one form, all of it or nothing: at most one batch a form, and at most one
     * open record an opportunity, by the database's own indexes. What is open elsewhere is left out and answered.
     */
    async recordBatch(form: Form, items: readonly BatchItem[], at: Date): Promise<BatchRecorded> {
      return audit.transaction(async (tx) => {
        const inserted = await tx
          .insertInto('batches')
          .values({
            ...requesterColumns(form),
            id: form.id,
            created_at: at.toISOString(),
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (inserted === undefined) return { type: 'again', submissions: await newestIn(tx, form.id) };

        const numbered = items.map((item, index) => ({ item, index }));
        // In one order for everybody: two forms with the same opportunities don't wait for each other in a circle.
        numbered.sort((one, other) => (one.item.form.opportunityId < other.item.form.opportunityId ? -1 : 1));
        const submissions: Submission[] = [];
        const open: Submission[] = [];
        for (const { item, index } of numbered) {
          // A millisecond apart, so that they are sent in the person's order.
          const requestedAt = new Date(at.getTime() + index);
          const tellAt = new Date(at.getTime() + (index + 1) * TELL_EVERY_MS);
          const { type, submission } = await audit.record(tx, item.form, item.choices, requestedAt, tellAt);
          (type === 'open' ? open : submissions).push(submission);
        }
        if (submissions.length === 0) {
          await tx.deleteFrom('batches').where('id', '=', form.id).execute();
          return { type: 'all-open', open };
        }
        const again = submissions.map(({ opportunityId }) => opportunityId);
        await retellBatches(tx, { catalog: form.catalog, opportunityIds: again }, at);
        await tx
          .insertInto('outbox')
          .values(newMessage(newId(), { kind: 'batch', subject: form.id }, at))
          .execute();
        return { type: 'recorded', submissions, open };
      });
    },

    async batch(id: string): Promise<Batch | undefined> {
      const row = await db.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : batchOf(row);
    },

    /** The newest record of each opportunity of a batch, in the order in which they were asked for. */
    batchSubmissions: (batchId: string): Promise<readonly Reviewed[]> => newestIn(db, batchId),

    /** The opportunities of a batch that were submitted again since, outside of it. */
    async submittedAgain(batchId: string): Promise<ReadonlySet<string>> {
      const rows = await db
        .selectFrom('submissions as own')
        .innerJoin('submissions as later', (join) =>
          join
            .onRef('later.catalog', '=', 'own.catalog')
            .onRef('later.opportunity_id', '=', 'own.opportunity_id')
            .onRef('later.requested_at', '>', 'own.requested_at'),
        )
        .select(['own.opportunity_id', 'later.batch_id'])
        .where('own.batch_id', '=', batchId)
        .orderBy('later.requested_at')
        .execute();
      const newest = new Map(rows.map((row) => [row.opportunity_id, row.batch_id]));
      return new Set([...newest].flatMap(([id, where]) => (where === batchId ? [] : [id])));
    },
  };
}
