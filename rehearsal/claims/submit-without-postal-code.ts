import { refusedSubmission } from '../submissions.ts';

export const submitWithoutPostalCode = refusedSubmission({
  id: 'submit-without-postal-code',
  claims: 'Without a postal code a submission is refused.',
  variation: { 'Customer.Account.Address.PostalCode': undefined },
  rule: 'postal-code',
  field: 'Customer.Account.Address.PostalCode',
});
