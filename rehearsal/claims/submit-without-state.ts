import { refusedSubmission } from '../submissions.ts';

export const submitWithoutState = refusedSubmission({
  id: 'submit-without-state',
  claims: 'Without a state a submission for a customer in the United States is refused.',
  variation: { 'Customer.Account.Address.StateOrRegion': undefined },
  rule: 'state',
  field: 'Customer.Account.Address.StateOrRegion',
});
