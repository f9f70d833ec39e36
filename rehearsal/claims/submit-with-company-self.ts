import { nobody } from '../known.ts';
import { takenSubmission } from '../submissions.ts';

export const submitWithCompanySelf = takenSubmission({
  id: 'submit-with-company-self',
  claims: "A spend that is the partner's own revenue, with the company Self, is taken.",
  variation: { 'Project.ExpectedCustomerSpend[0].TargetCompany': 'Self' },
  known: nobody("AWS's API Reference"),
  reliedOn: ['src/opportunities/readiness-project.ts: the target company is one of two'],
});
