import { listAt, textAt } from '../../json.ts';
import { withFields } from '../data.ts';
import type { AssociateOpportunityInput } from '../model.ts';
import type { Observed } from '../observed.ts';
import { findOpportunity, type Service } from '../service.ts';
import { heldRefusal, updateNotPerformed } from '../update-rules.ts';
import { entry } from '../validation-errors.ts';
import {
  businessInvalid,
  conflict,
  failed,
  type Outcome,
  requestInvalid,
  resourceNotFound,
  succeeded,
} from '../wire.ts';

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
  if (entity === undefined) return failed(requestInvalid([notAnArn(RelatedEntityType)]));
  const known = service.solutions.some(({ Catalog: at, Id }) => at === Catalog && Id === entity);
  if (RelatedEntityType === 'Solutions' && !known) return failed(resourceNotFound());
  const path = `RelatedEntityIdentifiers.${RelatedEntityType}`;
  const related = listAt(found.stored.opportunity, path);
  if (!related.includes(entity) && related.length >= (MOST.get(RelatedEntityType) ?? related.length + 1)) {
    return failed(businessInvalid([entry(path, 'TOO_MANY_VALUES', `No more than ${related.length} fit`)]));
  }
  if (!related.includes(entity)) {
    service.data.modify(withFields(found.stored, { [path]: [...related, entity] }));
  } else if (observed.secondAssociation === 'ConflictException') {
    return failed(conflict('The entity is already associated with the opportunity'));
  }
  return succeeded();
}

/** AWS's guide: ten solutions, twenty products of AWS's. */
const MOST: ReadonlyMap<string, number> = new Map([
  ['Solutions', 10],
  ['AwsProducts', 20],
]);

/** What of AWS Marketplace goes in by its ARN (AWS's guide), by the last part of which one is told from another. */
const ARNS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    AwsMarketplaceOffers: 'Offer',
    AwsMarketplaceOfferSets: 'OfferSet',
    AwsMarketplaceSolutions: 'Solution',
    AwsMarketplaceProducts: '[A-Za-z]+Product',
  }).map(([type, entity]) => [
    type,
    new RegExp(`^arn:aws[a-z-]*:aws-marketplace:[a-z0-9-]+:[0-9]{12}:AWSMarketplace/${entity}/([\\w-]+)$`),
  ]),
);

/** Offers come back as `offer-…` (recorded 2025-02); solutions and products as ARNs (the API's reference). */
function entityOf(input: AssociateOpportunityInput, observed: Observed): string | undefined {
  const { RelatedEntityType, RelatedEntityIdentifier } = input;
  const arn = ARNS.get(RelatedEntityType);
  if (arn === undefined) return RelatedEntityIdentifier;
  const [, id] = arn.exec(RelatedEntityIdentifier) ?? [];
  if (RelatedEntityType !== 'AwsMarketplaceOffers') return id && RelatedEntityIdentifier;
  return id ?? (observed.offerByItsId === 'accepted' ? RelatedEntityIdentifier : undefined);
}

const notAnArn = (type: string) =>
  ({
    FieldName: 'RelatedEntityIdentifier',
    Code: 'INVALID_STRING_FORMAT',
    Message: `One of ${type} is associated by its ARN`,
  }) as const;
