import type { Claim } from '../claim.ts';
import { approvedCity } from './approved-city.ts';
import { approvedCompanyName } from './approved-company-name.ts';
import { approvedPartnerReference } from './approved-partner-reference.ts';
import { approvedSoftwareRevenue } from './approved-software-revenue.ts';
import { approvedState } from './approved-state.ts';
import { approvedWithoutNeeds } from './approved-without-needs.ts';
import { approvedWithoutSupport } from './approved-without-support.ts';
import { associationWhileSubmitted } from './association-while-submitted.ts';
import { awsPeopleFromSubmission } from './aws-people-from-submission.ts';
import { awsPeopleInSummary } from './aws-people-in-summary.ts';
import { closedLostEdit } from './closed-lost-edit.ts';
import { closedLostReasonAlone } from './closed-lost-reason-alone.ts';
import { closingTomorrowAtTheBorder } from './closing-tomorrow-at-the-border.ts';
import { coSellLimited } from './co-sell-limited.ts';
import { engagementOfSubmission } from './engagement-of-submission.ts';
import { foundAfterCreation } from './found-after-creation.ts';
import { launchedDeliveryModel } from './launched-delivery-model.ts';
import { launchedTitle } from './launched-title.ts';
import { listAfterSubmission } from './list-after-submission.ts';
import { offerByItsId } from './offer-by-its-id.ts';
import { playedReview } from './played-review.ts';
import { postalCodeAnHourLater } from './postal-code-an-hour-later.ts';
import { readAfterSubmission } from './read-after-submission.ts';
import { refusalFieldNames } from './refusal-field-names.ts';
import { refusalMessage } from './refusal-message.ts';
import { sameClientToken } from './same-client-token.ts';
import { secondAssociation } from './second-association.ts';
import { secondSubmission } from './second-submission.ts';
import { secondSubmissionCode } from './second-submission-code.ts';
import { spendWhileActionRequired } from './spend-while-action-required.ts';
import { stageAtCreation } from './stage-at-creation.ts';
import { stageOfDraft } from './stage-of-draft.ts';
import { statusAfterSubmission } from './status-after-submission.ts';
import { statusEchoed } from './status-echoed.ts';
import { statusLeftOut } from './status-left-out.ts';
import { statusLeftOutApproved } from './status-left-out-approved.ts';
import { statusNull } from './status-null.ts';
import { submissionAloneCoSell } from './submission-alone-co-sell.ts';
import { submissionAloneVisibilityOnly } from './submission-alone-visibility-only.ts';
import { submissionAnswer } from './submission-answer.ts';
import { submissionOfActionRequired } from './submission-of-action-required.ts';
import { submissionOfApproved } from './submission-of-approved.ts';
import { submissionTime } from './submission-time.ts';
import { submissionWithoutStatus } from './submission-without-status.ts';
import { submitClosingToday } from './submit-closing-today.ts';
import { submitClosingTomorrow } from './submit-closing-tomorrow.ts';
import { submitClosingYesterday } from './submit-closing-yesterday.ts';
import { submitWithCompanySelf } from './submit-with-company-self.ts';
import { submitWithCurrencyEur } from './submit-with-currency-eur.ts';
import { submitWithCurrencyEurInEurope } from './submit-with-currency-eur-in-europe.ts';
import { submitWithCurrencyGbp } from './submit-with-currency-gbp.ts';
import { submitWithEstimate } from './submit-with-estimate.ts';
import { submitWithMarketingActivity } from './submit-with-marketing-activity.ts';
import { submitWithPostalCodeWrong } from './submit-with-postal-code-wrong.ts';
import { submitWithSpendZero } from './submit-with-spend-zero.ts';
import { submitWithStateListed } from './submit-with-state-listed.ts';
import { submitWithStateUnknown } from './submit-with-state-unknown.ts';
import { submitWithoutContacts } from './submit-without-contacts.ts';
import { submitWithoutDeliveryModel } from './submit-without-delivery-model.ts';
import { submitWithoutIndustry } from './submit-without-industry.ts';
import { submitWithoutMarketingSource } from './submit-without-marketing-source.ts';
import { submitWithoutNeeds } from './submit-without-needs.ts';
import { submitWithoutNextSteps } from './submit-without-next-steps.ts';
import { submitWithoutPostalCode } from './submit-without-postal-code.ts';
import { submitWithoutSalesActivities } from './submit-without-sales-activities.ts';
import { submitWithoutSalesActivitiesVisibilityOnly } from './submit-without-sales-activities-visibility-only.ts';
import { submitWithoutSolution } from './submit-without-solution.ts';
import { submitWithoutSpend } from './submit-without-spend.ts';
import { submitWithoutState } from './submit-without-state.ts';
import { submitWithoutUseCase } from './submit-without-use-case.ts';
import { submitWithoutWebsite } from './submit-without-website.ts';
import { summaryAfterSubmission } from './summary-after-submission.ts';
import { summaryBeforeSubmission } from './summary-before-submission.ts';
import { summaryInsights } from './summary-insights.ts';
import { summaryLifeCycle } from './summary-life-cycle.ts';
import { updateWhileActionRequired } from './update-while-action-required.ts';
import { updateWhileSubmitted } from './update-while-submitted.ts';
import { updateWithAmpersand } from './update-with-ampersand.ts';
import { updateWithCampaign } from './update-with-campaign.ts';
import { updateWithEmptyActivities } from './update-with-empty-activities.ts';
import { updateWithFundingNo } from './update-with-funding-no.ts';
import { updateWithNamelessContact } from './update-with-nameless-contact.ts';
import { updateWithOtherCompany } from './update-with-other-company.ts';
import { updateWithStaleDate } from './update-with-stale-date.ts';
import { updateWithoutMarketing } from './update-without-marketing.ts';
import { updateWithoutStage } from './update-without-stage.ts';
import { visibilityOnlyNeeds } from './visibility-only-needs.ts';

/** Every claim, in the order in which they are looked at: what matters most first. */
export const CLAIMS: readonly Claim[] = [
  submissionAloneCoSell,
  submissionAloneVisibilityOnly,
  submissionAnswer,
  submissionTime,
  readAfterSubmission,
  statusAfterSubmission,
  listAfterSubmission,
  engagementOfSubmission,
  secondSubmission,
  secondSubmissionCode,
  submissionOfApproved,
  submissionOfActionRequired,
  submissionWithoutStatus,
  coSellLimited,
  submitWithoutUseCase,
  submitWithoutSalesActivities,
  submitWithoutSalesActivitiesVisibilityOnly,
  submitWithoutDeliveryModel,
  submitWithoutMarketingSource,
  submitWithoutSolution,
  submitWithoutNeeds,
  submitWithoutWebsite,
  submitWithoutIndustry,
  submitWithoutSpend,
  submitWithoutState,
  submitWithoutPostalCode,
  submitWithoutContacts,
  submitWithoutNextSteps,
  submitWithMarketingActivity,
  submitWithStateUnknown,
  submitWithStateListed,
  submitWithCurrencyGbp,
  submitWithCurrencyEur,
  submitWithCurrencyEurInEurope,
  submitWithSpendZero,
  submitWithEstimate,
  submitWithCompanySelf,
  submitClosingToday,
  submitClosingYesterday,
  submitClosingTomorrow,
  submitWithPostalCodeWrong,
  visibilityOnlyNeeds,
  summaryBeforeSubmission,
  summaryAfterSubmission,
  summaryLifeCycle,
  summaryInsights,
  awsPeopleFromSubmission,
  awsPeopleInSummary,
  foundAfterCreation,
  sameClientToken,
  stageAtCreation,
  stageOfDraft,
  statusLeftOut,
  statusNull,
  statusLeftOutApproved,
  statusEchoed,
  updateWithoutStage,
  updateWithoutMarketing,
  updateWithEmptyActivities,
  updateWithCampaign,
  updateWithFundingNo,
  updateWithNamelessContact,
  updateWithOtherCompany,
  updateWithAmpersand,
  updateWithStaleDate,
  updateWhileSubmitted,
  updateWhileActionRequired,
  spendWhileActionRequired,
  approvedCompanyName,
  approvedState,
  approvedCity,
  approvedPartnerReference,
  approvedSoftwareRevenue,
  approvedWithoutNeeds,
  approvedWithoutSupport,
  closedLostReasonAlone,
  launchedTitle,
  closedLostEdit,
  launchedDeliveryModel,
  playedReview,
  secondAssociation,
  associationWhileSubmitted,
  offerByItsId,
  refusalMessage,
  refusalFieldNames,
  postalCodeAnHourLater,
  closingTomorrowAtTheBorder,
];
