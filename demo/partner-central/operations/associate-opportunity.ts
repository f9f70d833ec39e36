import type { z } from 'zod';
import { withFields } from '../data.ts';
import { listAt } from '../json.ts';
import type { associateOpportunityInput } from '../model.ts';
import { findOpportunity, type Service } from '../service.ts';
import { lockedRefusal } from '../update-rules.ts';
import { failed, type Outcome, resourceNotFound, succeeded } from '../wire.ts';

/** Associating the same entity again changes nothing. */
export function associateOpportunity(
  input: z.infer<typeof associateOpportunityInput>,
  service: Service,
): Outcome {
  const { Catalog, OpportunityIdentifier, RelatedEntityType, RelatedEntityIdentifier } = input;
  const found = findOpportunity(service, 'AssociateOpportunity', Catalog, OpportunityIdentifier);
  if (!found.ok) return failed(found.error);
  const locked = lockedRefusal(found.stored.opportunity);
  if (locked !== undefined) return failed(locked);
  const known = service.solutions.some(
    (solution) => solution.Catalog === Catalog && solution.Id === RelatedEntityIdentifier,
  );
  if (RelatedEntityType === 'Solutions' && !known) {
    return failed(resourceNotFound(Catalog, `Solution ${RelatedEntityIdentifier}`));
  }
  const path = `RelatedEntityIdentifiers.${RelatedEntityType}`;
  const related = listAt(found.stored.opportunity, path);
  if (!related.includes(RelatedEntityIdentifier)) {
    service.data.modify(withFields(found.stored, { [path]: [...related, RelatedEntityIdentifier] }));
  }
  return succeeded();
}
