import type { z } from 'zod';
import type { JsonObject } from '../../json.ts';
import {
  associateOpportunityInput,
  createOpportunityInput,
  getAwsOpportunitySummaryInput,
  getOpportunityInput,
  listEngagementResourceAssociationsInput,
  listOpportunitiesInput,
  listSolutionsInput,
  parseInput,
  submitOpportunityInput,
  updateOpportunityInput,
} from '../model.ts';
import type { Service } from '../service.ts';
import { failed, type Outcome } from '../wire.ts';
import { associateOpportunity } from './associate-opportunity.ts';
import { createOpportunity } from './create-opportunity.ts';
import { getAwsOpportunitySummary } from './get-aws-opportunity-summary.ts';
import { getOpportunity } from './get-opportunity.ts';
import { listEngagementResourceAssociations } from './list-engagement-resource-associations.ts';
import { listOpportunities } from './list-opportunities.ts';
import { listSolutions } from './list-solutions.ts';
import { submitOpportunity } from './submit-opportunity.ts';
import { updateOpportunity } from './update-opportunity.ts';

/** One operation: which quota it counts against, and what it does with a body whose signature is right. */
export interface Operation {
  readonly kind: 'read' | 'write';
  execute(body: JsonObject, service: Service): Outcome;
}

/** The operations that the stand-in knows, by the name in `X-Amz-Target`. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['SubmitOpportunity', operation('write', submitOpportunityInput, submitOpportunity)],
  ['GetOpportunity', operation('read', getOpportunityInput, getOpportunity)],
  ['GetAwsOpportunitySummary', operation('read', getAwsOpportunitySummaryInput, getAwsOpportunitySummary)],
  ['ListOpportunities', operation('read', listOpportunitiesInput, listOpportunities)],
  ['CreateOpportunity', operation('write', createOpportunityInput, createOpportunity)],
  ['UpdateOpportunity', operation('write', updateOpportunityInput, updateOpportunity)],
  ['AssociateOpportunity', operation('write', associateOpportunityInput, associateOpportunity)],
  [
    'ListEngagementResourceAssociations',
    operation('read', listEngagementResourceAssociationsInput, listEngagementResourceAssociations),
  ],
  ['ListSolutions', operation('read', listSolutionsInput, listSolutions)],
]);

function operation<T>(
  kind: Operation['kind'],
  schema: z.ZodType<T>,
  run: (input: T, service: Service) => Outcome,
): Operation {
  return {
    kind,
    execute(body, service) {
      const parsed = parseInput(schema, body);
      return parsed.ok ? run(parsed.input, service) : failed(parsed.error);
    },
  };
}
