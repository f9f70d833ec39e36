import { refusedSubmission } from '../submissions.ts';

export const submitWithoutDeliveryModel = refusedSubmission({
  id: 'submit-without-delivery-model',
  claims: 'Without a delivery model a submission is refused.',
  variation: { 'Project.DeliveryModels': undefined },
  rule: 'delivery-model',
  field: 'Project.DeliveryModels',
});
