import { INVOLVEMENTS, VISIBILITIES } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import type { Choices } from '../../forms/form.ts';
import type { Submission } from '../submission.ts';

/**
 * The choices AWS shows of a deal that it has: those that could be read, and that this bot knows. Equal to ours or not,
 * they credit nobody.
 */
export async function choicesAtAws(
  { aws }: Pick<Bot, 'aws'>,
  { catalog, opportunityId }: Pick<Submission, 'catalog' | 'opportunityId'>,
): Promise<Partial<Choices>> {
  const summary = await aws.getAwsOpportunitySummary({
    Catalog: catalog,
    RelatedOpportunityIdentifier: opportunityId,
  });
  if (!summary.ok) return {};
  const involvementType = INVOLVEMENTS.find((each) => each === summary.value.InvolvementType);
  const visibility = VISIBILITIES.find((each) => each === summary.value.Visibility);
  return {
    ...(involvementType === undefined ? {} : { involvementType }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}
