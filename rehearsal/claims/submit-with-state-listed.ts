import { imports } from '../known.ts';
import { takenSubmission } from '../submissions.ts';

export const submitWithStateListed = takenSubmission({
  id: 'submit-with-state-listed',
  claims: '"Dist. of Columbia" is taken.',
  variation: {
    'Customer.Account.Address.StateOrRegion': 'Dist. of Columbia',
    'Customer.Account.Address.City': 'Washington',
    'Customer.Account.Address.PostalCode': '20001',
  },
  known: imports(),
  reliedOn: ['src/aws/lists.ts: the states as AWS writes them'],
});
