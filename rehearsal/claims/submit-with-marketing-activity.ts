import { refusedSubmission } from '../submissions.ts';

export const submitWithMarketingActivity = refusedSubmission({
  id: 'submit-with-marketing-activity',
  claims: 'With a marketing activity a submission is refused where it does not say whether funds were used.',
  variation: { Marketing: { Source: 'Marketing Activity' } },
  rule: 'funding-used',
  field: 'Marketing.AwsFundingUsed',
});
