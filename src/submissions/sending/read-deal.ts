import type { ConnectionCode, Result } from '../../partner-central/errors.ts';
import type { PartnerCentral } from '../../partner-central/operations.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import { reviewStatus } from '../../partner-central/review-status.ts';
import type { Submission } from '../submission.ts';

/**
 * Reads a submission's opportunity to conclude from it whether AWS has it. An answer that doesn't say where the review
 * stands says nothing about that: it is `unknown`, and is asked for again.
 */
export const createReadDeal =
  ({ getOpportunity }: Pick<PartnerCentral, 'getOpportunity'>) =>
  async ({
    catalog,
    opportunityId,
  }: Pick<Submission, 'catalog' | 'opportunityId'>): Promise<Result<Opportunity>> => {
    const read = await getOpportunity({ Catalog: catalog, Identifier: opportunityId });
    if (!read.ok || reviewStatus(read.value.LifeCycle?.ReviewStatus).shown !== '') return read;
    const code = 'UnreadableAnswer' satisfies ConnectionCode;
    return {
      ok: false,
      error: { kind: 'unknown', code, message: 'No ReviewStatus.', requestId: read.requestId },
    };
  };
