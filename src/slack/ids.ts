/** Every name by which Slack hands something back to us. Old messages carry them for ever: never reuse one. */
export const COMMAND = '/submit-opportunity';

export const CALLBACK = {
  ask: 'ask-opportunity',
  form: 'submit-opportunity',
  /** Views without a submission of their own: loading, recorded, notices. */
  notice: 'submit-opportunity-notice',
} as const;

export const BLOCK = {
  opportunityId: 'opportunity_id',
  involvementType: 'involvement_type',
  visibility: 'visibility',
  lock: 'lock',
  readiness: 'readiness',
  readinessNote: 'readiness_note',
  anyway: 'anyway',
} as const;

export const ACTION = {
  opportunityId: 'opportunity_id',
  involvementType: 'involvement_type',
  visibility: 'visibility',
  lock: 'lock',
  anyway: 'anyway',
  checkStatus: 'check_status',
  showDetails: 'show_details',
  tryAgain: 'try_again',
  cancel: 'cancel_submission',
  partnerCentral: 'view_in_partner_central',
  /** Opens the form where a trigger had expired; its value is the opportunity's ID, or empty. */
  openForm: 'open_form',
  /** In a view: looks the same opportunity up again. */
  lookAgain: 'look_again',
} as const;
