import { awsOpportunitySummarySchema, opportunitySchema } from '../../src/aws/opportunity.ts';
import { awsPeople } from '../../src/aws/terms.ts';
import { claim, differs, holds, untold } from '../claim.ts';
import { recorded } from '../known.ts';
import { opened } from '../opened.ts';
import { must } from '../stage.ts';

export const awsPeopleFromSubmission = claim({
  id: 'aws-people-from-submission',
  claims: "AWS's people stand on a deal from its submission on.",
  reliedOn: ["src/opportunities/team.ts: from when on AWS's team is looked for"],
  known: recorded('2026-02', 'four minutes after a deal was made'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    must((await deal.submission()).answered, 'a submission');
    const [opportunity, summary] = [await deal.look(), await deal.summary()];
    if (!opportunity.ok || !summary.ok) return untold('one of the two was refused');
    const inOpportunity = awsPeople(opened(opportunitySchema, opportunity.json), undefined).length;
    const inSummary = awsPeople(undefined, opened(awsOpportunitySummarySchema, summary.json)).length;
    return inOpportunity + inSummary > 0
      ? holds(`${inOpportunity + inSummary} found`)
      : differs('nobody yet');
  },
});
