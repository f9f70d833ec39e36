import { textAt } from '../../json.ts';
import { findToRead, type Service } from '../service.ts';
import { failed, type Outcome, succeeded } from '../wire.ts';

/**
 * The engagements that a deal belongs to (recorded 2025-01, of one that a task had made). That a submission alone makes
 * none is our reading of AWS's guide.
 */
export function listEngagementResourceAssociations(
  input: { readonly Catalog: string; readonly ResourceIdentifier: string },
  service: Service,
): Outcome {
  const { Catalog, ResourceIdentifier } = input;
  const found = findToRead(service, 'ListEngagementResourceAssociations', Catalog, ResourceIdentifier);
  if (!found.ok) return failed(found.error);
  const { opportunity } = found.stored;
  const submitted = textAt(opportunity, 'LifeCycle.ReviewStatus') !== 'Pending Submission';
  const made = submitted && service.altered.engagementOfSubmission === 'made';
  return succeeded({
    EngagementResourceAssociationSummaries: made
      ? [
          {
            Catalog,
            EngagementId: 'eng-lingz0rjt6trqb',
            ResourceArn: opportunity.Arn,
            ResourceId: ResourceIdentifier,
            ResourceOwner: '111122223333',
            ResourceType: 'Opportunity',
          },
        ]
      : [],
    NextToken: null,
  });
}
