import type { Audit, Tx } from '../audit.ts';
import { problemText, requestedRow, submissionOf } from '../rows.ts';
import {
  type Choices,
  FOLLOWED_STATES,
  OPEN_STATES,
  type ShownDraft,
  type Submission,
} from '../submission.ts';
import { momentText } from './read-order.ts';

/** An opportunity that was submitted elsewhere, with AWS's choices, and the person and place it belongs to from here. */
export interface Adoption
  extends Choices,
    Pick<
      ShownDraft,
      | 'teamId'
      | 'userId'
      | 'channelId'
      | 'threadTs'
      | 'catalog'
      | 'opportunityId'
      | 'lastModifiedDate'
      | 'nationalSecurity'
    > {
  readonly reviewStatus: string;
  readonly at: Date;
}

/** The query that gives an opportunity submitted elsewhere a record of its own. */
export function createAdoptions({ audit, newId }: { audit: Audit; newId: () => string }) {
  const own = async (tx: Tx, { catalog, opportunityId }: Adoption): Promise<Submission | undefined> => {
    const row = await tx
      .selectFrom('submissions')
      .selectAll()
      .where('catalog', '=', catalog)
      .where('opportunity_id', '=', opportunityId)
      .where('state', 'in', [...OPEN_STATES, ...FOLLOWED_STATES])
      .orderBy('requested_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : submissionOf(row);
  };

  return {
    /** Where this bot has a record already that follows it, that one is the answer. */
    async adopt(adoption: Adoption): Promise<Submission | undefined> {
      const { at, catalog, opportunityId, reviewStatus } = adoption;
      const draft: ShownDraft = {
        ...adoption,
        // No form stands behind it. Of two people who adopt it at the same time one does.
        id: `elsewhere ${catalog} ${opportunityId}`,
        createdAt: at,
        responseUrl: undefined,
        readiness: undefined,
        choices: undefined,
        batchId: undefined,
      };
      return audit.transaction(async (tx) => {
        const before = await own(tx, adoption);
        if (before !== undefined) return before;
        const row = await tx
          .insertInto('submissions')
          .values({
            ...requestedRow(newId(), draft, adoption, at),
            state: 'already_submitted',
            problem: problemText({ type: 'submitted-elsewhere' }),
            review_status: reviewStatus,
            review_read_at: at.toISOString(),
            review_modified_at: momentText(adoption.lastModifiedDate) ?? null,
            due_at: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return own(tx, adoption);
        await audit.changed(tx, submissionOf(row), {
          at,
          actor: adoption.userId,
          from: null,
          to: 'already_submitted',
          toReviewStatus: reviewStatus,
          why: 'taken on: submitted elsewhere',
        });
        return submissionOf(row);
      });
    },
  };
}
