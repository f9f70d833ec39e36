import { takenSubmission } from '../submissions.ts';

export const submitWithoutNextSteps = takenSubmission({
  id: 'submit-without-next-steps',
  claims: 'Without next steps a submission for Co-Sell is taken.',
  variation: { 'LifeCycle.NextSteps': undefined },
  rule: 'next-steps',
});
