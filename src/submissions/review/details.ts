import { type AwsPerson, awsPeople } from '../../partner-central/aws-people.ts';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { AwsOpportunitySummary } from '../../partner-central/opportunity.ts';
import type { Who } from '../permissions.ts';
import { type Asked, ask, type ReviewDependencies } from './review.ts';

/** AWS's own side of a deal. */
export interface AwsSide {
  readonly people: readonly AwsPerson[];
  /** Undefined: it can't be read now. */
  readonly summary: AwsOpportunitySummary | undefined;
}

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
  const summary = read.ok ? read.value : undefined;
  const people = awsPeople(opportunity, summary);
  // Whoever looks may be the first to see them: the person who submitted hears of it as well.
  if (people.length > 0 && (await store.teamSeen(entry, clock.now()))) wake();
  return { asked, awsSide: { people, summary } };
}
