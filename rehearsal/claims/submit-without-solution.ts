import { refusedSubmission } from '../submissions.ts';

export const submitWithoutSolution = refusedSubmission({
  id: 'submit-without-solution',
  claims: 'With no solution, associated or described, a submission is refused.',
  variation: { 'Project.OtherSolutionDescription': undefined },
  rule: 'solution',
  field: 'RelatedEntityIdentifiers',
});
