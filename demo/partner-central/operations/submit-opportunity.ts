import { textAt } from '../../json.ts';
import { type Altered, refusalAltered } from '../altered.ts';
import { DO_NOT_NEED_SUPPORT } from '../codes.ts';
import { hasWrongPostalCode } from '../customer-rules.ts';
import { withFields } from '../data.ts';
import type { SubmitOpportunityInput } from '../model.ts';
import { plausibleTeam } from '../reviewer.ts';
import { submissionRefusal } from '../rules.ts';
import { findOpportunity, type Service } from '../service.ts';
import { failed, type Outcome, succeeded } from '../wire.ts';

/**
 * An empty answer (recorded 2025-02). Inside the call the status becomes Submitted and the stage stays; visibility only
 * also gets the need that says there is none (both recorded 2025-12, of the task that calls this operation). Not
 * idempotent: a second one finds an opportunity that is no longer `Pending Submission` (nobody recorded that).
 */
export function submitOpportunity(input: SubmitOpportunityInput, service: Service): Outcome {
  const { observed, altered, clock } = service;
  const found = findOpportunity(service, 'SubmitOpportunity', input.Catalog, input.Identifier);
  if (!found.ok) return failed(found.error);
  const { stored } = found;
  const again = acceptedAgain(textAt(stored.opportunity, 'LifeCycle.ReviewStatus'), altered);
  if (again) return succeeded();
  const asked = submissionRefusal(stored, input, { now: clock.now(), observed });
  const refusal = refusalAltered(asked, stored.opportunity, altered);
  if (refusal !== undefined) return failed(refusal);
  if (observed.wrongPostalCode === 'stays a draft' && hasWrongPostalCode(stored.opportunity)) {
    return succeeded();
  }
  const visibilityOnly =
    input.InvolvementType === 'For Visibility Only' && altered.needsOfVisibilityOnly === 'written by AWS';
  service.countSubmission(input.Identifier);
  service.data.modify(
    {
      ...withFields(stored, {
        'LifeCycle.ReviewStatus': altered.statusOnceSubmitted,
        ...(visibilityOnly && {
          PrimaryNeedsFromAws: [DO_NOT_NEED_SUPPORT],
        }),
      }),
      ...(altered.involvement === 'as asked for' && {
        involvementType: input.InvolvementType,
        visibility: input.Visibility,
      }),
      awsTeam: stored.awsTeam ?? (observed.awsTeamFrom === 'submission' ? plausibleTeam : []),
    },
    observed.submitLagMs,
  );
  return altered.submissionAnswer === 'empty' ? succeeded() : succeeded({ Id: input.Identifier });
}

function acceptedAgain(status: string, altered: Altered): boolean {
  switch (status) {
    case 'Submitted':
      return altered.secondSubmission === 'accepted';
    case 'Approved':
      return altered.submissionOfApproved === 'accepted';
    case '':
      return altered.submissionWithoutStatus === 'accepted';
    default:
      return false;
  }
}
