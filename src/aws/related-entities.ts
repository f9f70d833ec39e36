import type { RelatedEntityType } from './operations.ts';

/**
 * As what a thing of the partner's is associated with an opportunity, by its identifier: a solution's ID, or the ARN of a
 * solution or product in AWS Marketplace; undefined where it is none of these.
 * "Associating opportunities with other entities", https://docs.aws.amazon.com/partner-central/latest/APIReference/
 */
export function relatedEntityTypeOf(identifier: string): RelatedEntityType | undefined {
  if (/^S-\d{1,19}$/.test(identifier)) return 'Solutions';
  const [, entity] = MARKETPLACE_ARN.exec(identifier) ?? [];
  if (entity === undefined) return undefined;
  return entity === 'Solution' ? 'AwsMarketplaceSolutions' : 'AwsMarketplaceProducts';
}

/** As AWS's guide writes them; a product's says of what type it is. */
const MARKETPLACE_ARN =
  /^arn:aws[a-z-]*:aws-marketplace:[a-z0-9-]+:\d{12}:AWSMarketplace\/(Solution|[A-Za-z]+Product)\/[\w-]{1,50}$/;

/** The ID at an ARN's end (`prod-ab1c2de3fgh4i`); an ID is its own. */
export const idOf = (identifier: string): string => identifier.split('/').at(-1) ?? identifier;
