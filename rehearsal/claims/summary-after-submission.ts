import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { recorded } from '../known.ts';
import { must, textAt } from '../stage.ts';

export const summaryAfterSubmission = claim({
  id: 'summary-after-submission',
  claims: 'The summary of a submitted deal names the involvement and the visibility it was submitted with.',
  reliedOn: ['src/submissions/sending/steps.ts: what is shown of a deal that AWS has'],
  known: recorded('2025-12'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    must((await deal.submission()).answered, 'a submission');
    const answered = await deal.summary();
    if (!answered.ok) return differs(said(answered));
    const same =
      textAt(answered.json, 'InvolvementType') === 'Co-Sell' &&
      textAt(answered.json, 'Visibility') === 'Full';
    return same ? holds('both') : differs('others, or none');
  },
});
