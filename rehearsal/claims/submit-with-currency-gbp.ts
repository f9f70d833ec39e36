import { refusedSubmission } from '../submissions.ts';

export const submitWithCurrencyGbp = refusedSubmission({
  id: 'submit-with-currency-gbp',
  claims: 'An expected spend in pounds is refused.',
  variation: { 'Project.ExpectedCustomerSpend[0].CurrencyCode': 'GBP' },
  rule: 'spend-currency',
  field: 'Project.ExpectedCustomerSpend.CurrencyCode',
});
