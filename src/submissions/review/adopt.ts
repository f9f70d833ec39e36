import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Catalog, PartnerCentral } from '../../partner-central/operations.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import { isWithAws, reviewStatus } from '../../partner-central/review-status.ts';
import type { Who } from '../permissions.ts';
import type { Store } from '../store.ts';
import type { Submission } from '../submission.ts';

const choicesSchema = z.object({
  InvolvementType: z.enum(['Co-Sell', 'For Visibility Only']),
  Visibility: z.enum(['Full', 'Limited']),
});

/**
 * Makes an opportunity that was submitted elsewhere this person's, who works on it from here: it gets a message where
 * they are, kept up to date, and AWS's decisions name them. Where this bot follows it already, that record is the
 * answer. Undefined: its status doesn't say that AWS has had it, or AWS doesn't say with which choices; then nothing has
 * changed.
 */
export async function adopt(
  input: {
    /** As just read. */
    readonly opportunity: Opportunity;
    readonly who: Who;
    readonly channelId: string;
    readonly threadTs: string | undefined;
  },
  dependencies: {
    readonly store: Store;
    readonly partnerCentral: PartnerCentral;
    readonly clock: Clock;
    readonly catalog: Catalog;
    readonly wake: () => void;
  },
): Promise<Submission | undefined> {
  const { opportunity, who, channelId, threadTs } = input;
  const { store, partnerCentral, clock, catalog, wake } = dependencies;
  const review = reviewStatus(opportunity.LifeCycle?.ReviewStatus);
  if (!isWithAws(review.status) && review.status !== 'Action Required') return undefined;
  const summary = await partnerCentral.getAwsOpportunitySummary({
    Catalog: catalog,
    RelatedOpportunityIdentifier: opportunity.Id,
  });
  const choices = summary.ok ? choicesSchema.safeParse(summary.value) : undefined;
  if (choices?.success !== true) return undefined;
  const adopted = await store.adopt({
    opportunityId: opportunity.Id,
    lastModifiedDate: opportunity.LastModifiedDate,
    nationalSecurity: isNationalSecurity(opportunity),
    reviewStatus: review.shown,
    involvementType: choices.data.InvolvementType,
    visibility: choices.data.Visibility,
    catalog,
    ...who,
    channelId,
    threadTs,
    at: clock.now(),
  });
  wake();
  return adopted;
}
