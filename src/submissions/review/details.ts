import { hasPeople } from '../../opportunities/teams.ts';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { AwsOpportunitySummary } from '../../partner-central/opportunity.ts';
import type { Who } from '../permissions.ts';
import { type Asked, ask, type ReviewDependencies } from './review.ts';

/** AWS's own side of a deal. */
export type AwsSide =
  | { readonly type: 'read'; readonly summary: AwsOpportunitySummary }
  | { readonly type: 'unreadable' };

/** What *Show details* shows. */
export interface Details {
  readonly asked: Asked;
  /** Undefined: not approved yet, or not to be shown. */
  readonly awsSide: AwsSide | undefined;
}

/** Reads the deal for a person who may see it and, once it is approved, what AWS has on it. */
export async function details(
  input: { readonly id: string; readonly who: Who },
  dependencies: ReviewDependencies,
): Promise<Details> {
  const { partnerCentral, store, clock, wake } = dependencies;
  const asked = await ask(input, dependencies);
  if (asked.type !== 'read' || asked.review.status !== 'Approved') return { asked, awsSide: undefined };
  const { entry, opportunity } = asked;
  if (entry.nationalSecurity || isNationalSecurity(opportunity)) return { asked, awsSide: undefined };
  const read = await partnerCentral.getAwsOpportunitySummary({
    Catalog: entry.catalog,
    RelatedOpportunityIdentifier: entry.opportunityId,
  });
  if (!read.ok) return { asked, awsSide: { type: 'unreadable' } };
  // Whoever looks may be the first to see them: the person who submitted hears of it as well.
  if (hasPeople(read.value) && (await store.teamSeen(entry, clock.now()))) wake();
  return { asked, awsSide: { type: 'read', summary: read.value } };
}
