import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { hubspot } from '../known.ts';
import { textAt } from '../stage.ts';

export const summaryBeforeSubmission = claim({
  id: 'summary-before-submission',
  claims: 'The summary of a draft is answered, and names no involvement.',
  reliedOn: [
    'src/aws/opportunity.ts: what is read of the summary',
    'src/submissions/look.ts: what a form shows of a draft',
  ],
  known: hubspot(),
  deals: { deal: 'a draft' },
  async steps({ deal }) {
    await deal.read();
    const answered = await deal.summary();
    if (!answered.ok) return differs(said(answered));
    return textAt(answered.json, 'InvolvementType') === '' ? holds('without one') : differs('with one');
  },
});
