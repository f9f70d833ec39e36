import { fieldAt, textAt } from '../../json.ts';
import { insightsOf } from '../insights.ts';
import { findToRead, type Service } from '../service.ts';
import { asSummary } from '../shapes.ts';
import type { StoredOpportunity } from '../stand-in.ts';
import { failed, type Outcome, resourceNotFound, succeeded } from '../wire.ts';

/**
 * AWS's side of an opportunity (members: three recordings, 2024-11 to 2026-02). Before a partner's own opportunity is
 * submitted it names no involvement (one report, Sandbox 2026-05); AWS's guide has no answer then.
 */
export function getAwsOpportunitySummary(
  input: { readonly Catalog: string; readonly RelatedOpportunityIdentifier: string },
  service: Service,
): Outcome {
  const { observed } = service;
  const id = input.RelatedOpportunityIdentifier;
  const found = findToRead(service, 'GetAwsOpportunitySummary', input.Catalog, id);
  if (!found.ok) return failed(found.error);
  const { stored } = found;
  const { opportunity, catalog, origin, involvementType, visibility } = stored;
  const early = involvementType === undefined && origin !== 'AWS Referral';
  if (early && observed.summaryBeforeSubmission === 'not found') return failed(resourceNotFound());
  return succeeded(
    asSummary({
      Catalog: catalog,
      Customer: { Contacts: fieldAt(opportunity, 'Customer.Contacts') },
      InvolvementType: involvementType,
      LifeCycle: lifeCycleOf(stored, service),
      OpportunityTeam: observed.awsPeopleIn === 'summary' ? (stored.awsTeam ?? []) : [],
      Origin: origin,
      Project: {
        AwsPartition: fieldAt(opportunity, 'Project.AwsPartition'),
        ExpectedCustomerSpend: fieldAt(opportunity, 'Project.ExpectedCustomerSpend'),
      },
      RelatedEntityIds: {
        AwsProducts: fieldAt(opportunity, 'RelatedEntityIdentifiers.AwsProducts'),
        Solutions: fieldAt(opportunity, 'RelatedEntityIdentifiers.Solutions'),
      },
      RelatedOpportunityId: opportunity.Id,
      Visibility: visibility,
      // Whether AWS scores a deal before it is submitted nobody knows: only a deal of which that is said is.
      ...insightsOf(stored.insights ?? (early ? 'null' : observed.insights), stored),
    }),
  );
}

/** AWS's own stage was never recorded: the whole is null, or the stage in it (the partner's own next steps beside it). */
function lifeCycleOf(stored: StoredOpportunity, { observed }: Service) {
  if (observed.summaryLifeCycle === 'null') return null;
  const approved = textAt(stored.opportunity, 'LifeCycle.ReviewStatus') === 'Approved';
  const staged = observed.summaryLifeCycle === 'with stage';
  return {
    ClosedLostReason: null,
    NextSteps: fieldAt(stored.opportunity, 'LifeCycle.NextSteps') ?? null,
    NextStepsHistory: null,
    Stage: staged ? (approved ? 'Qualified' : 'Not Started') : null,
    TargetCloseDate: staged ? (fieldAt(stored.opportunity, 'LifeCycle.TargetCloseDate') ?? null) : null,
  };
}
