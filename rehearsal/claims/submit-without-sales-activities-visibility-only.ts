import { takenSubmission } from '../submissions.ts';

export const submitWithoutSalesActivitiesVisibilityOnly = takenSubmission({
  id: 'submit-without-sales-activities-visibility-only',
  claims: 'Without sales activities a submission for visibility only is taken.',
  variation: { 'Project.SalesActivities': undefined },
  involvement: 'For Visibility Only',
  rule: 'sales-activities-visibility',
});
