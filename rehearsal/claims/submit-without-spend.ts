import { refusedSubmission } from '../submissions.ts';

export const submitWithoutSpend = refusedSubmission({
  id: 'submit-without-spend',
  claims: 'Without an expected spend a submission is refused.',
  variation: { 'Project.ExpectedCustomerSpend': undefined },
  rule: 'expected-spend',
  field: 'Project.ExpectedCustomerSpend',
});
