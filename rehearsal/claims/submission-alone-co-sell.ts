import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { recorded } from '../known.ts';

export const submissionAloneCoSell = claim({
  id: 'submission-alone-co-sell',
  claims: 'A draft at Prospect is taken for Co-Sell by SubmitOpportunity alone.',
  reliedOn: [
    'src/aws/operations.ts: the bot submits by this one operation',
    "src/submissions/sending/submit.ts: what AWS's answer to a submission means",
    'src/opportunities/readiness-project.ts: an early stage holds nobody back',
  ],
  known: recorded('2025-02', 'whether an engagement existed is not in it'),
  tells: { evidence: 'rule stage-early', holdsWith: 'its opposite' },
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    const { answered } = await deal.submission();
    return answered.ok ? holds('taken, at Prospect') : differs(said(answered));
  },
});
