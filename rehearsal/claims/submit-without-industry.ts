import { refusedSubmission } from '../submissions.ts';

export const submitWithoutIndustry = refusedSubmission({
  id: 'submit-without-industry',
  claims: 'Without an industry a submission is refused.',
  variation: { 'Customer.Account.Industry': undefined },
  rule: 'industry',
  field: 'Customer.Account.Industry',
});
