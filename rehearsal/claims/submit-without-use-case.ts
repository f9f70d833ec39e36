import { refusedSubmission } from '../submissions.ts';

export const submitWithoutUseCase = refusedSubmission({
  id: 'submit-without-use-case',
  claims: 'Without a customer use case a submission is refused.',
  variation: { 'Project.CustomerUseCase': undefined },
  rule: 'use-case',
  field: 'Project.CustomerUseCase',
});
