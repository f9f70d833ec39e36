import { claim, untold } from '../claim.ts';
import { said, taken } from '../judge.ts';
import { recorded } from '../known.ts';

const SPEND = 'Project.ExpectedCustomerSpend[0]';

export const submitWithEstimate = claim({
  id: 'submit-with-estimate',
  claims: 'The link to an estimate stands for the amount of the expected spend.',
  reliedOn: ['src/opportunities/readiness-project.ts: an amount or an estimate'],
  known: recorded('2026-02', 'when a deal was made'),
  deals: {
    deal: {
      [`${SPEND}.Amount`]: undefined,
      [`${SPEND}.EstimationUrl`]: `https://calculator.aws/#/estimate?id=${'0'.repeat(40)}`,
    },
  },
  async steps({ deal }) {
    const answered = await deal.submit();
    const forTheLink =
      !answered.ok &&
      answered.refusal.fieldErrors.some(({ fieldName }) => /estimationurl/i.test(fieldName ?? ''));
    // There is no such estimate: whether AWS would take one that there is, that doesn't say.
    return forTheLink ? untold(`${said(answered)}: the estimate is made up`) : taken(answered);
  },
});
