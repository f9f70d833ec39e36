import { refusedSubmission } from '../submissions.ts';

export const submitWithoutWebsite = refusedSubmission({
  id: 'submit-without-website',
  claims: 'Without a website a submission is refused.',
  variation: { 'Customer.Account.WebsiteUrl': undefined },
  rule: 'website',
  field: 'Customer.Account.WebsiteUrl',
});
