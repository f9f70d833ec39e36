import { listAt } from '../../json.ts';
import { findToRead, type Service } from '../service.ts';
import { asGotten } from '../shapes.ts';
import { failed, type Outcome, succeeded } from '../wire.ts';

export function getOpportunity(
  input: { readonly Catalog: string; readonly Identifier: string },
  service: Service,
): Outcome {
  const found = findToRead(service, 'GetOpportunity', input.Catalog, input.Identifier);
  if (!found.ok) return failed(found.error);
  const { opportunity, catalog, awsTeam = [] } = found.stored;
  const OpportunityTeam = [
    ...listAt(opportunity, 'OpportunityTeam'),
    ...(service.observed.awsPeopleIn === 'opportunity' ? awsTeam : []),
  ];
  return succeeded(asGotten({ ...opportunity, OpportunityTeam, Catalog: catalog }));
}
