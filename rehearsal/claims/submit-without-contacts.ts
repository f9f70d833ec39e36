import { takenSubmission } from '../submissions.ts';

export const submitWithoutContacts = takenSubmission({
  id: 'submit-without-contacts',
  claims: 'Without a contact at the customer a submission for Co-Sell is taken.',
  variation: { 'Customer.Contacts': undefined },
  rule: 'contacts',
});
