import type { z } from 'zod';
import { withFields } from '../data.ts';
import type { submitOpportunityInput } from '../model.ts';
import { submissionRefusal } from '../rules.ts';
import { findOpportunity, type Service } from '../service.ts';
import { failed, type Outcome, succeeded } from '../wire.ts';

/** Not idempotent, as AWS's isn't: a second one finds an opportunity that is no longer `Pending Submission`. */
export function submitOpportunity(input: z.infer<typeof submitOpportunityInput>, service: Service): Outcome {
  const found = findOpportunity(service, 'SubmitOpportunity', input.Catalog, input.Identifier);
  if (!found.ok) return failed(found.error);
  const refusal = submissionRefusal(found.stored, input.InvolvementType, service.clock.now());
  if (refusal !== undefined) return failed(refusal);
  service.countSubmission(input.Identifier);
  service.data.modify({
    ...withFields(found.stored, { 'LifeCycle.ReviewStatus': 'Submitted' }),
    involvementType: input.InvolvementType,
    visibility: input.Visibility,
  });
  return succeeded();
}
