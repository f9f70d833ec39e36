import { refusedSubmission } from '../submissions.ts';

export const submitWithStateUnknown = refusedSubmission({
  id: 'submit-with-state-unknown',
  claims: '"District of Columbia" is refused: AWS writes "Dist. of Columbia".',
  variation: { 'Customer.Account.Address.StateOrRegion': 'District of Columbia' },
  rule: 'state-list',
  field: 'Customer.Account.Address.StateOrRegion',
});
