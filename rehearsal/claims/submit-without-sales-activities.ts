import { refusedSubmission } from '../submissions.ts';

export const submitWithoutSalesActivities = refusedSubmission({
  id: 'submit-without-sales-activities',
  claims: 'Without sales activities a submission for Co-Sell is refused.',
  variation: { 'Project.SalesActivities': undefined },
  rule: 'sales-activities',
  field: 'Project.SalesActivities',
});
