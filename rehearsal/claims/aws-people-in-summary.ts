import { awsOpportunitySummarySchema, opportunitySchema } from '../../src/aws/opportunity.ts';
import { awsPeople } from '../../src/aws/terms.ts';
import { claim, differs, holds, untold } from '../claim.ts';
import { recorded } from '../known.ts';
import { opened } from '../opened.ts';
import { must } from '../stage.ts';

export const awsPeopleInSummary = claim({
  id: 'aws-people-in-summary',
  claims: "AWS's people are named by the summary.",
  reliedOn: ['src/aws/opportunity.ts: both answers are looked at'],
  known: recorded('2026-02', 'one report has them in the opportunity alone'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    must((await deal.submission()).answered, 'a submission');
    const [opportunity, summary] = [await deal.look(), await deal.summary()];
    if (!opportunity.ok || !summary.ok) return untold('one of the two was refused');
    const inOpportunity = awsPeople(opened(opportunitySchema, opportunity.json), undefined).length;
    const inSummary = awsPeople(undefined, opened(awsOpportunitySummarySchema, summary.json)).length;
    if (inOpportunity + inSummary === 0) return untold('nobody is on it yet');
    return inSummary > 0 ? holds(`${inSummary} there`) : differs('in the opportunity alone');
  },
});
