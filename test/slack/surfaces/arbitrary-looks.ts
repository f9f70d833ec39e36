import fc from 'fast-check';
import { reviewStatus } from '../../../src/aws/terms.ts';
import { readinessOf } from '../../../src/opportunities/readiness.ts';
import type { Found, Look } from '../../../src/submissions/look.ts';
import { standingRefusal } from '../../../src/submissions/submission.ts';
import { aForm, at } from '../../submissions/records.ts';
import { hostileText } from '../hostile.ts';
import { entries, opportunities, submissions } from './arbitrary.ts';
import { refusals } from './refusals.ts';

/** The one form of all views here. */
export const DRAFT = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

export const catalogs = fc.constantFrom('AWS' as const, 'Sandbox' as const);
export const choices = fc.option(
  fc.record({
    involvementType: fc.constantFrom('Co-Sell' as const, 'For Visibility Only' as const),
    visibility: fc.constantFrom('Full' as const, 'Limited' as const),
  }),
  { nil: undefined },
);
const requestId = fc.option(hostileText, { nil: undefined });

const doubts = fc.option(submissions, { nil: undefined });

/** Everything a look can find for who may look. */
const finds: fc.Arbitrary<Found> = fc.oneof(
  fc.tuple(choices, opportunities, doubts, submissions).map(([given, opportunity, doubt, last]): Found => {
    const readiness = readinessOf(opportunity, 'AWS', at(0));
    const refusal = standingRefusal(last, last.lastModifiedDate);
    return {
      type: 'form',
      form: aForm({ id: DRAFT, choices: given, readiness }),
      opportunity,
      doubt,
      refusal,
    };
  }),
  fc.record({
    type: fc.constant('not-pending' as const),
    review: fc
      .constantFrom('Submitted', 'In review', 'Approved', 'Action Required', '', 'x'.repeat(5000))
      .map(reviewStatus),
    opportunity: opportunities,
    entry: fc.option(entries, { nil: undefined }),
  }),
  fc.record({ type: fc.constant('open' as const), submission: submissions }),
  fc.record({ type: fc.constant('not-visible' as const), requestId }),
  fc.record({ type: fc.constant('operator' as const), requestId }),
  fc.record({ type: fc.constant('unavailable' as const), throttled: fc.boolean(), requestId }),
  fc.record({ type: fc.constant('not-found' as const), doubt: doubts }),
  fc.constant<Found>({ type: 'aws-referral' }),
);

/** Everything a look can find. */
export const looks: fc.Arbitrary<Look> = fc.oneof(
  finds,
  fc.record({
    type: fc.constant('not-permitted' as const),
    why: fc.constantFrom(...refusals),
  }),
  fc.constant<Look>({ type: 'permission-unknown' }),
);

/** What a look at several finds, up to as many as go at once, with IDs as long as they get. */
export const several = fc.array(finds, { minLength: 1, maxLength: 25 }).map((found) => ({
  type: 'looked' as const,
  found: found.map((each, index) => {
    const opportunityId = `O${'9'.repeat(17)}${10 + index}`;
    const its = each.type === 'form' ? { ...each, form: { ...each.form, opportunityId } } : each;
    return { opportunityId, found: its };
  }),
}));
