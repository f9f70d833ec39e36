import { withFields } from '../data.ts';
import { listAt, textAt } from '../json.ts';
import type { AssociateOpportunityInput } from '../model.ts';
import type { Observed } from '../observed.ts';
import { findOpportunity, type Service } from '../service.ts';
import { heldRefusal, updateNotPerformed } from '../update-rules.ts';
import { conflict, failed, type Outcome, requestInvalid, resourceNotFound, succeeded } from '../wire.ts';

/**
 * An empty answer, in every status but those in which nothing can be edited (recorded while Approved, 2025-01 and
 * 2025-02). LastModifiedDate moves (recorded 2025-01).
 */
export function associateOpportunity(input: AssociateOpportunityInput, service: Service): Outcome {
  const { observed } = service;
  const { Catalog, OpportunityIdentifier, RelatedEntityType } = input;
  const found = findOpportunity(service, 'AssociateOpportunity', Catalog, OpportunityIdentifier);
  if (!found.ok) return failed(found.error);
  const status = textAt(found.stored.opportunity, 'LifeCycle.ReviewStatus');
  const reviewed = ['Submitted', 'In review', 'Action Required'].includes(status);
  const held = reviewed ? updateNotPerformed(observed) : heldRefusal(found.stored.opportunity, observed);
  if (held !== undefined && !(reviewed && observed.associationInReview === 'accepted')) return failed(held);
  const entity = entityOf(input, observed);
  if (entity === undefined) return failed(requestInvalid([notAnArn]));
  const known = service.solutions.some(({ Catalog: at, Id }) => at === Catalog && Id === entity);
  if (RelatedEntityType === 'Solutions' && !known) return failed(resourceNotFound());
  const path = `RelatedEntityIdentifiers.${RelatedEntityType}`;
  const related = listAt(found.stored.opportunity, path);
  if (!related.includes(entity)) {
    service.data.modify(withFields(found.stored, { [path]: [...related, entity] }));
  } else if (observed.secondAssociation === 'ConflictException') {
    return failed(conflict('The entity is already associated with the opportunity'));
  }
  return succeeded();
}

/** Offers go in by ARN (AWS's guide) and come back as `offer-…` (recorded 2025-02). */
function entityOf(input: AssociateOpportunityInput, observed: Observed): string | undefined {
  const { RelatedEntityType, RelatedEntityIdentifier } = input;
  if (RelatedEntityType !== 'AwsMarketplaceOffers') return RelatedEntityIdentifier;
  const [, id] = /^arn:aws[a-z-]*:aws-marketplace:.*\/(offer-\w+)$/.exec(RelatedEntityIdentifier) ?? [];
  return id ?? (observed.offerByItsId === 'accepted' ? RelatedEntityIdentifier : undefined);
}

const notAnArn = {
  FieldName: 'RelatedEntityIdentifier',
  Code: 'INVALID_STRING_FORMAT',
  Message: 'An offer is associated by its ARN',
} as const;
