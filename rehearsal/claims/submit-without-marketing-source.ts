import { refusedSubmission } from '../submissions.ts';

export const submitWithoutMarketingSource = refusedSubmission({
  id: 'submit-without-marketing-source',
  claims: 'Without a marketing source a submission is refused.',
  variation: { Marketing: undefined },
  rule: 'marketing-source',
  field: 'Marketing.Source',
});
