import { refusedSubmission } from '../submissions.ts';

export const submitWithoutNeeds = refusedSubmission({
  id: 'submit-without-needs',
  claims: 'Without a need a submission for Co-Sell is refused.',
  variation: { PrimaryNeedsFromAws: undefined },
  rule: 'primary-needs',
  field: 'PrimaryNeedsFromAws',
});
