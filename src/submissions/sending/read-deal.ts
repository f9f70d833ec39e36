import type { ConnectionCode, Result } from '../../partner-central/errors.ts';
import type { PartnerCentral } from '../../partner-central/operations.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import type { Submission } from '../submission.ts';

/**
 * Reads a submission's opportunity to conclude from it whether AWS has it. AWS answers a `LifeCycle` always
 * (*recorded*), with a status or without: an answer that has none is no answer of AWS's, and is asked for again.
 */
export const createReadDeal =
  ({ getOpportunity }: Pick<PartnerCentral, 'getOpportunity'>) =>
  async ({
    catalog,
    opportunityId,
  }: Pick<Submission, 'catalog' | 'opportunityId'>): Promise<Result<Opportunity>> => {
    const read = await getOpportunity({ Catalog: catalog, Identifier: opportunityId });
    if (!read.ok || read.value.LifeCycle !== undefined) return read;
    const code = 'UnreadableAnswer' satisfies ConnectionCode;
    return {
      ok: false,
      error: { kind: 'unknown', code, message: 'No LifeCycle.', requestId: read.requestId },
    };
  };
