import { refusedSubmission } from '../submissions.ts';

export const submitWithCurrencyEur = refusedSubmission({
  id: 'submit-with-currency-eur',
  claims: 'An expected spend in euros is refused outside the European partition.',
  variation: { 'Project.ExpectedCustomerSpend[0].CurrencyCode': 'EUR' },
  rule: 'spend-currency',
  field: 'Project.ExpectedCustomerSpend.CurrencyCode',
});
