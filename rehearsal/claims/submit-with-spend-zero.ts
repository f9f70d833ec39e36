import { refusedSubmission } from '../submissions.ts';

export const submitWithSpendZero = refusedSubmission({
  id: 'submit-with-spend-zero',
  claims: 'An expected spend of 0 is refused.',
  variation: { 'Project.ExpectedCustomerSpend[0].Amount': '0' },
  rule: 'expected-spend',
  field: 'Project.ExpectedCustomerSpend.Amount',
});
