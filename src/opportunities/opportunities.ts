import { type Catalog, isDecision, isWithAws, type ReviewStatusName, reviewStatus } from '../aws/terms.ts';
import type { Dialect } from '../database/connect.ts';
import type { Database, Tx } from '../database/schema.ts';
import { noteHomeChanges, retell, tellOnce } from '../messages/outbox.ts';
import {
  cameToNothing,
  hasBeenWithAws,
  isOlder,
  isReviewed,
  momentText,
  type Owner,
  placeOf,
  type Reading,
  type RequestOf,
  type ReviewRead,
  requestAtAws,
} from './opportunity.ts';
import {
  appendEvent,
  createOpportunityReads,
  type Deal,
  dealOf,
  lastStep,
  newRow,
  type OpportunityRow,
} from './rows.ts';

/** Told of a step of a known opportunity's review once it is committed. */
export type OnReview = (
  opportunity: OpportunityRow,
  by: { readonly teamId: string | undefined; readonly requestId: string | undefined },
) => void;

export type Opportunities = ReturnType<typeof createOpportunities>;

interface Placed {
  readonly row: OpportunityRow;
  readonly requests: readonly RequestOf[];
}
interface Step extends Placed {
  /** Its number in the trail. */
  readonly step: number;
}

/**
 * The records of opportunities, one each, whoever submitted it: what AWS's review says, who works on it here, and the
 * trail of both. Everything that shows or tells how an opportunity stands reads them.
 */
export function createOpportunities(dependencies: {
  readonly db: Database;
  readonly dialect: Dialect;
  readonly newId: () => string;
  /** This bot's requests for an opportunity, newest first. */
  readonly requestsOf: (on: Database, deal: Deal) => Promise<readonly RequestOf[]>;
  readonly onReview?: OnReview | undefined;
}) {
  const { db, dialect, newId, requestsOf, onReview = () => {} } = dependencies;

  const rowsOf = (tx: Tx, catalog: string, opportunityIds: readonly string[]) =>
    tx
      .selectFrom('opportunities')
      .selectAll()
      .where('catalog', '=', catalog)
      .where('opportunity_id', 'in', opportunityIds)
      .orderBy('opportunity_id')
      .$if(dialect === 'postgres', (query) => query.forUpdate())
      .execute();

  /** The row of an opportunity, locked until the transaction ends; made where there was none. */
  const take = async (tx: Tx, deal: Deal, nationalSecurity: boolean, at: Date): Promise<OpportunityRow> => {
    await tx
      .insertInto('opportunities')
      .values(newRow(newId(), deal, nationalSecurity, at))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const [row] = await rowsOf(tx, deal.catalog, [deal.opportunityId]);
    if (row === undefined) throw new Error('A row that was just made is gone.');
    return row;
  };

  /** Writes down what has changed, and puts the opportunity where it belongs now. */
  const update = async (tx: Tx, row: OpportunityRow, change: Partial<OpportunityRow>): Promise<Placed> => {
    const now = { ...row, ...change };
    const requests = await requestsOf(tx, dealOf(row));
    const placed = { ...change, ...placeOf(requests, now) };
    await tx.updateTable('opportunities').set(placed).where('id', '=', row.id).execute();
    return { row: { ...now, ...placed }, requests };
  };

  /** Tells whoever works on it here of a decision. After an approval AWS may put people of its own on it: they are looked for. */
  const tellDecision = async (tx: Tx, row: OpportunityRow, step: number, at: Date): Promise<void> => {
    await tellOnce(tx, newId(), { kind: 'decision', recordId: row.id, subject: `${step}` }, at);
    if (statusOf(row) === 'Rejected') {
      await tellOnce(tx, newId(), { kind: 'reason', recordId: row.id, subject: `${step}` }, at);
    }
    if (statusOf(row) !== 'Approved' || row.team_seen_at !== null) return;
    await tx
      .updateTable('opportunities')
      .set({ team_due_at: at.toISOString() })
      .where('id', '=', row.id)
      .execute();
  };

  /**
   * Writes down what a read says of an opportunity, unless it is older than what is known: any status may follow any other.
   * Only another status is a step of the trail. `isNews` false: it stood so before this bot looked.
   */
  const note = async (
    tx: Tx,
    before: OpportunityRow,
    read: ReviewRead,
    reading: Reading & { readonly isNews: boolean },
  ): Promise<Step | undefined> => {
    const { at, asOf = at } = reading;
    const modifiedAt = momentText(read.lastModifiedDate);
    if (read.status === undefined || isOlder({ modifiedAt, readAt: asOf.toISOString() }, before))
      return undefined;
    const change = {
      review_modified_at: modifiedAt ?? before.review_modified_at,
      stage: read.stage ?? before.stage,
      target_close_date: read.targetCloseDate ?? before.target_close_date,
      national_security:
        read.nationalSecurity === undefined ? before.national_security : Number(read.nationalSecurity),
    };
    if (read.status === before.review_status) {
      const isSame = (['review_modified_at', 'stage', 'target_close_date'] as const).every(
        (column) => change[column] === before[column],
      );
      // A list that brings nothing new writes nothing.
      if (isSame && read.nationalSecurity === undefined) return undefined;
      await tx
        .updateTable('opportunities')
        .set({ ...change, review_read_at: at.toISOString() })
        .where('id', '=', before.id)
        .execute();
      return undefined;
    }
    const wasRead = before.review_read_at !== null;
    const placed = await update(tx, before, {
      review_status: read.status,
      ...change,
      review_read_at: at.toISOString(),
      review_changed_at: wasRead || reading.isNews ? at.toISOString() : null,
      team_due_at: null,
    });
    const step = await appendEvent(tx, before.id, {
      at,
      actor: reading.actor,
      what: 'review',
      from: before.review_status ?? undefined,
      to: read.status,
      requestId: reading.requestId,
    });
    await retell(tx, { saidOf: before.id }, at);
    return { ...placed, step };
  };

  /** Makes a step of AWS's review something to tell, to whom it concerns. */
  const tell = async (tx: Tx, { row, requests, step }: Step, { at, elsewhere }: Reading): Promise<void> => {
    await noteHomeChanges(tx, newId(), dealOf(row), at);
    const request = requestAtAws(requests);
    const isSomebodys = request !== undefined || row.owner_user_id !== null;
    if (request !== undefined) await retell(tx, { submissionIds: [request.id] }, at);
    else if (isSomebodys) await retell(tx, { takenOn: row.id }, at);
    if (!isDecision(statusOf(row))) return;
    if (isSomebodys) return tellDecision(tx, row, step, at);
    // What we may have submitted is concluded first, and then told by its own message.
    if (elsewhere !== 'tell' || requests.some((each) => each.standing !== 'at-aws' && !cameToNothing(each)))
      return;
    await tellOnce(tx, newId(), { kind: 'elsewhere', recordId: row.id, subject: `${step}` }, at);
  };

  return {
    ...createOpportunityReads({ db }),

    /**
     * Writes down what a read says of opportunities (at most a hundred), and makes it something to tell. Answers how many
     * reviews went a step on.
     */
    async noteReviews(catalog: Catalog, reads: readonly ReviewRead[], reading: Reading): Promise<number> {
      if (reads.length === 0) return 0;
      // Always in the same order: two replicas with the same page would wait for each other for ever.
      const page = reads.toSorted((one, other) => (one.opportunityId < other.opportunityId ? -1 : 1));
      const isNews = reading.elsewhere === 'tell';
      const steps = await db.transaction().execute(async (tx) => {
        const ids = page.map(({ opportunityId }) => opportunityId);
        const known = new Map((await rowsOf(tx, catalog, ids)).map((row) => [row.opportunity_id, row]));
        const made: (Step & { readonly isKnown: boolean })[] = [];
        for (const read of page) {
          const { opportunityId } = read;
          const before = known.get(opportunityId);
          if (before === undefined && (reading.elsewhere === 'leave' || !isReviewed(read.status))) continue;
          const row = before ?? (await take(tx, { catalog, opportunityId }, false, reading.at));
          const step = await note(tx, row, read, { ...reading, isNews: isNews || before !== undefined });
          if (step === undefined) continue;
          await tell(tx, step, reading);
          made.push({ ...step, isKnown: before !== undefined });
        }
        return made;
      });
      for (const { row, requests, isKnown } of steps) {
        const teamId = requests.find(({ id }) => id === row.submission_id)?.teamId ?? row.owner_team_id;
        if (isKnown) onReview(row, { teamId: teamId ?? undefined, requestId: reading.requestId });
      }
      return steps.length;
    },

    /**
     * A request of this bot was made or has moved on, in its transaction: the opportunity is put where it belongs, with
     * what AWS showed meanwhile. What was decided before we found it submitted is no news.
     */
    async requestMoved(
      tx: Tx,
      deal: Deal & { readonly nationalSecurity: boolean },
      move: {
        readonly at: Date;
        readonly actor: string;
        /** What AWS shows of it is news: it was followed before AWS had it. */
        readonly isNews: boolean;
        readonly review: ReviewRead | undefined;
        readonly requestId: string | undefined;
      },
    ): Promise<void> {
      const { at, isNews, review } = move;
      const before = await take(tx, deal, deal.nationalSecurity, at);
      const step = review && (await note(tx, before, review, { ...move, elsewhere: 'leave', isNews }));
      // AWS has just accepted it: whatever was read of it is from before that.
      const isOver = isNews && review === undefined && !isWithAws(statusOf(before));
      const { row, requests } = await update(tx, step?.row ?? before, {
        ...(isOver ? { review_status: null, review_read_at: at.toISOString() } : {}),
        ...(deal.nationalSecurity ? { national_security: 1 } : {}),
      });
      await noteHomeChanges(tx, newId(), deal, at);
      if (!isDecision(statusOf(row)) || row.review_status === null) return;
      // A decision may have been read before it was known whose it is: ours; or nobody's, where what was open came to nothing.
      const isNobodys = review === undefined && row.owner_user_id === null && requests.every(cameToNothing);
      const last = await lastStep(tx, row.id);
      if (isNews) await tellDecision(tx, row, last, at);
      else if (isNobodys && (row.review_changed_at ?? '') > (requests[0]?.requestedAt ?? ''))
        await tellOnce(tx, newId(), { kind: 'elsewhere', recordId: row.id, subject: `${last}` }, at);
    },

    /**
     * Makes an opportunity that was submitted elsewhere this person's: it gets a message where they are, kept up to date,
     * and AWS's decisions name them. What is somebody's already stays theirs. Answers the ID of its record; undefined:
     * AWS hasn't got it, and nothing has changed.
     */
    async takeOn(
      deal: Deal,
      owner: Owner,
      read: ReviewRead | undefined,
      at: Date,
    ): Promise<string | undefined> {
      return db.transaction().execute(async (tx) => {
        const [known] = await rowsOf(tx, deal.catalog, [deal.opportunityId]);
        const isReviewed = read !== undefined && hasBeenWithAws(read.status);
        if (known === undefined && !isReviewed) return undefined;
        // Somebody else may make it at the same moment, and take it on first.
        const before = known ?? (await take(tx, deal, false, at));
        const requests = await requestsOf(tx, deal);
        if (before.owner_user_id !== null || !requests.every(cameToNothing)) return before.id;
        if (!isReviewed) return undefined;
        const reading = { at, actor: owner.userId, elsewhere: 'leave', isNews: known !== undefined } as const;
        const row = (await note(tx, before, read, reading))?.row ?? before;
        await update(tx, row, {
          owner_team_id: owner.teamId,
          owner_user_id: owner.userId,
          owner_channel_id: owner.channelId,
          owner_thread_ts: owner.threadTs ?? null,
          owned_at: at.toISOString(),
        });
        await appendEvent(tx, row.id, { at, actor: owner.userId, what: 'owner' });
        await tellOnce(tx, newId(), { kind: 'taken-on', recordId: row.id }, at);
        await noteHomeChanges(tx, newId(), deal, at);
        return row.id;
      });
    },
  };
}

const statusOf = ({ review_status }: OpportunityRow): ReviewStatusName =>
  reviewStatus(review_status ?? undefined).status;
