import { findOpportunity, type Service } from '../service.ts';
import { failed, type Outcome, succeeded } from '../wire.ts';

export function getOpportunity(
  input: { readonly Catalog: string; readonly Identifier: string },
  service: Service,
): Outcome {
  const found = findOpportunity(service, 'GetOpportunity', input.Catalog, input.Identifier);
  return found.ok
    ? succeeded({ ...found.stored.opportunity, Catalog: found.stored.catalog })
    : failed(found.error);
}
