import { claim, differs, holds, untold } from '../claim.ts';
import { said } from '../judge.ts';
import { nobody } from '../known.ts';
import { must } from '../stage.ts';

export const engagementOfSubmission = claim({
  id: 'engagement-of-submission',
  claims: 'A submission alone makes no engagement: nobody at AWS is invited by it.',
  reliedOn: [
    'src/aws/operations.ts: the bot submits by SubmitOpportunity, not by StartEngagementFromOpportunityTask',
  ],
  known: nobody("AWS's guide names the engagement as a step of the task"),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    must((await deal.submission()).answered, 'a submission');
    const answered = await deal.engagements();
    if (!answered.ok) return untold(said(answered));
    const found = answered.json.EngagementResourceAssociationSummaries;
    if (!Array.isArray(found)) return untold('an answer without a list');
    return found.length === 0 ? holds('none') : differs(`${found.length} found`);
  },
});
