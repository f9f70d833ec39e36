import { recorded } from '../known.ts';
import { takenSubmission } from '../submissions.ts';

export const submitWithEstimate = takenSubmission({
  id: 'submit-with-estimate',
  claims: 'The link to an estimate stands for the amount of the expected spend.',
  variation: {
    'Project.ExpectedCustomerSpend[0].Amount': undefined,
    'Project.ExpectedCustomerSpend[0].EstimationUrl':
      'https://calculator.aws/#/estimate?id=0000000000000000000000000000000000000000',
  },
  known: recorded('2026-02', 'when a deal was made'),
  reliedOn: ['src/opportunities/readiness-rules.ts: an amount or an estimate'],
});
