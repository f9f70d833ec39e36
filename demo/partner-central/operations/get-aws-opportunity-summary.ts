import { fieldAt, textAt } from '../json.ts';
import { findOpportunity, type Service } from '../service.ts';
import type { StoredOpportunity } from '../stand-in.ts';
import { failed, type Outcome, resourceNotFound, succeeded } from '../wire.ts';

/** AWS's side of an opportunity: it doesn't exist before a partner's own opportunity has been submitted. */
export function getAwsOpportunitySummary(
  input: { readonly Catalog: string; readonly RelatedOpportunityIdentifier: string },
  service: Service,
): Outcome {
  const id = input.RelatedOpportunityIdentifier;
  const found = findOpportunity(service, 'GetAwsOpportunitySummary', input.Catalog, id);
  if (!found.ok) return failed(found.error);
  if (found.stored.involvementType === undefined && found.stored.origin !== 'AWS Referral') {
    return failed(resourceNotFound(input.Catalog, `AWS opportunity summary for ${id}`));
  }
  return succeeded(summaryOf(found.stored));
}

function summaryOf(stored: StoredOpportunity) {
  const { opportunity, catalog } = stored;
  const approved = textAt(opportunity, 'LifeCycle.ReviewStatus') === 'Approved';
  return {
    Catalog: catalog,
    RelatedOpportunityId: opportunity.Id,
    Origin: stored.origin,
    InvolvementType: stored.involvementType,
    Visibility: stored.visibility,
    LifeCycle: {
      Stage: approved ? 'Qualified' : 'Not Started',
      TargetCloseDate: fieldAt(opportunity, 'LifeCycle.TargetCloseDate'),
      NextSteps: approved ? 'AWS seller to join the next call with the customer.' : undefined,
    },
    OpportunityTeam: stored.awsTeam ?? [],
    Insights: approved
      ? {
          NextBestActions: 'Share the workload estimate with the AWS account team.',
          EngagementScore: 'Medium',
          OpportunityQuality: { Score: 71, Trend: 'Improving' },
          Recommendations: [
            {
              Type: 'SolutionRecommendation',
              Details: 'An AWS solution for data lakes fits what the customer describes.',
            },
          ],
        }
      : {},
  };
}
