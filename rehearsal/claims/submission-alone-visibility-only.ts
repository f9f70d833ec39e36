import { recorded } from '../known.ts';
import { takenSubmission } from '../submissions.ts';

export const submissionAloneVisibilityOnly = takenSubmission({
  id: 'submission-alone-visibility-only',
  claims: 'A draft at Prospect is taken for visibility only by SubmitOpportunity alone.',
  variation: {},
  involvement: 'For Visibility Only',
  known: recorded('2025-12', 'of the task that calls this operation'),
  reliedOn: ['src/aws/operations.ts: the bot submits by this one operation'],
});
