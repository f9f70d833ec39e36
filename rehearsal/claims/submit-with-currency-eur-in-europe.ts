import { nobody } from '../known.ts';
import { takenSubmission } from '../submissions.ts';

export const submitWithCurrencyEurInEurope = takenSubmission({
  id: 'submit-with-currency-eur-in-europe',
  claims: 'A spend in euros is taken in the European partition.',
  variation: {
    'Project.AwsPartition': 'aws-eusc',
    'Project.ExpectedCustomerSpend[0].CurrencyCode': 'EUR',
  },
  known: nobody("AWS's release notes of 2026-03-30"),
  reliedOn: ['src/opportunities/readiness-project.ts: which currency AWS takes'],
});
